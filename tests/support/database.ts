import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import type { DatabaseLocation } from '../../src/database/open.js';

const SERVER = process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432';

export type TestDatabase = { location: DatabaseLocation } & AsyncDisposable;

/** A database of the project's kind for one test: an empty record unless `seed` says otherwise. */
export async function createDatabase(seed: 'empty' | 'dossier' = 'empty'): Promise<TestDatabase> {
  return inject('database') === 'postgres' ? createPostgres() : createEmbedded(seed);
}

/** A directory with a migrated embedded database. */
export async function createEmbedded(seed: 'empty' | 'dossier' = 'empty') {
  const root = await mkdtemp(join(tmpdir(), 'doctrine-wire-'));
  const directory = join(root, 'data');
  await cp(inject('templates')[seed], directory, { recursive: true });
  return {
    location: { kind: 'embedded', directory } as const,
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}

/** A database of a random name on the PostgreSQL server, dropped at the end. */
export async function createPostgres() {
  const name = `doctrine_wire_test_${randomBytes(8).toString('hex')}`;
  await onServer(`CREATE DATABASE ${name}`);
  return {
    location: { kind: 'postgres', url: `${SERVER}/${name}`, poolSize: 5 } as const,
    [Symbol.asyncDispose]: () => onServer(`DROP DATABASE ${name} WITH (FORCE)`),
  };
}

/**
 * Whether the project's database is there. Without REQUIRE_SERVICES=1 its tests are skipped where it
 * is not, with a message.
 */
export async function isDatabaseThere(): Promise<boolean> {
  if (inject('database') === 'embedded') return true;
  try {
    await onServer('SELECT 1');
    return true;
  } catch (error) {
    const message = `No PostgreSQL at ${SERVER}: ${error instanceof Error ? error.message : error}`;
    if (process.env['REQUIRE_SERVICES'] === '1') throw new Error(message, { cause: error });
    console.warn(`${message}. Its tests are skipped.`);
    return false;
  }
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client(`${SERVER}/postgres`);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
