import pg from 'pg';
import { inject } from 'vitest';
import { addressOf, newName, onServer } from './processes/postgres.js';
import { type RestorePoint, setRestorePoint } from './processes/restore-point.js';
import type { Seed } from './template.js';

interface ServerDatabase {
  readonly name: string;
  /** The pool's own connection, idle while a test uses the database. */
  readonly client: pg.Client;
  readonly start: RestorePoint;
}

/** Free databases. Dropping one makes the server write a checkpoint, which can take seconds. */
const free: Record<Seed, ServerDatabase[]> = { empty: [], dossier: [] };

/** Takes a database on the PostgreSQL server from the worker's pool. Disposing restores it and returns it. */
export async function takeServerDatabase(seed: Seed) {
  const database = free[seed].pop() ?? (await createServerDatabase(seed));
  const { name, client, start } = database;
  return {
    location: { kind: 'postgres', url: addressOf(name), poolSize: 5 } as const,
    [Symbol.asyncDispose]: async () => {
      await client.query(END_OTHERS);
      if (await start.restore()) {
        free[seed].push(database);
      } else {
        await client.end();
        await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
      }
    },
  };
}

async function createServerDatabase(seed: Seed): Promise<ServerDatabase> {
  const templates = inject('serverTemplates');
  if (!templates) throw new Error('The PostgreSQL server was not there at the start of the run.');
  const name = newName('test', templates.run);
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${templates[seed]}`);
  // No test crashes this server: tests of durability start one of their own. A commit takes a fifth of the time.
  await onServer(`ALTER DATABASE ${name} SET synchronous_commit = off`);
  const client = new pg.Client({ connectionString: addressOf(name), application_name: 'tests' });
  client.on('error', () => {}); // The connection breaks when the database is dropped after the last test.
  await client.connect();
  const start = await setRestorePoint(async (sql) => [await client.query(sql)].flat().at(-1)?.rows ?? []);
  return { name, client, start };
}

/** Ends sessions of killed servers, which may still hold locks. */
const END_OTHERS = `
  SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid()`;
