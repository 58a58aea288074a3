import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { DatabaseStartError } from '../errors.js';
import { type ImageName, isUnused, markUsed, unpackImage } from './image.js';

const EMBEDDED_MAJOR = '18';

/**
 * PostgreSQL's default of 128 MB is touched at the start, so the process holds all of it. The files are in the
 * operating system's cache too, so a page that is not in this one is read in microseconds.
 */
const SHARED_BUFFERS = '48MB';

const NEW_EPOCH = 'UPDATE feed_head SET epoch = gen_random_uuid()';

/**
 * Opens the PGlite database in `directory`, and says whether it is new. A new one is unpacked from an image of the
 * build, or initialised if there is no current one.
 *
 * @param image The image for a new database, or `initialise` to do without.
 * @throws {DatabaseStartError} When the directory was written by another major version, or cannot be read.
 */
export async function openPglite(
  directory: string,
  image: ImageName | 'initialise',
): Promise<{ pglite: PGlite; isNew: boolean }> {
  await refuseOtherVersion(directory);
  try {
    const isNew = !(await exists(directory));
    if (isNew && image !== 'initialise') await unpackImage(image, directory);
    const startParams = [...PGlite.defaultStartParams, '-c', `shared_buffers=${SHARED_BUFFERS}`];
    const pglite = await PGlite.create({ dataDir: directory, startParams });
    if (await isUnused(directory)) {
      // Cursors of one installation must not be valid in another one that began with the same image.
      await pglite.exec(NEW_EPOCH);
      await markUsed(directory);
    }
    return { pglite, isNew };
  } catch (error) {
    throw new DatabaseStartError(
      `The embedded database in ${directory} cannot be opened: ${error instanceof Error ? error.message : error}. ` +
        'Restore it from a copy, or move the directory away to start an empty record.',
      { cause: error },
    );
  }
}

async function refuseOtherVersion(directory: string): Promise<void> {
  const found = await readFile(join(directory, 'PG_VERSION'), 'utf8').catch(() => EMBEDDED_MAJOR);
  if (found.trim() === EMBEDDED_MAJOR) return;
  throw new DatabaseStartError(
    `The embedded database in ${directory} was written by PostgreSQL ${found.trim()}; this version ` +
      `embeds PostgreSQL ${EMBEDDED_MAJOR}. Export it with the version of doctrine-wire that wrote it.`,
  );
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
