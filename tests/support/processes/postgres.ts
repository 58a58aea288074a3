import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** The PostgreSQL server of the tests. */
export const SERVER = process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432';

/** Returns a unique database name. Names of one test run share a prefix. */
export const newName = (purpose: string, run = newRun()) => `doctrine_wire_${run}_${purpose}_${randomText()}`;

export const newRun = () => randomText();

const randomText = () => randomBytes(8).toString('hex');

export const addressOf = (name: string) => `${SERVER}/${name}`;

export async function onServer(sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client(addressOf('postgres'));
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Returns why the server does not answer; undefined if it does. */
export async function findServer(): Promise<Error | undefined> {
  try {
    await onServer('SELECT 1');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
