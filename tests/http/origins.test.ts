import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { expect } from 'vitest';
import WebSocket from 'ws';
import { createDatabase } from '../support/database.js';
import { describeWithDatabase } from '../support/fixtures.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { test as base } from '../support/shared.js';

const FRIEND = 'https://news.example.org';
const STRANGER = 'https://evil.example.net';

const test = base.extend<{ open: TestServer }>({
  open: [
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the required fixtures from the pattern.
    async ({}, use) => {
      await using database = await createDatabase();
      await using server = await startTestServer(database.location, {
        CORS_ORIGINS: FRIEND,
        NODE_ENV: 'production',
      });
      await use(server);
    },
    { scope: 'file' },
  ],
});

/** Uses node:http, because fetch sets some of these headers itself. */
async function send(
  server: TestServer,
  method: string,
  headers: Record<string, string>,
  query = '{feedHead}',
): Promise<Response> {
  const url = method === 'GET' ? `${server.url}?query=${encodeURIComponent(query)}` : server.url;
  const sent = request(url, { method, headers: { 'content-type': 'application/json', ...headers } });
  sent.end(method === 'POST' ? JSON.stringify({ query }) : undefined);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  const body = await text(answer);
  return new Response(answer.statusCode === 204 ? null : body, {
    status: answer.statusCode ?? 0,
    headers: Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]),
  });
}

function upgrade(server: TestServer, origin: string | undefined): Promise<number> {
  const url = server.url.replace('http', 'ws');
  const socket = new WebSocket(url, GRAPHQL_TRANSPORT_WS_PROTOCOL, { ...(origin && { origin }) });
  return new Promise((resolve, reject) => {
    socket.once('open', () => {
      socket.close();
      resolve(101);
    });
    socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.once('error', reject);
  });
}

describeWithDatabase('a page', () => {
  test('of this server or an allowed origin can send requests, and others cannot', async ({ open }) => {
    const own = new URL(open.url).origin;
    for (const method of ['GET', 'POST']) {
      expect((await send(open, method, { origin: own })).status).toBe(200);
      const allowed = await send(open, method, { origin: FRIEND });
      expect(allowed.status).toBe(200);
      expect(allowed.headers.get('access-control-allow-origin')).toBe(FRIEND);
      expect(allowed.headers.get('access-control-allow-credentials')).not.toBe('true');
      for (const origin of [STRANGER, 'null', `${FRIEND}.evil.net`, 'http://news.example.org', '', 'x']) {
        const refused = await send(open, method, { origin });
        expect([origin, refused.status]).toEqual([origin, 403]);
        expect(await refused.json()).toMatchObject({
          errors: [{ extensions: { code: 'FORBIDDEN_ORIGIN' } }],
        });
        expect(refused.headers.get('access-control-allow-origin')).toBeNull();
      }
    }
  });

  test('of another origin gets no permission from a preflight request', async ({ open, server }) => {
    const preflight = {
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    };
    const allowed = await send(open, 'OPTIONS', { origin: FRIEND, ...preflight });
    expect(allowed.headers.get('access-control-allow-origin')).toBe(FRIEND);
    for (const [asked, origin] of [
      [open, STRANGER],
      [server, FRIEND],
      [server, STRANGER],
    ] as const) {
      const refused = await send(asked, 'OPTIONS', { origin, ...preflight });
      expect(refused.headers.get('access-control-allow-origin')).not.toBe(origin);
      expect(refused.headers.get('access-control-allow-origin')).not.toBe('*');
    }
  });

  test('of another site cannot make a browser send requests without CORS', async ({ open }) => {
    const crossSite = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' };
    expect((await send(open, 'GET', crossSite)).status).toBe(403);
    // Following a link is allowed.
    expect(
      (await send(open, 'GET', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })).status,
    ).toBe(200);
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      expect((await send(open, 'POST', { 'content-type': type })).status).toBe(415);
    }
    expect((await send(open, 'GET', {}, 'mutation { __typename }')).status).toBe(405);
  });

  test('of another origin opens no WebSocket', async ({ open, server }) => {
    const own = new URL(open.url).origin;
    expect(await upgrade(open, undefined)).toBe(101);
    expect(await upgrade(open, own)).toBe(101);
    expect(await upgrade(open, FRIEND)).toBe(101);
    expect(await upgrade(open, STRANGER)).toBe(403);
    expect(await upgrade(open, 'null')).toBe(403);
    expect(await upgrade(server, FRIEND)).toBe(403);
  });
});

describeWithDatabase('every answer', () => {
  test('has headers against scripts, framing and content sniffing', async ({ open }) => {
    const answers = await Promise.all([
      send(open, 'POST', {}),
      send(open, 'POST', { 'content-type': 'text/plain' }),
      send(open, 'PUT', {}),
      fetch(new URL('/nowhere', open.url)),
      fetch(open.url, { headers: { accept: 'text/html' } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 415, 405, 404, 200]);
    for (const { headers } of answers) {
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';.*frame-ancestors 'none'/);
    }
  });

  test('suggests schema names only outside production', async ({ open, server }) => {
    for (const query of [
      '{ development(slugg: "a") { slug } }',
      '{ developmentz { totalCount } }',
      '{ developments(filter: { kind: [EVENTS] }) { totalCount } }',
      'query ($f: DevelopmentFilter) { developments(filter: $f) { totalCount } }',
    ]) {
      const variables = { f: { kindd: [] } };
      expect(JSON.stringify(await server.request(query, { variables }))).toContain('Did you mean');
      const { errors } = await open.request(query, { variables });
      expect(errors?.[0]?.message).not.toContain('Did you mean');
      expect(errors?.[0]?.message.length).toBeGreaterThan(20);
      expect(errors?.[0]?.extensions?.['code']).toMatch(/^(GRAPHQL_VALIDATION_FAILED|BAD_USER_INPUT)$/);
    }
  });
});
