import { expect, vi } from 'vitest';
import { createToken, revokeToken } from '../../../src/domain/token.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { followedBy, LIVE, lowerRole, test, untilOver, WAITING } from './session-fixtures.js';

const WRITE = 'mutation { upsertTopic(input: { slug: "topic", name: "Topic" }) { __typename } }';

for (const transport of ['WebSocket', 'SSE']) {
  describeWithDatabase(`an open ${transport} subscription`, WAITING, () => {
    test('is no longer checked once its client has disconnected', async ({ server }) => {
      const token = await createToken(server.db, { name: 'ann', role: 'READER' });
      const abort = new AbortController();
      if (transport === 'SSE') {
        await fetch(`${server.url}?query=${encodeURIComponent(LIVE)}`, {
          headers: { accept: 'text/event-stream', authorization: `Bearer ${token}` },
          signal: abort.signal,
        });
      } else {
        const client = server.client({ authorization: `Bearer ${token}` });
        abort.signal.addEventListener('abort', () => void client.dispose());
        client.subscribe({ query: LIVE }, { next: () => {}, error: () => {}, complete: () => {} });
      }
      await followedBy(server, 1);
      expect(server.sessions.size).toBe(1);
      abort.abort();
      await vi.waitUntil(() => server.sessions.size === 0, 30_000);
    });

    test('without a token, or with ADMIN_TOKEN, is not checked', async ({ server }) => {
      const client = server.client();
      client.subscribe({ query: LIVE }, { next: () => {}, error: () => {}, complete: () => {} });
      await followedBy(server, 1);
      expect(server.sessions.size).toBe(0);
    });
  });
}

describeWithDatabase('an open socket', WAITING, () => {
  /** Sends operations over one socket; graphql-ws connects at the first. */
  const openSocket = (server: TestServer, token: string) => {
    const client = server.client({ authorization: `Bearer ${token}` });
    const closed: { code?: number; reason?: string }[] = [];
    client.on('closed', (event) => void closed.push(event as { code: number; reason: string }));
    client.subscribe({ query: LIVE }, { next: () => {}, error: () => {}, complete: () => {} });
    const send = async (query: string) => {
      for await (const result of client.iterate({ query })) return result;
      return undefined;
    };
    return { send, closed };
  };

  test('executes nothing for a token that has just been revoked, even within the 5 s', async ({ server }) => {
    const token = await createToken(server.db, { name: 'ann', role: 'EDITOR' });
    const { send, closed } = openSocket(server, token);
    expect(await send(WRITE)).toMatchObject({ data: { upsertTopic: { __typename: 'UpsertTopicSuccess' } } });
    await revokeToken(server.db, 'ann');
    await expect(send(WRITE.replaceAll('opic"', 'opic-2"'))).rejects.toMatchObject({ code: 4403 });
    expect(closed).toMatchObject([{ code: 4403, reason: 'The token was revoked' }]);
    expect(await server.db.topic.count()).toBe(1);
  });

  test('executes nothing for a token that may no longer write', async ({ server }) => {
    const token = await createToken(server.db, { name: 'ann', role: 'EDITOR' });
    const { send, closed } = openSocket(server, token);
    await send('{ __typename }');
    await lowerRole(server, 'ann');
    await expect(send(WRITE)).rejects.toMatchObject({ code: 4403 });
    expect(closed).toMatchObject([{ code: 4403, reason: 'The token allows less than before' }]);
    expect(await server.db.topic.count()).toBe(0);
  });

  test('applies a raised role from the next operation on, and closes when the role is lowered', async ({
    server,
  }) => {
    const token = await createToken(server.db, { name: 'ann', role: 'READER' });
    const { send, closed } = openSocket(server, token);
    expect(await send(WRITE)).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    await server.db.apiToken.update({ where: { name: 'ann' }, data: { role: 'EDITOR' } });
    expect(await send(WRITE)).toMatchObject({ data: { upsertTopic: { __typename: 'UpsertTopicSuccess' } } });
    await lowerRole(server, 'ann');
    await untilOver(() => closed.length > 0);
    expect(closed).toMatchObject([{ code: 4403 }]);
  });

  test('stays open while tokens cannot be looked up, and its operations are refused', async ({ server }) => {
    const token = await createToken(server.db, { name: 'ann', role: 'EDITOR' });
    const { send, closed } = openSocket(server, token);
    await send('{ __typename }');
    await server.db.$executeRaw`ALTER TABLE api_token RENAME TO api_token_away`;
    await expect(send('{ __typename }')).rejects.toMatchObject([
      { extensions: { code: 'INTERNAL_SERVER_ERROR' } },
    ]);
    const said = () => server.logged.filter(({ msg }) => msg.includes('tokens of open sessions'));
    await vi.waitUntil(() => said().length > 0, 30_000);
    expect(closed).toEqual([]);
    await server.db.$executeRaw`ALTER TABLE api_token_away RENAME TO api_token`;
    expect(await send(WRITE)).toMatchObject({ data: { upsertTopic: { __typename: 'UpsertTopicSuccess' } } });
    expect(said()).toHaveLength(1);
  });

  test('is checked by one SQL statement, however many there are', async ({ server }) => {
    const names = ['ann', 'bob', 'cat', 'dan'];
    for (const name of names) {
      const token = await createToken(server.db, { name, role: 'READER' });
      for (let sockets = 0; sockets < 2; sockets += 1) void openSocket(server, token);
    }
    await followedBy(server, 2 * names.length);
    expect(server.sessions.size).toBe(2 * names.length);
    const seen: string[] = [];
    server.db.onStatement(({ query }) => {
      if (query.includes('api_token')) seen.push(query);
    });
    await vi.waitUntil(() => seen.length === 2, 30_000);
    expect(new Set(seen).size).toBe(1);
    expect(seen[0]).toContain('ANY');
  });
});
