import { access, constants, mkdir, statfs } from 'node:fs/promises';
import { DatabaseStartError } from '../errors.js';

/**
 * The free space that the embedded database needs to start, in bytes: a segment of its log takes 16 MiB, and PostgreSQL
 * gives up where it has no room for one.
 */
const LEAST_SPACE = 24 * 1024 ** 2;

/**
 * Creates the embedded database's directory if necessary, and checks that it can be written and has room.
 *
 * @throws {DatabaseStartError}
 */
export async function prepareDirectory(directory: string): Promise<void> {
  await explained(directory, async () => {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await access(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  });
  const { bavail, blocks, bsize } = await statfs(directory);
  const free = bavail * bsize;
  if (blocks === 0 || free >= LEAST_SPACE) return; // Some file systems do not count.
  throw new DatabaseStartError(
    `The disk of the data directory ${directory} is full: ${inMegabytes(free)} MB are free, and the embedded database ` +
      `needs ${inMegabytes(LEAST_SPACE)} MB to start. Free some, or set another DATA_DIR.`,
  );
}

/**
 * Runs work on the directory.
 *
 * @throws {DatabaseStartError} Instead of an error of the file system.
 */
export async function explained<T>(directory: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const reason = REASONS[code];
    if (reason === undefined) throw error;
    throw new DatabaseStartError(
      `The data directory ${directory} cannot be written: ${reason} (${code}). Correct that, or set another DATA_DIR.`,
      { cause: error },
    );
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  ENOENT: 'it cannot be created', // Node's code for a directory below one that is read-only.
  EROFS: 'its file system is read-only',
  ENOSPC: 'its disk is full',
  EDQUOT: "this user's quota is used up",
  EEXIST: 'there is a file with this name',
  ENOTDIR: 'a part of its path is a file',
  EIO: 'its disk has failed',
};

const inMegabytes = (bytes: number) => Math.floor(bytes / 1024 ** 2);
