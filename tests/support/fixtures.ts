import { test as base, describe } from 'vitest';
import { createDatabase, isDatabaseThere } from './database.js';
import { CITED } from './example-source.js';
import { startTestServer, type TestServer } from './server.js';

interface Fixtures {
  /** A server on an empty record. */
  server: TestServer;
  /** A server on the example record. */
  dossier: TestServer;
}

/** Tests with a server and a database of their own, on the project's kind of database. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the required fixtures from the pattern.
  server: async ({}, use) => {
    await using database = await createDatabase();
    await using server = await startTestServer(database.location);
    await use(server);
  },
  // biome-ignore lint/correctness/noEmptyPattern: see above.
  dossier: async ({}, use) => {
    await using database = await createDatabase('dossier');
    await using server = await startTestServer(database.location, { SEED: 'dossier' });
    await use(server);
  },
});

/** A group of tests that need the project's database; skipped with a message if it is not available. */
export const describeWithDatabase = describe.skipIf(!(await isDatabaseThere()));

/** Records and publishes a statement, and returns its slug. */
export async function publishStatement(server: TestServer, headline: string, input: object = {}) {
  const { recordStatement } = await server.data(
    `mutation ($input: RecordStatementInput!) {
      recordStatement(input: $input) { ... on RecordStatementSuccess { development { slug } } ... on Error { code message } }
    }`,
    { input: { headline, occurred: '2026-01-01', publish: true, ...CITED, ...input } },
  );
  const { development, message } = recordStatement;
  if (!development) throw new Error(`Not recorded: ${message}`);
  return development.slug as string;
}
