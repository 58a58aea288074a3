import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { DatabaseLocation } from '../../src/database/open.js';
import { takeInstance } from './processes/instances.js';
import { addressOf, findServer, newName, onServer, SERVER } from './processes/postgres.js';
import { takeServerDatabase } from './server-databases.js';
import type { Seed } from './template.js';

export type TestDatabase = { location: DatabaseLocation } & AsyncDisposable;

/** Creates a database of the project's kind for one test, with an empty record by default. */
export async function createDatabase(seed: Seed = 'empty'): Promise<TestDatabase> {
  return inject('database') === 'postgres' ? createPostgres(seed) : takeInstance(seed);
}

/** Creates a data directory with an embedded database, for a separate process. */
export async function createDirectory(seed: Seed = 'empty') {
  const root = await mkdtemp(join(tmpdir(), 'doctrine-wire-'));
  const directory = join(root, 'data');
  await cp(inject('templates')[seed].directory, directory, { recursive: true });
  return {
    location: { kind: 'embedded', directory } as const,
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}

/** Creates a database on the PostgreSQL server, whatever the project's kind. */
export const createPostgres = (seed: Seed = 'empty') => takeServerDatabase(seed);

/** Creates a database without tables on the PostgreSQL server. Disposing drops it. */
export async function createBarePostgres() {
  const name = newName('bare', inject('serverTemplates')?.run);
  await onServer(`CREATE DATABASE ${name}`);
  return {
    location: { kind: 'postgres', url: addressOf(name), poolSize: 5 } as const,
    [Symbol.asyncDispose]: async () => void (await onServer(`DROP DATABASE ${name} WITH (FORCE)`)),
  };
}

/**
 * Returns whether the project's database is available. If it is not, its tests are skipped with a
 * message, or fail with REQUIRE_SERVICES=1.
 */
export async function isDatabaseThere(): Promise<boolean> {
  if (inject('database') === 'embedded') return true;
  const error = await findServer();
  if (error === undefined) return true;
  const message = `No PostgreSQL at ${SERVER}: ${error.message}`;
  if (process.env['REQUIRE_SERVICES'] === '1') throw new Error(message, { cause: error });
  console.warn(`${message}. Its tests are skipped.`);
  return false;
}
