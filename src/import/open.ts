import type { Config } from '../config.js';
import { openDatabase } from '../database/open.js';
import type { Writer } from '../domain/write.js';
import { openNatsBus } from '../feed/bus/open.js';

/**
 * Opens the record for an import, and the bus that the servers listen to. Without NATS none is needed:
 * PostgreSQL tells them itself, and nobody else reads an embedded database.
 *
 * Disposing sends the wake-up before the process ends, or gives up after a second.
 *
 * @throws {DatabaseStartError} When the database cannot be opened.
 */
export async function openForImport(
  { database: location, busUrl }: Pick<Config, 'database' | 'busUrl'>,
  tell: (line: string) => void = (line) => process.stderr.write(`${line}\n`),
): Promise<{ writer: Writer } & AsyncDisposable> {
  const database = await openDatabase(location);
  const { db } = database;
  const onLost = (error: unknown) => {
    const reason = error instanceof Error ? error.message : error;
    tell(`The bus cannot be reached (${reason}): servers will find the import by polling.`);
  };
  const bus =
    busUrl === undefined ? undefined : await openNatsBus({ url: busUrl, db, onLost, onBack: () => {} });
  return {
    writer: { db, editor: 'import', wake: (position) => bus?.wake(position) },
    [Symbol.asyncDispose]: async () => {
      await bus?.[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}
