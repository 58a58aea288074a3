import { crc32, inflateRawSync } from 'node:zlib';

/** A file in an archive. */
interface Entry {
  readonly name: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly packedSize: number;
  /** As the archive says. */
  readonly size: number;
  readonly offset: number;
}

/** An archive cannot be unpacked. Its message is a part of a sentence, without the archive's name. */
class ZipError extends Error {
  override readonly name = 'ZipError';
  readonly code = 'BAD_ZIP';
}

export interface ZipFile {
  readonly name: string;
  readonly content: Buffer;
}

const LOCAL_HEADER = 0x04034b50;
const DIRECTORY_HEADER = 0x02014b50;
const END = 0x06054b50;
const STORED = 0;
const DEFLATED = 8;
/** A size or offset that is in an extra field, because 32 bits may not hold it. */
const IN_EXTRA_FIELD = 0xffffffff;

/**
 * Unpacks files of a ZIP archive. Their sizes are known before the first is unpacked, and none becomes larger than the
 * archive says.
 *
 * @param isWanted Tells the files to unpack by their names.
 * @param most The most bytes of all wanted files.
 * @throws {ZipError} If it is no archive, is damaged, or its files are larger.
 */
export function unpackZip(archive: Buffer, isWanted: (name: string) => boolean, most: number): ZipFile[] {
  const wanted = entriesOf(archive).filter(({ name }) => isWanted(name));
  const size = wanted.reduce((sum, entry) => sum + entry.size, 0);
  if (size > most) throw new ZipError(`expected at most ${most} unpacked bytes; it has ${size}`);
  return wanted.map((entry) => ({ name: entry.name, content: unpack(archive, entry) }));
}

function entriesOf(archive: Buffer): Entry[] {
  const end = archive.lastIndexOf(signature(END));
  if (end === -1 || end + 22 > archive.length) throw new ZipError('it is no ZIP archive, or it is cut off');
  const count = archive.readUInt16LE(end + 10);
  const entries: Entry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || archive.readUInt32LE(at) !== DIRECTORY_HEADER)
      throw new ZipError('its directory is damaged');
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) =>
      archive.readUInt16LE(at + field),
    );
    const name = at + 46;
    const extra = name + (nameLength ?? 0);
    const next = extra + (extraLength ?? 0) + (commentLength ?? 0);
    if (next > end) throw new ZipError('its directory is damaged');
    const [size, packedSize, offset] = longFields(archive, [at + 24, at + 20, at + 42], {
      from: extra,
      to: extra + (extraLength ?? 0),
    });
    entries.push({
      name: archive.toString('utf8', name, extra),
      isEncrypted: (archive.readUInt16LE(at + 8) & 1) === 1,
      method: archive.readUInt16LE(at + 10),
      size: size ?? 0,
      packedSize: packedSize ?? 0,
      offset: offset ?? 0,
    });
    at = next;
  }
  return entries;
}

/** Reads fields of 32 bits, and those that are too small for their values from the extra field of ZIP64. */
function longFields(
  archive: Buffer,
  fields: readonly number[],
  { from, to }: { readonly from: number; readonly to: number },
): number[] {
  let long = from;
  while (long + 4 <= to && archive.readUInt16LE(long) !== 1) long += 4 + archive.readUInt16LE(long + 2);
  long += 4;
  return fields.map((field) => {
    const value = archive.readUInt32LE(field);
    if (value !== IN_EXTRA_FIELD || long + 8 > to) return value;
    long += 8;
    return Number(archive.readBigUInt64LE(long - 8));
  });
}

function unpack(archive: Buffer, { name, method, isEncrypted, packedSize, size, offset }: Entry): Buffer {
  if (isEncrypted) throw new ZipError(`${name} in it is encrypted`);
  if (offset + 30 > archive.length || archive.readUInt32LE(offset) !== LOCAL_HEADER)
    throw new ZipError(`${name} in it is missing`);
  const start = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
  const packed = archive.subarray(start, start + packedSize);
  if (packed.length !== packedSize) throw new ZipError(`${name} in it is cut off`);
  const content = method === DEFLATED ? inflate(packed, name, size) : packed;
  if (method !== DEFLATED && method !== STORED)
    throw new ZipError(`${name} in it is packed in an unknown way`);
  if (content.length !== size)
    throw new ZipError(`${name} in it has ${content.length} bytes, not ${size} as it says`);
  return content;
}

function inflate(packed: Buffer, name: string, size: number): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
  } catch (error) {
    const isLarger = error instanceof RangeError;
    throw new ZipError(
      isLarger ? `${name} in it has more than ${size} bytes, as it says` : `${name} in it is damaged`,
      {
        cause: error,
      },
    );
  }
}

/** Returns an archive of files as they are, not packed. */
export function packZip(files: readonly ZipFile[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of files) {
    const nameBytes = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0); // The version that is needed.
    common.writeUInt16LE(0x0800, 2); // The name is UTF-8.
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(content.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    const version = Buffer.from([20, 0]);
    directory.push(signature(DIRECTORY_HEADER), version, common, place, nameBytes);
    parts.push(signature(LOCAL_HEADER), common, nameBytes, content);
    offset += 30 + nameBytes.length + content.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
