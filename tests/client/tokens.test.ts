import { expect, vi } from 'vitest';
import { createToken, revokeToken } from '../../src/domain/token.js';
import { publishStatement } from '../support/fixtures.js';
import { headlines, headOf, next, TRANSPORTS, test, told } from './fixtures.js';

let tokens = 0;

/** Creates a token with a unique name. */
const newToken = async (db: Parameters<typeof createToken>[0]) => {
  tokens += 1;
  const name = `follower-${tokens}`;
  return { name, token: await createToken(db, { name, role: 'READER' }) };
};

for (const transport of TRANSPORTS) {
  test(`over ${transport}, continues at its cursor with a fresh token after a revocation`, async ({
    server,
    follow,
  }) => {
    const first = await newToken(server.db);
    const second = await newToken(server.db);
    let current = first.token;
    const token = vi.fn(() => current);
    const feed = follow({ transport, after: await headOf(server), token });
    expect(told(await next(feed))).toBe('FeedCaughtUp');
    await publishStatement(server, 'Before');
    expect(await headlines(feed, 1)).toEqual(['Before']);
    const waiting = headlines(feed, 2);
    current = second.token;
    await revokeToken(server.db, first.name);
    await vi.waitUntil(() => feed.statuses.some(({ state }) => state === 'waiting'), 30_000);
    await publishStatement(server, 'Meanwhile');
    await publishStatement(server, 'After');
    expect(await waiting).toEqual(['Meanwhile', 'After']);
    expect(token).toHaveBeenCalledTimes(2);
  });

  test(`over ${transport}, calls the token function once more after a rejection, and continues`, async ({
    server,
    follow,
  }) => {
    const { token } = await newToken(server.db);
    const give = vi.fn().mockReturnValueOnce('no-such-token').mockReturnValue(token);
    expect(told(await next(follow({ transport, token: give })))).toBe('FeedCaughtUp');
    expect(give).toHaveBeenCalledTimes(2);
  });

  test(`over ${transport}, ends the feed if the fresh token is rejected too`, async ({ follow }) => {
    const token = vi.fn(() => 'no-such-token');
    const feed = follow({ transport, token });
    await expect(feed.next()).rejects.toMatchObject({ name: 'FeedUnauthorizedError', code: 'UNAUTHORIZED' });
    expect(token).toHaveBeenCalledTimes(2);
  });

  test(`over ${transport}, reports a rejected token even when maxAttempts is exhausted`, async ({
    follow,
  }) => {
    const feed = follow({ transport, token: () => 'no-such-token', maxAttempts: 1 });
    await expect(feed.next()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });

  test(`over ${transport}, ends the feed after the items received when a fixed token is revoked`, async ({
    server,
    follow,
  }) => {
    const { name, token } = await newToken(server.db);
    const feed = follow({ transport, after: await headOf(server), token });
    expect(told(await next(feed))).toBe('FeedCaughtUp');
    await revokeToken(server.db, name);
    await expect(feed.next()).rejects.toMatchObject({ name: 'FeedUnauthorizedError', code: 'UNAUTHORIZED' });
  });
}
