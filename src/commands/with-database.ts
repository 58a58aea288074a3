import { loadConfig } from '../config/load.js';
import { type OpenDatabase, openDatabase } from '../database/open.js';

/** Runs `work` on the configured database, with a function that prints a line, and closes the database. */
export async function withDatabase(
  work: (database: OpenDatabase, print: (line: string) => void) => Promise<void>,
): Promise<void> {
  const database = await openDatabase(loadConfig(process.env).database);
  try {
    await work(database, (line) => process.stdout.write(`${line}\n`));
  } finally {
    await database[Symbol.asyncDispose]();
  }
}
