import { CloseCode } from 'graphql-ws';
import { expect, vi } from 'vitest';
import { createToken, revokeToken } from '../../../src/domain/token.js';
import { describeWithDatabase, publishStatement } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { followedBy, HELD_WITHIN, LIVE, lowerRole, test, untilOver, WAITING } from './session-fixtures.js';

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

/** Opens a subscription and waits for one publication. */
async function openLive(server: TestServer, transport: string, token: string): Promise<Open> {
  const before = server.fanOut.figures.subscribers;
  const open = await TRANSPORTS[transport]?.(server, token);
  if (!open) throw new Error(`No transport ${transport}.`);
  await followedBy(server, before + 1);
  await publishStatement(server, 'While it holds');
  await vi.waitUntil(() => open.headlines.length === 1, 30_000);
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
      await vi.waitUntil(() => others.headlines.includes('Afterwards'), 30_000);
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
      // Enough to subscribe on a busy machine, on which the servers of five tests start at once.
      const expiresIn = 12;
      const open = await openLive(server, transport, await issuer.sign({ expiresIn }));
      await untilOver(() => open.ended !== undefined, expiresIn * 1_000 + HELD_WITHIN);
      await expectOver(server, open);
    });
  });
}
