import { randomBytes } from 'node:crypto';
import pg from 'pg';

const SERVER = process.env['BENCH_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432';

/** A database for one run. */
export interface BenchDatabase extends AsyncDisposable {
  readonly name: string;
  /** The environment variables for using it. */
  readonly env: { readonly DATABASE_URL: string };
  readonly version: string;
}

/** Creates an empty database, or a copy of `template`, with a random name. It is dropped on disposal. */
export async function createDatabase(template?: string): Promise<BenchDatabase> {
  const name = `doctrine_wire_bench_${randomBytes(6).toString('hex')}`;
  await onServer(`CREATE DATABASE ${name}${template === undefined ? '' : ` TEMPLATE ${template}`}`);
  return {
    name,
    env: { DATABASE_URL: urlOf(name) },
    version: await serverVersion(),
    [Symbol.asyncDispose]: async () => {
      await onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

export const urlOf = (database: string): string => `${SERVER}/${database}`;

export async function serverVersion(): Promise<string> {
  const [row] = await onServer<{ server_version: string }>('SHOW server_version');
  return String(row?.server_version);
}

/** Runs a statement about databases, such as CREATE DATABASE. */
export async function onServer<R extends pg.QueryResultRow>(
  sql: string,
  values: readonly unknown[] = [],
): Promise<R[]> {
  const client = new pg.Client(`${SERVER}/postgres`);
  try {
    await client.connect();
  } catch (error) {
    throw new Error(
      `The benchmark needs a PostgreSQL server at ${SERVER}: ${error instanceof Error ? error.message : error}. ` +
        'Set BENCH_DATABASE_URL to another server, without a database name.',
      { cause: error },
    );
  }
  try {
    return (await client.query<R>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}
