import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { readMigrations } from '../migrate.js';

/**
 * Images of migrated database directories. The build makes them, and a first start unpacks one instead of running
 * initdb, the migrations and the seed, which takes seconds and hundreds of megabytes. See docs/decisions/017.
 */
const IMAGES = new URL('../../../dist/image/', import.meta.url);
const KEY = new URL('key', IMAGES);

/** The content of the record in an image. */
export type ImageName = 'dossier' | 'none';

const fileOf = (name: ImageName) => new URL(`${name}.gz`, IMAGES);

/** Marks a directory whose record still has the epoch of the image. */
const MARKER = 'unpacked-image';

/** Directories have no size. */
type IndexEntry = readonly [path: string, size?: number];

/** Whether the build has made the images with this code, these migrations and this PGlite. */
export async function areImagesCurrent(): Promise<boolean> {
  const keys = await readFile(KEY, 'utf8').catch(() => '');
  return keys.split('\n').includes(await keyOf(OWN));
}

/**
 * Unpacks an image into `directory`, which must not exist. It appears whole or not at all. Does nothing if the build
 * has made no current image.
 */
export async function unpackImage(name: ImageName, directory: string): Promise<void> {
  if (!(await areImagesCurrent())) return;
  const draft = `${directory}.unpacking`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  const bytes = await promisify(gunzip)(await readFile(fileOf(name)));
  const start = 4 + bytes.readUInt32LE(0);
  const index: IndexEntry[] = JSON.parse(bytes.toString('utf8', 4, start));
  let offset = start;
  for (const [path, size] of index) {
    if (size === undefined) await mkdir(join(draft, path), { mode: 0o700 });
    else {
      await writeFile(join(draft, path), bytes.subarray(offset, offset + size), { mode: 0o600 });
      offset += size;
    }
  }
  await writeFile(join(draft, MARKER), '');
  await rename(draft, directory);
}

/** Whether the directory was unpacked from an image and {@link markUsed} has not been called since. */
export async function isUnused(directory: string): Promise<boolean> {
  return (await stat(join(directory, MARKER)).catch(() => undefined)) !== undefined;
}

/** Call it when the record has an epoch of its own. */
export async function markUsed(directory: string): Promise<void> {
  await rm(join(directory, MARKER), { force: true });
}

/**
 * Makes the images from a database directory. `fill` adds the content of an image to the directory and closes it.
 */
export async function packImages(directory: string, fill: (name: ImageName) => Promise<void>): Promise<void> {
  await mkdir(IMAGES, { recursive: true });
  await rm(KEY, { force: true });
  for (const name of ['none', 'dossier'] as const) {
    await fill(name);
    await writeFile(fileOf(name), await pack(directory));
  }
}

/** Marks the images as made by the compiled code, and by the source that it was compiled from, which tests run. */
export async function writeImageKeys(): Promise<void> {
  await writeFile(KEY, [await keyOf(OWN), await keyOf(SOURCE)].join('\n'));
}

async function pack(directory: string): Promise<Buffer> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  // A directory sorts before its content.
  const sorted = entries
    .map((entry) => ({ entry, path: relative(directory, join(entry.parentPath, entry.name)) }))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
  const index: IndexEntry[] = [];
  const contents: Buffer[] = [];
  for (const { entry, path } of sorted) {
    if (entry.isDirectory()) index.push([path]);
    else {
      const content = await readFile(join(directory, path));
      index.push([path, content.length]);
      contents.push(content);
    }
  }
  const header = Buffer.from(JSON.stringify(index));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  return promisify(gzip)(Buffer.concat([length, header, ...contents]));
}

/** Where this code is: `dist/`, or `src/` in tests. */
const OWN = new URL('../../', import.meta.url);
const SOURCE = new URL('../../../src/', import.meta.url);

/** The folders whose code determines the content of the images. */
const CODE = ['database', 'domain', 'dossier', 'feed'];

/** Returns a hash of everything that the images are made from. */
async function keyOf(root: URL): Promise<string> {
  const pglite = dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'));
  const { version } = JSON.parse(await readFile(join(pglite, '../package.json'), 'utf8'));
  const hash = createHash('sha256').update(JSON.stringify([version, await readMigrations()]));
  for (const folder of CODE.map((name) => new URL(`${name}/`, root))) {
    const names = await readdir(folder, { recursive: true });
    for (const name of names.filter((file) => /\.[jt]s$/.test(file)).sort()) {
      hash.update(name).update(await readFile(new URL(name, folder)));
    }
  }
  return hash.digest('hex');
}
