import pg from 'pg';
import { vi } from 'vitest';
import { createPostgres } from './database.js';

/** Locks a table so that every statement on it waits until disposal. */
export async function holdTable(url: string, table: string): Promise<AsyncDisposable> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
  return { [Symbol.asyncDispose]: () => client.end() };
}

/** A PostgreSQL database whose statements on a table wait, and a look at them on a connection of its own. */
export async function createWatchedPostgres() {
  const database = await createPostgres();
  const client = new pg.Client({ connectionString: database.location.url });
  await client.connect();
  /** Counts the statements that wait for a lock. */
  const countWaiting = async () => {
    const { rows } = await client.query<{ count: number }>(`
      SELECT count(*)::int AS count FROM pg_stat_activity
      WHERE datname = current_database() AND state = 'active' AND wait_event_type = 'Lock'`);
    return rows[0]?.count;
  };
  return {
    ...database,
    hold: (table: string) => holdTable(database.location.url, table),
    untilWaiting: (count: number) =>
      vi.waitUntil(async () => (await countWaiting()) === count, { timeout: 30_000, interval: 10 }),
    [Symbol.asyncDispose]: async () => {
      await client.end();
      await database[Symbol.asyncDispose]();
    },
  };
}
