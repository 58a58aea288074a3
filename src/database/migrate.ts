import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type pg from 'pg';
import type { Logger } from 'pino';
import { MigrationError } from './errors.js';
import type { TimedQuery } from './postgres/postgres-client.js';

const PRISMA = new URL('../../prisma/', import.meta.url);

interface Migration {
  name: string;
  sql: string;
}

/**
 * Applies the migrations that the database does not have yet and returns their names, oldest first.
 *
 * Prisma's own engine applies them and writes Prisma's history table, so `prisma migrate` works on the same database.
 * The engine takes an advisory lock, so instances that start together migrate once.
 *
 * @throws {MigrationError} When a migration fails or failed before, or when another version of doctrine-wire made the
 *   database. The message names the migration.
 */
export async function migrate(pool: pg.Pool): Promise<string[]> {
  const migrations = await readMigrations();
  if (await isCurrent(pool, migrations)) return []; // Checking first avoids loading the engine, which is slow.
  const { engineError, NO_FILTERS, ScriptAdapter, startSchemaEngine } = await import('./schema-engine.js');
  const engine = await startSchemaEngine(new ScriptAdapter(pool), await readDatamodel());
  try {
    const result = await engine.applyMigrations({
      migrationsList: await migrationList(migrations),
      filters: NO_FILTERS,
    });
    return result.appliedMigrationNames;
  } catch (error) {
    throw engineError(error);
  } finally {
    engine.free();
  }
}

/** Returns true when the database has all migrations of this version and no others. */
export async function isMigrated(pool: pg.Pool): Promise<boolean> {
  try {
    return await isCurrent(pool, await readMigrations());
  } catch (error) {
    if (error instanceof MigrationError) return false;
    throw error;
  }
}

/** Incomplete: a migration of this version is missing. Newer: the database has one that this version does not know. */
export type MigrationState = 'complete' | 'incomplete' | 'newer';

/** Creates the look at the migrations of a running server. It logs once that they are newer. */
export function createMigrationCheck(pool: pg.Pool, log: Logger): () => Promise<MigrationState> {
  let known: Promise<Migration[]> | undefined;
  let isTold = false;
  return async () => {
    known ??= readMigrations(); // Once: an upgrade may replace the files under a running process.
    const state = await readState(pool, await known);
    if (state === 'newer' && !isTold) {
      log.error(
        'a newer version has migrated the database; this instance refuses writes until it is replaced',
      );
    }
    isTold = state === 'newer';
    return state;
  };
}

async function readState(pool: pg.Pool, migrations: Migration[]): Promise<MigrationState> {
  try {
    return (await isCurrent(pool, migrations)) ? 'complete' : 'incomplete';
  } catch (error) {
    if (error instanceof MigrationError) return 'newer';
    throw error;
  }
}

/** Reads the Prisma schema in the form that the engine takes. */
export async function readDatamodel(): Promise<{ path: string; content: string }> {
  return { path: 'schema.prisma', content: await readFile(new URL('schema.prisma', PRISMA), 'utf8') };
}

/** Reads the migrations in the form that the engine takes. */
export async function migrationList(migrations?: Migration[]) {
  const lockfile = await readFile(new URL('migrations/migration_lock.toml', PRISMA), 'utf8');
  return {
    baseDir: 'prisma/migrations',
    lockfile: { path: 'migration_lock.toml', content: lockfile },
    shadowDbInitScript: '',
    migrationDirectories: (migrations ?? (await readMigrations())).map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
    })),
  };
}

/** Returns the names of this version's migrations, oldest first. */
export async function migrationNames(): Promise<string[]> {
  return (await readMigrations()).map(({ name }) => name);
}

/** Reads the migrations of this version, oldest first. */
export async function readMigrations(): Promise<Migration[]> {
  const folder = new URL('migrations/', PRISMA);
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => ({
      name,
      sql: await readFile(new URL(`${name}/migration.sql`, folder), 'utf8'),
    })),
  );
}

/** How long the answer to a look at the history may take, in milliseconds, before its connection counts as silent. */
const ANSWER_TIMEOUT = 5_000;

const timed = (text: string): TimedQuery => ({ text, answerTimeout: ANSWER_TIMEOUT });

async function isCurrent(pool: pg.Pool, migrations: Migration[]): Promise<boolean> {
  const table = await pool.query<{ found: string | null }>(
    timed(`SELECT to_regclass('_prisma_migrations') AS found`),
  );
  if (!table.rows[0]?.found) return false;
  const { rows } = await pool.query<{ name: string; checksum: string; finished: boolean }>(
    timed(`SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations WHERE rolled_back_at IS NULL`),
  );
  const known = new Map(migrations.map(({ name, sql }) => [name, checksum(sql)]));
  const unknown = rows.find((row) => !known.has(row.name));
  if (unknown) throw otherVersion(unknown.name, migrations[0]?.name ?? '');
  const applied = new Map(rows.filter((row) => row.finished).map((row) => [row.name, row.checksum]));
  return [...known].every(([name, sum]) => applied.get(name) === sum);
}

/** Names begin with the time of the migration, so one that sorts before ours is from an earlier version. */
function otherVersion(name: string, oldest: string): MigrationError {
  if (name > oldest) {
    return new MigrationError(
      `The database has the migration ${name}, which this version does not know. ` +
        'It was written by a newer version of doctrine-wire: run that one.',
    );
  }
  return new MigrationError(
    `The database was made by an earlier version of doctrine-wire (migration ${name}): export it with that version ` +
      '(doctrine-wire export record.ndjson) and import the file into a new database with this one ' +
      '(doctrine-wire import record.ndjson).',
  );
}

/** Computes the checksum as Prisma does. */
function checksum(sql: string): string {
  return createHash('sha256').update(sql).digest('hex');
}
