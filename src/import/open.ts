import { AsyncDisposableStack } from '@whatwg-node/disposablestack';
import pg from 'pg';
import type { Config } from '../config/config.js';
import { openDatabase } from '../database/open.js';
import type { BulkWriter } from '../domain/write.js';
import { openNatsBus } from '../feed/bus/open.js';

/**
 * Opens the record for an import, and NATS if it is configured. Without it, PostgreSQL notifies the servers itself, and no
 * other process reads an embedded database.
 *
 * On PostgreSQL, a second import waits until the first has ended.
 *
 * Disposing sends the last wake-up first, for at most a second.
 *
 * @throws {DatabaseStartError} When the database cannot be opened.
 */
export async function openForImport(
  { database: location, busUrl }: Pick<Config, 'database' | 'busUrl'>,
  tell: (line: string) => void = (line) => process.stderr.write(`${line}\n`),
): Promise<{ writer: BulkWriter } & AsyncDisposable> {
  const resources = new AsyncDisposableStack();
  try {
    const { db, pool } = resources.use(await openDatabase(location));
    if (location.kind === 'postgres') resources.use(await holdImports(location.url, tell));
    const onLost = (error: unknown) => {
      const reason = error instanceof Error ? error.message : error;
      tell(`The bus cannot be reached (${reason}). Servers find the import by polling.`);
    };
    const bus =
      busUrl === undefined
        ? undefined
        : resources.use(await openNatsBus({ url: busUrl, db, onLost, onBack: () => {} }));
    const disposal = resources.move();
    return {
      writer: { db, pool, editor: 'import', wake: (position) => bus?.wake(position) },
      [Symbol.asyncDispose]: () => disposal.disposeAsync(),
    };
  } catch (error) {
    await resources.disposeAsync();
    throw error;
  }
}

const LOCK = "hashtext('doctrine-wire import')";

/**
 * Takes the import lock, because two imports at once could both create the same reference. The lock belongs to a
 * connection, so it ends with the process.
 */
async function holdImports(url: string, tell: (line: string) => void): Promise<AsyncDisposable> {
  const client = new pg.Client({ connectionString: url, application_name: 'doctrine-wire import' });
  client.on('error', () => {}); // The import's own statements fail too, and report it.
  await client.connect();
  const { rows } = await client.query<{ held: boolean }>(`SELECT pg_try_advisory_lock(${LOCK}) AS held`);
  if (!rows[0]?.held) {
    tell('Another import is running on this database. Waiting until it ends.');
    await client.query(`SELECT pg_advisory_lock(${LOCK})`);
  }
  return { [Symbol.asyncDispose]: () => client.end() };
}
