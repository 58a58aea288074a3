import { vi } from 'vitest';
import { createDatabase } from '../../support/database.js';
import { test as base } from '../../support/fixtures.js';
import { type Issuer, startIssuer } from '../../support/processes/issuer.js';
import { startTestServer, type TestServer } from '../../support/server.js';
import { untilWithin } from '../../support/within.js';

export const LIVE = 'subscription { developmentPublished { headline } }';

/** How soon an open session must end after its token is no longer valid, in milliseconds. */
export const HELD_WITHIN = 5_000;

/** Waits for the end of a session. */
export const untilOver = (isOver: () => boolean, milliseconds = HELD_WITHIN) =>
  untilWithin(milliseconds, isOver);

/** The tests mostly wait, each on its own server. */
export const WAITING = { concurrent: true };

/** Tests with a server of their own that accepts tokens and JWTs. */
export const test = base.extend<{ issuer: Issuer; server: TestServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that it needs off the pattern.
  issuer: async ({}, use) => {
    await using issuer = await startIssuer();
    await use(issuer);
  },
  server: async ({ issuer }, use) => {
    await using database = await createDatabase();
    await using server = await startTestServer(database.location, {
      ...issuer.env,
      JWT_CLOCK_TOLERANCE: '0',
    });
    await use(server);
  },
});

/** Waits for subscribers. In a process that has just begun, the servers of five tests start at once, which takes seconds. */
export const followedBy = (server: TestServer, count: number) =>
  vi.waitUntil(() => server.fanOut.figures.subscribers === count, 30_000);

export const lowerRole = ({ db }: TestServer, name: string) =>
  db.apiToken.update({ where: { name }, data: { role: 'READER' } });
