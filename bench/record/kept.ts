import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { onServer, urlOf } from '../database.js';
import { openDatabase } from '../domain.js';
import { fillRecord } from './fill.js';

const PREFIX = 'doctrine_wire_record_';

/** A database with a generated record. It outlives the run, and whoever uses it must not write to it. */
export interface KeptRecord {
  readonly name: string;
  readonly url: string;
}

/**
 * The database with `count` generated developments. It is made when it is asked for first, and again
 * when the generator or the migrations are other ones.
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

/** Drops the databases that runs have kept, and says which. */
export async function dropRecords(): Promise<string[]> {
  const rows = await onServer<{ name: string }>(
    'SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1) ORDER BY 1',
    [PREFIX],
  );
  for (const { name } of rows) await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
  return rows.map(({ name }) => name);
}

const GENERATOR = new URL('./', import.meta.url);
const MIGRATIONS = new URL('../../prisma/migrations/', import.meta.url);

/** Eight digits that are others when the generator or a migration is another. */
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
