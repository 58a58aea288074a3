import { test as base } from 'vitest';
import { createDatabase } from './database.js';
import { startTestServer, type TestServer } from './server.js';

interface SharedFixtures {
  /** A server on an empty record, one for all tests of the file. */
  server: TestServer;
  /** A server on the example record, one for all tests of the file. */
  dossier: TestServer;
}

/** Tests that share a server and its database within their file. They must not affect each other. */
export const test = base.extend<SharedFixtures>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the required fixtures from the pattern.
    async ({}, use) => {
      await using database = await createDatabase();
      await using server = await startTestServer(database.location);
      await use(server);
    },
    { scope: 'file' },
  ],
  dossier: [
    // biome-ignore lint/correctness/noEmptyPattern: see above.
    async ({}, use) => {
      await using database = await createDatabase('dossier');
      await using server = await startTestServer(database.location, { SEED: 'dossier' });
      await use(server);
    },
    { scope: 'file' },
  ],
});
