import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, vi } from 'vitest';
import { loadConfig } from '../../src/config/load.js';
import { createDatabase } from '../support/database.js';
import { describeWithDatabase } from '../support/fixtures.js';
import { openSocket } from '../support/hostile/raw-socket.js';
import { ADMIN_TOKEN, startTestServer, type TestServer } from '../support/server.js';
import { test as base } from '../support/shared.js';

const FRIEND = 'https://news.example.org';
const STRANGER = 'https://wall.example.net';

const test = base.extend<{ open: TestServer }>({
  open: [
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the required fixtures from the pattern.
    async ({}, use) => {
      await using database = await createDatabase();
      await using server = await startTestServer(database.location, { CORS_ORIGINS: `${FRIEND},*` });
      await use(server);
    },
    { scope: 'file' },
  ],
});

interface Sent {
  readonly method?: string;
  readonly target?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Uses node:http, because fetch sets Origin itself. */
async function send(
  server: TestServer,
  origin: string,
  { method = 'POST', target, headers, body }: Sent = {},
) {
  const url = new URL(target ?? '/graphql', server.url);
  const sent = request(url, { method, headers: { 'content-type': 'application/json', origin, ...headers } });
  sent.end(method === 'POST' ? (body ?? '{"query":"{ feedHead }"}') : undefined);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: answer.statusCode, headers: answer.headers, text: await text(answer) };
}

const allowed = ({ headers }: { headers: IncomingMessage['headers'] }) =>
  headers['access-control-allow-origin'];

describeWithDatabase('with CORS_ORIGINS=*, a page of any origin', () => {
  test('can read without a token', async ({ open }) => {
    for (const origin of [STRANGER, 'null', 'http://localhost:3000']) {
      const answer = await send(open, origin);
      expect([origin, answer.status, allowed(answer)]).toEqual([origin, 200, '*']);
      expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    }
    const friend = await send(open, FRIEND, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } });
    expect([friend.status, allowed(friend)]).toEqual([200, FRIEND]);
  });

  test('is refused with a token, and cannot write without one', async ({ open }) => {
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
    const answer = await send(open, STRANGER, { headers });
    expect([answer.status, allowed(answer)]).toEqual([403, '*']);
    expect(JSON.parse(answer.text).errors[0].extensions.code).toBe('FORBIDDEN_ORIGIN');
    const mutation = 'mutation { upsertTopic(input: { slug: "a", name: "A" }) { __typename } }';
    const written = await send(open, STRANGER, { body: JSON.stringify({ query: mutation }) });
    expect(JSON.parse(written.text)).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });

    const asked = { 'access-control-request-headers': 'authorization,content-type' };
    const preflight = await send(open, STRANGER, { method: 'OPTIONS', headers: asked });
    expect(preflight.headers['access-control-allow-headers']).toBe('content-type');
    const trusted = await send(open, FRIEND, { method: 'OPTIONS', headers: asked });
    expect(trusted.headers['access-control-allow-headers']).toBe('authorization, content-type');
  });

  test('can follow over a WebSocket without a token, and not with one', async ({ open }) => {
    await using socket = await openSocket(open.url, undefined, { origin: STRANGER });
    await socket.init();
    expect(await socket.run('a', '{ feedHead }')).toHaveLength(2);
    for (const [origin, code] of [
      [STRANGER, 4403],
      [FRIEND, 0],
    ] as const) {
      await using other = await openSocket(open.url, undefined, { origin });
      other.send({ type: 'connection_init', payload: { authorization: `Bearer ${ADMIN_TOKEN}` } });
      if (code === 0) expect(await other.next()).toMatchObject({ type: 'connection_ack' });
      else
        expect(await other.closed).toMatchObject({ code, reason: expect.stringContaining('CORS_ORIGINS') });
    }
  });
});

describeWithDatabase('a server on loopback', () => {
  test('lets pages of the same machine use it, at any port', async ({ server }) => {
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
    for (const origin of [
      'http://localhost:3000',
      'http://127.0.0.1:5173',
      'https://[::1]:1',
      'http://localhost',
    ]) {
      const answer = await send(server, origin, { headers });
      expect([origin, answer.status, allowed(answer)]).toEqual([origin, 200, origin]);
    }
    for (const origin of [
      'http://localhost.example.org',
      'http://127.0.0.1.nip.io',
      'ftp://localhost',
      'null',
    ]) {
      expect([origin, (await send(server, origin)).status]).toEqual([origin, 403]);
    }
  });

  test('takes CORS_ORIGINS instead if it is set', () => {
    expect(loadConfig({}).corsOrigins).toEqual({ listed: [], loopback: true, reading: false });
    expect(loadConfig({ HOST: '0.0.0.0' }).corsOrigins.loopback).toBe(false);
    expect(loadConfig({ CORS_ORIGINS: '*' }).corsOrigins).toEqual({
      listed: [],
      loopback: false,
      reading: true,
    });
  });
});

describeWithDatabase('CORS headers', () => {
  test('are on refusals that come before GraphQL too', async ({ open }) => {
    const refused: [number, Sent][] = [
      [400, { body: '{' }],
      [400, { body: '{"query":"{ __typename }","variables":{"n":1e400}}' }],
      [401, { headers: { authorization: 'Bearer unknown' } }],
      [404, { target: '/nowhere' }],
      [
        404,
        {
          method: 'GET',
          target: '/graphql?documentId=unknown',
          headers: { accept: 'application/graphql-response+json' },
        },
      ],
      [405, { method: 'PUT' }],
      [406, { headers: { accept: 'image/png' } }],
      [413, { body: ' '.repeat(300_000) }],
      [415, { headers: { 'content-type': 'text/plain' } }],
      [421, { headers: { host: 'evil.example' } }],
    ];
    for (const [status, sent] of refused) {
      const answer = await send(open, FRIEND, sent);
      expect([answer.status, allowed(answer)]).toEqual([status, FRIEND]);
      expect(answer.headers['vary']).toContain('Origin');
    }
  });

  test('let browsers cache a preflight', async ({ open }) => {
    for (const origin of [FRIEND, STRANGER]) {
      const { status, headers } = await send(open, origin, { method: 'OPTIONS' });
      expect([status, headers['access-control-max-age']]).toEqual([204, '7200']);
    }
  });
});

describeWithDatabase('a refused origin', () => {
  test('is logged with its name, once', async ({ server }) => {
    const long = `https://${'a'.repeat(300)}.example`;
    for (const origin of [STRANGER, STRANGER, long]) await send(server, origin);
    const lines = () => server.logged.filter(({ msg }) => msg.startsWith('an origin was refused'));
    await vi.waitUntil(() => lines().length >= 2, 30_000);
    expect(lines().map(({ origin }) => origin)).toEqual(
      expect.arrayContaining([STRANGER, long.slice(0, 200)]),
    );
    expect(lines().filter(({ origin }) => origin === STRANGER)).toHaveLength(1);
    for (let index = 0; index < 150; index += 1) await send(server, `https://${index}.example`);
    expect(lines().length).toBeLessThanOrEqual(100);
  });
});
