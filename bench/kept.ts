import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { onServer, urlOf } from './database.js';
import { openDatabase } from './domain.js';
import { fillRecord } from './record/fill.js';

const PREFIX = 'doctrine_wire_record_';

/** A database with a generated record, which outlives the run. Do not write to it. */
export interface KeptRecord {
  readonly name: string;
  readonly url: string;
}

/**
 * Returns the database with `count` generated developments. It is generated on first use, and again when the generator or
 * a migration changes.
 */
export async function keepRecord(count: number, log: (line: string) => void): Promise<KeptRecord> {
  const name = `${PREFIX}${count}_${await versionOfRecord()}`;
  const [known] = await onServer('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (!known) await makeRecord(name, count, log);
  return { name, url: urlOf(name) };
}

async function makeRecord(name: string, count: number, log: (line: string) => void): Promise<void> {
  const unfinished = `${name}_unfinished`;
  await onServer(`DROP DATABASE IF EXISTS ${unfinished} WITH (FORCE)`);
  await onServer(`CREATE DATABASE ${unfinished}`);
  {
    await using opened = await openDatabase({ kind: 'postgres', url: urlOf(unfinished), poolSize: 2 });
    await fillRecord(opened, count, log);
  }
  await onServer(`ALTER DATABASE ${unfinished} RENAME TO ${name}`);
}

const EMBEDDED = new URL('../bench/kept/', import.meta.url);

/** Returns the directory of the same record in an embedded database. Only one process may use it at a time. */
export async function keepEmbedded(count: number, log: (line: string) => void): Promise<string> {
  const directory = fileURLToPath(new URL(`${PREFIX}${count}_${await versionOfRecord()}`, EMBEDDED));
  const known = await readdir(directory).catch(() => undefined);
  if (known) return directory;
  const unfinished = `${directory}_unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  {
    await using opened = await openDatabase({ kind: 'embedded', directory: unfinished });
    await fillRecord(opened, count, log);
  }
  await rename(unfinished, directory);
  return directory;
}

/** Drops the cached databases and directories, and returns their names. */
export async function dropRecords(): Promise<string[]> {
  const rows = await onServer<{ name: string }>(
    'SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1) ORDER BY 1',
    [PREFIX],
  );
  for (const { name } of rows) await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
  const directories = await readdir(EMBEDDED).catch(() => []);
  for (const name of directories) await rm(new URL(name, EMBEDDED), { recursive: true });
  return [...rows.map(({ name }) => name), ...directories];
}

const GENERATOR = new URL('./record/', import.meta.url);
const MIGRATIONS = new URL('../prisma/migrations/', import.meta.url);

/** Returns eight digits that change with the generator and the migrations. */
async function versionOfRecord(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of [GENERATOR, MIGRATIONS]) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath}/${entry.name}`);
    for (const file of files.sort()) hash.update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 8);
}
