import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { MigrationError } from '../../src/database/errors.js';
import { migrationList, readDatamodel } from '../../src/database/migrate.js';
import { type OpenDatabase, openDatabase } from '../../src/database/open.js';
import { ScriptAdapter } from '../../src/database/schema-engine.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { differences, withEngine } from '../support/schema-diff.js';

// Suites that run on the embedded database (tests/database) and on PostgreSQL (tests/services).

interface Opened extends OpenDatabase {
  readonly location: TestDatabase['location'];
  /** Closes the database without deleting it, so that it can be reopened. */
  close(): Promise<void>;
}

/** Opens a migrated database of the kind that the Vitest project uses. */
export async function openTestDatabase(): Promise<Opened> {
  const database = await createDatabase();
  const opened = await openDatabase(database.location);
  const close = async () => opened[Symbol.asyncDispose]();
  return {
    ...opened,
    location: database.location,
    close,
    [Symbol.asyncDispose]: async () => {
      await close();
      await database[Symbol.asyncDispose]();
    },
  };
}

const topic = (slug: string) => ({ slug, name: slug });

export function describeMigrations(): void {
  describe('migrations', () => {
    test('produce the database that the Prisma schema describes', async () => {
      await using opened = await openTestDatabase();
      const { path, content } = await readDatamodel();
      expect(await differences(opened.pool, { path, content })).toBeUndefined();
      const altered = content.replace('model Topic {', 'model Topic {\n  extra String?');
      expect(await differences(opened.pool, { path, content: altered })).toContain('ADD COLUMN     "extra"');
    });

    test('are recorded as Prisma records them', async () => {
      await using opened = await openTestDatabase();
      const { rows } = await opened.pool.query('SELECT * FROM _prisma_migrations ORDER BY started_at');
      const folder = new URL('../../prisma/migrations/', import.meta.url);
      const entries = await readdir(folder, { withFileTypes: true });
      const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
      expect(rows.map(({ migration_name }) => migration_name)).toEqual(names.sort());
      for (const row of rows) {
        const sql = await readFile(new URL(`${row.migration_name}/migration.sql`, folder));
        expect(row).toMatchObject({
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          checksum: createHash('sha256').update(sql).digest('hex'),
          finished_at: expect.any(Date),
          rolled_back_at: null,
          logs: null,
          applied_steps_count: 1,
        });
        expect(row.finished_at.getTime()).toBeGreaterThanOrEqual(row.started_at.getTime());
      }
    });

    test('leave a history that Prisma considers complete and intact', async () => {
      await using opened = await openTestDatabase();
      const migrationsList = await migrationList();
      const found = await withEngine(opened.pool, await readDatamodel(), (engine) =>
        engine.diagnoseMigrationHistory({
          migrationsList,
          optInToShadowDatabase: false,
          filters: { externalTables: [], externalEnums: [] },
        }),
      );
      expect(found).toMatchObject({
        hasMigrationsTable: true,
        history: null,
        failedMigrationNames: [],
        editedMigrationNames: [],
      });
    });

    test('are not applied twice', async () => {
      await using opened = await openTestDatabase();
      await reopen(opened, async (again) => expect(again.applied).toEqual([]));
    });

    test('of a newer version are refused, naming the migration', async () => {
      await using opened = await openTestDatabase();
      await opened.pool.query(
        `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
         VALUES ('x', 'x', '29990101000000_from_the_future', now(), 1)`,
      );
      const error = await reopen(opened).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(MigrationError);
      expect(String(error)).toMatch(/29990101000000_from_the_future.*newer version/);
    });

    test('of an earlier version are refused, with steps to export and import the record', async () => {
      await using opened = await openTestDatabase();
      await opened.pool.query(
        `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
         VALUES ('x', 'x', '20261122000000_init', now(), 1)`,
      );
      const error = await reopen(opened).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(MigrationError);
      expect(String(error)).toMatch(
        /earlier version of doctrine-wire \(migration 20261122000000_init\): export .* import .* new database/,
      );
    });

    test('that fail are rolled back', async () => {
      await using opened = await openTestDatabase();
      const adapter = await new ScriptAdapter(opened.pool).connect();
      const script = "CREATE TABLE half (id int); INSERT INTO half VALUES ('no number');";
      await expect(adapter.executeScript(script)).rejects.toMatchObject({
        cause: { kind: 'InvalidInputValue' },
      });
      const { rows } = await opened.pool.query("SELECT to_regclass('half') AS found");
      expect(rows).toEqual([{ found: null }]);
    });

    test('that failed before are reported by name', async () => {
      await using opened = await openTestDatabase();
      const { rows } = await opened.pool.query(
        `UPDATE _prisma_migrations SET finished_at = NULL, applied_steps_count = 0, logs = 'power cut'
         RETURNING migration_name`,
      );
      const error = await reopen(opened).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(MigrationError);
      expect(String(error)).toContain(rows[0]?.migration_name);
    });
  });
}

/** Closes the database and opens it once more. */
async function reopen(opened: Opened, look: (again: OpenDatabase) => Promise<void> = async () => {}) {
  await opened.close();
  await using again = await openDatabase(opened.location);
  await look(again);
}

export function describeTransactions(): void {
  describe('transactions', () => {
    test('that throw are rolled back, and the next one works', async () => {
      await using opened = await openTestDatabase();
      const { db } = opened;
      const failed = db.$transaction(async (tx) => {
        await tx.topic.create({ data: topic('thrown-away') });
        expect(await tx.topic.count()).toBe(1);
        throw new Error('on purpose');
      });
      await expect(failed).rejects.toThrow('on purpose');
      expect(await db.topic.count()).toBe(0);
      await db.$transaction((tx) => tx.topic.create({ data: topic('kept') }));
      expect(await db.topic.findMany({ select: { slug: true } })).toEqual([{ slug: 'kept' }]);
    });

    test('that violate a constraint are rolled back', async () => {
      await using opened = await openTestDatabase();
      const { db } = opened;
      const failed = db.$transaction(async (tx) => {
        await tx.topic.create({ data: topic('same') });
        await tx.topic.create({ data: topic('same') });
      });
      await expect(failed).rejects.toMatchObject({ code: 'P2002' });
      expect(await db.topic.count()).toBe(0);
    });

    test('that take too long are rolled back, and others can continue', async () => {
      await using opened = await openTestDatabase();
      const { db } = opened;
      const slow = db.$transaction(
        async (tx) => {
          await tx.topic.create({ data: topic('late') });
          for (;;) await tx.topic.count();
        },
        { timeout: 100 },
      );
      await expect(slow).rejects.toMatchObject({ code: 'P2028' });
      await db.$transaction((tx) => tx.topic.create({ data: topic('other') }));
      expect(await db.topic.findMany({ select: { slug: true } })).toEqual([{ slug: 'other' }]);
    });

    test('distinguish a duplicate key from a dangling reference', async () => {
      await using opened = await openTestDatabase();
      const { db } = opened;
      await db.topic.create({ data: topic('taken') });
      await expect(db.topic.create({ data: topic('taken') })).rejects.toMatchObject({ code: 'P2002' });
      const reference = { slug: 'astray', developmentId: crypto.randomUUID() };
      await expect(db.developmentSlug.create({ data: reference })).rejects.toMatchObject({ code: 'P2003' });
    });
  });
}
