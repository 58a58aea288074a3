import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

const BLOCK = 512;

/** Reads a directory as a tar file, as PGlite loads it into memory. */
export async function readAsTar(directory: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const content = entry.isDirectory() ? Buffer.alloc(0) : await readFile(path);
    const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
    parts.push(headerOf(relative(directory, path), content.length, entry.isDirectory()), content, padding);
  }
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

function headerOf(name: string, size: number, isDirectory: boolean): Buffer {
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, 'utf8');
  header.write(isDirectory ? '0000700' : '0000600', 100);
  header.write(`${size.toString(8).padStart(11, '0')} `, 124);
  header.write('00000000000 ', 136); // Changed at the epoch.
  header.write(' '.repeat(8), 148); // The checksum counts itself as spaces.
  header.write(isDirectory ? '5' : '0', 156);
  header.write('ustar\u000000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}
