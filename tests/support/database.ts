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

/** A database of the project's kind for one test: an empty record unless `seed` says otherwise. */
export async function createDatabase(seed: Seed = 'empty'): Promise<TestDatabase> {
  return inject('database') === 'postgres' ? createPostgres(seed) : takeInstance(seed);
}

/** A data directory with an embedded database, for a process of its own. */
export async function createDirectory(seed: Seed = 'empty') {
  const root = await mkdtemp(join(tmpdir(), 'doctrine-wire-'));
  const directory = join(root, 'data');
  await cp(inject('templates')[seed].directory, directory, { recursive: true });
  return {
    location: { kind: 'embedded', directory } as const,
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}

/** A database on the PostgreSQL server, also where the project's tests run on the embedded one. */
export const createPostgres = (seed: Seed = 'empty') => takeServerDatabase(seed);

/** A database without a table on the PostgreSQL server, dropped at the end. */
export async function createBarePostgres() {
  const name = newName('bare', inject('serverTemplates')?.run);
  await onServer(`CREATE DATABASE ${name}`);
  return {
    location: { kind: 'postgres', url: addressOf(name), poolSize: 5 } as const,
    [Symbol.asyncDispose]: async () => void (await onServer(`DROP DATABASE ${name} WITH (FORCE)`)),
  };
}

/**
 * Whether the project's database is there. Without REQUIRE_SERVICES=1 its tests are skipped where it
 * is not, with a message.
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
