import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { MigrationError } from './errors.js';

const PRISMA = new URL('../../prisma/', import.meta.url);

interface Migration {
  name: string;
  sql: string;
}

/**
 * Brings the database to the newest migration and returns the names of those it applied, oldest first.
 *
 * Prisma's own engine applies them and keeps Prisma's own history table, so `prisma migrate` works
 * on the same database. The engine's advisory lock lets instances that start together migrate once.
 *
 * @throws {MigrationError} When a migration fails, failed before, or the database is newer than this
 *   version. The message names the migration.
 */
export async function migrate(pool: pg.Pool, adapter: PrismaPg): Promise<string[]> {
  const migrations = await readMigrations();
  if (await isCurrent(pool, migrations)) return []; // The engine takes longer to load than this look.
  const { engineError, NO_FILTERS, startSchemaEngine } = await import('./schema-engine.js');
  const engine = await startSchemaEngine(adapter, await readDatamodel());
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

/** Whether the database has all migrations of this version, and none that it does not know. */
export async function isMigrated(pool: pg.Pool): Promise<boolean> {
  try {
    return await isCurrent(pool, await readMigrations());
  } catch (error) {
    if (error instanceof MigrationError) return false;
    throw error;
  }
}

/** The Prisma schema, as the engine takes it. */
export async function readDatamodel(): Promise<{ path: string; content: string }> {
  return { path: 'schema.prisma', content: await readFile(new URL('schema.prisma', PRISMA), 'utf8') };
}

/** The migrations, as the engine takes them. */
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

/** The migrations of this version, oldest first. */
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

async function isCurrent(pool: pg.Pool, migrations: Migration[]): Promise<boolean> {
  const table = await pool.query<{ found: string | null }>(
    `SELECT to_regclass('_prisma_migrations') AS found`,
  );
  if (!table.rows[0]?.found) return false;
  const { rows } = await pool.query<{ name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
  const known = new Map(migrations.map(({ name, sql }) => [name, checksum(sql)]));
  const stranger = rows.find((row) => !known.has(row.name));
  if (stranger) {
    throw new MigrationError(
      `The database has the migration ${stranger.name}, which this version does not know. ` +
        'It was written by a newer version of doctrine-wire: run that one.',
    );
  }
  const applied = new Map(rows.filter((row) => row.finished).map((row) => [row.name, row.checksum]));
  return [...known].every(([name, sum]) => applied.get(name) === sum);
}

/** As Prisma computes it. */
function checksum(sql: string): string {
  return createHash('sha256').update(sql).digest('hex');
}
