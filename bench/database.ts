import { randomBytes } from 'node:crypto';
import pg from 'pg';

const SERVER = process.env['BENCH_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432';

/** A database for one run. */
export interface BenchDatabase extends AsyncDisposable {
  /** What a process needs in its environment to use it. */
  readonly env: { readonly DATABASE_URL: string };
  readonly version: string;
}

/** Creates a database of a random name, which is dropped at the end. */
export async function createDatabase(): Promise<BenchDatabase> {
  const name = `doctrine_wire_bench_${randomBytes(6).toString('hex')}`;
  const [row] = await onServer('SHOW server_version');
  await onServer(`CREATE DATABASE ${name}`);
  return {
    env: { DATABASE_URL: `${SERVER}/${name}` },
    version: String(row?.server_version),
    [Symbol.asyncDispose]: async () => {
      await onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function onServer(sql: string): Promise<{ server_version?: string }[]> {
  const client = new pg.Client(`${SERVER}/postgres`);
  try {
    await client.connect();
    return (await client.query(sql)).rows;
  } catch (error) {
    throw new Error(
      `The benchmark needs a PostgreSQL server at ${SERVER}: ${error instanceof Error ? error.message : error}. ` +
        'Set BENCH_DATABASE_URL to another, without the name of a database.',
      { cause: error },
    );
  } finally {
    await client.end();
  }
}
