import { setTimeout as wait } from 'node:timers/promises';
import { CloseCode } from 'graphql-ws';
import { expect, vi } from 'vitest';
import { createToken, revokeToken } from '../../../src/domain/token.js';
import { createDatabase } from '../../support/database.js';
import { test as base, describeWithDatabase, publishStatement } from '../../support/fixtures.js';
import { type Issuer, startIssuer } from '../../support/processes/issuer.js';
import { startTestServer, type TestServer } from '../../support/server.js';

const LIVE = 'subscription { developmentPublished { headline } }';
const WRITE = 'mutation { upsertTopic(input: { slug: "topic", name: "Topic" }) { __typename } }';

/** How soon an open session must end after its token is no longer valid, in milliseconds. */
const HELD_WITHIN = 5_000;
const STEP = 50;

/** Waits for the end of a session, in steps that this process has run: other load on the machine does not count. */
async function untilOver(isOver: () => boolean, within = HELD_WITHIN): Promise<void> {
  for (let waited = 0; !isOver(); waited += STEP) {
    expect(waited, 'milliseconds that the session was held').toBeLessThan(within);
    await wait(STEP);
  }
}

/** The tests mostly wait, each on its own server. */
const WAITING = { concurrent: true };

const test = base.extend<{ issuer: Issuer; server: TestServer }>({
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

/** An open subscription, and how it ended. */
interface Open {
  readonly headlines: string[];
  /** The close code of the WebSocket, or `cut` for an event stream. */
  ended: unknown;
}

const TRANSPORTS: Record<string, (server: TestServer, token: string) => Promise<Open>> = {
  WebSocket: async (server, token) => {
    const open: Open = { headlines: [], ended: undefined };
    const client = server.client({ authorization: `Bearer ${token}` });
    client.on('closed', (event) => {
      open.ended = (event as { code: number }).code;
    });
    client.subscribe<{ developmentPublished: { headline: string } }>(
      { query: LIVE },
      {
        next: ({ data }) => data && open.headlines.push(data.developmentPublished.headline),
        error: () => {},
        complete: () => {},
      },
    );
    return open;
  },
  SSE: async (server, token) => {
    const open: Open = { headlines: [], ended: undefined };
    const response = await fetch(server.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: `Bearer ${token}`,
      },
      body: JSON.stringify({ query: LIVE }),
    });
    expect(response.status).toBe(200);
    const read = async () => {
      const decoder = new TextDecoder();
      for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
        for (const [, headline = ''] of decoder.decode(bytes).matchAll(/"headline":"([^"]*)"/g))
          open.headlines.push(headline);
      }
    };
    read().then(
      () => {
        open.ended = 'completed';
      },
      () => {
        open.ended = 'cut';
      },
    );
    return open;
  },
};

const followedBy = (server: TestServer, count: number) =>
  vi.waitUntil(() => server.fanOut.figures.subscribers === count, 10_000);

/** Opens a subscription and waits for one publication. */
async function openLive(server: TestServer, transport: string, token: string): Promise<Open> {
  const before = server.fanOut.figures.subscribers;
  const open = await TRANSPORTS[transport]?.(server, token);
  if (!open) throw new Error(`No transport ${transport}.`);
  await followedBy(server, before + 1);
  await publishStatement(server, 'While it holds');
  await vi.waitUntil(() => open.headlines.length === 1, 10_000);
  return open;
}

/** Expects the subscription to end in time, and no items after that. */
async function expectOver(server: TestServer, open: Open): Promise<void> {
  await untilOver(() => open.ended !== undefined);
  expect([CloseCode.Forbidden, 'cut']).toContain(open.ended);
  await followedBy(server, 0);
  expect(server.sessions.size).toBe(0);
  await publishStatement(server, 'Afterwards');
  expect(open.headlines).toEqual(['While it holds']);
}

const lowerRole = ({ db }: TestServer, name: string) =>
  db.apiToken.update({ where: { name }, data: { role: 'READER' } });

for (const transport of Object.keys(TRANSPORTS)) {
  describeWithDatabase(`an open ${transport} subscription`, WAITING, () => {
    test('ends within 5 s of its token being revoked, while one with another token goes on', async ({
      server,
    }) => {
      const token = await createToken(server.db, { name: 'ann', role: 'READER' });
      const other = await createToken(server.db, { name: 'bob', role: 'READER' });
      const open = await openLive(server, transport, token);
      const others = await openLive(server, transport, other);
      await revokeToken(server.db, 'ann');
      await untilOver(() => open.ended !== undefined);
      expect([CloseCode.Forbidden, 'cut']).toContain(open.ended);
      await publishStatement(server, 'Afterwards');
      await vi.waitUntil(() => others.headlines.includes('Afterwards'), 10_000);
      expect(open.headlines).not.toContain('Afterwards');
      expect(others.ended).toBeUndefined();
      expect(server.sessions.size).toBe(1);
    });

    test('ends within 5 s of its token being deleted', async ({ server }) => {
      const token = await createToken(server.db, { name: 'ann', role: 'READER' });
      const open = await openLive(server, transport, token);
      await server.db.apiToken.delete({ where: { name: 'ann' } });
      await expectOver(server, open);
    });

    test('ends within 5 s of its token getting a lower role', async ({ server }) => {
      const token = await createToken(server.db, { name: 'ann', role: 'EDITOR' });
      const open = await openLive(server, transport, token);
      await lowerRole(server, 'ann');
      await expectOver(server, open);
    });

    test('ends within 5 s of its token expiring', async ({ server }) => {
      const expiresAt = new Date(Date.now() + 60_000);
      const token = await createToken(server.db, { name: 'ann', role: 'READER', expiresAt });
      const open = await openLive(server, transport, token);
      await server.db.apiToken.update({ where: { name: 'ann' }, data: { expiresAt: new Date() } });
      await expectOver(server, open);
    });

    test('ends within 5 s of its JWT expiring', async ({ server, issuer }) => {
      const open = await openLive(server, transport, await issuer.sign({ expiresIn: 6 }));
      await untilOver(() => open.ended !== undefined, 6_000 + HELD_WITHIN);
      await expectOver(server, open);
    });

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
      await vi.waitUntil(() => server.sessions.size === 0, 10_000);
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
    await vi.waitUntil(() => said().length > 0, 10_000);
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
    await vi.waitUntil(() => seen.length === 2, 10_000);
    expect(new Set(seen).size).toBe(1);
    expect(seen[0]).toContain('ANY');
  });
});
