import { expect, test } from 'vitest';
import { createPostgres } from '../support/database.js';
import { describeWithDatabase } from '../support/fixtures.js';
import { cutAtRandom, type Follower, type FollowerOptions, follow, stop } from './follower.js';
import { overEventStream, overWebSocket } from './lines.js';
import { expectNoFault, headOf, settle, startInstance, startPair } from './record.js';
import { startWriters } from './writers.js';

const DISCONNECTS = 1_000;

/** Most over WebSocket, some over Server-Sent Events. */
const startFollowers = (options: Omit<FollowerOptions, 'open'>): Follower[] =>
  Array.from({ length: 12 }, (_, index) =>
    follow({ ...options, open: index % 3 === 2 ? overEventStream : overWebSocket }),
  );

const figuresOf = (followers: readonly Follower[]) =>
  `${followers.length} subscribers, ${followers.reduce((sum, { endings }) => sum + endings.length, 0)} connections broken`;

describeWithDatabase('subscribers that resume with their last cursor', () => {
  test('receive everything once and in order through 1,000 disconnects while 4 writers publish', async () => {
    await using database = await createPostgres();
    const { url: databaseUrl } = database.location;
    await using server = await startInstance({ DATABASE_URL: databaseUrl });
    const { url } = server;
    const followers = startFollowers({ after: await headOf(url), url: () => url });
    try {
      await using writers = startWriters({ url: () => url });
      const cuts = await cutAtRandom(followers, DISCONNECTS);
      const verdict = await settle({ databaseUrl, url, writers: [writers], followers });
      expectNoFault(`${cuts} disconnects`, verdict, figuresOf(followers));
      expect(followers.map(({ resets }) => resets)).toEqual(followers.map(() => 0));
    } finally {
      await stop(followers);
    }
  });

  test('receive everything once and in order when they alternate between two instances', async () => {
    await using database = await createPostgres();
    const { url: databaseUrl } = database.location;
    await using pair = await startPair({ DATABASE_URL: databaseUrl });
    const { one, urlAt: url } = pair;
    const followers = startFollowers({ after: await headOf(one.url), url });
    try {
      await using writers = startWriters({ url });
      const cuts = await cutAtRandom(followers, 400);
      const verdict = await settle({ databaseUrl, url: one.url, writers: [writers], followers });
      expectNoFault(`${cuts} switches between two instances`, verdict, figuresOf(followers));
      expect(followers.map(({ resets }) => resets)).toEqual(followers.map(() => 0));
    } finally {
      await stop(followers);
    }
  });
});
