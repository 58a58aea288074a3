import { once } from 'node:events';
import { get } from 'node:http';
import { createClient } from 'graphql-ws';
import { expect } from 'vitest';
import WebSocket from 'ws';
import { createToken, revokeToken } from '../../../src/domain/token.js';
import { createDatabase } from '../../support/database.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import { ADMIN_TOKEN, startTestServer, type TestServer } from '../../support/server.js';
import { test as base } from '../../support/shared.js';

const FORM = 'application/x-www-form-urlencoded';
const PATH = '/d/inf-moratorium-ends-2025';
const MUTATION =
  'mutation { retractDevelopment(input: { slug: "inf-moratorium-ends-2025", reason: "x" }) { __typename } }';

/** Tests on a server whose readers need a token. They share it. */
const test = base.extend<{ closed: TestServer }>({
  closed: [
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the required fixtures from the pattern.
    async ({}, use) => {
      await using database = await createDatabase('dossier');
      await using server = await startTestServer(database.location, { READ_REQUIRES_TOKEN: '1' });
      await use(server);
    },
    { scope: 'file' },
  ],
});

type Headers = Record<string, string>;

async function send(server: TestServer, path: string, init: RequestInit & { headers?: Headers } = {}) {
  const response = await fetch(new URL(path, server.url), { redirect: 'manual', ...init });
  const { status, headers } = response;
  const html = (await response.text()).replaceAll('<!-- -->', '');
  return { status, headers, html, location: headers.get('location'), setCookie: headers.get('set-cookie') };
}

/** Sends the form with a token, as a browser does from a page of the server. */
const enter = (server: TestServer, token: string, headers: Headers = {}, action = '/session') =>
  send(server, action, {
    method: 'POST',
    headers: { 'content-type': FORM, origin: new URL(server.url).origin, ...headers },
    body: new URLSearchParams({ token }).toString(),
  });

/** Returns the `Cookie` that a browser sends after the form. */
async function cookieFor(server: TestServer, token: string): Promise<string> {
  const { setCookie } = await enter(server, token);
  return setCookie?.split(';')[0] ?? '';
}

const query = (server: TestServer, text: string, headers: Headers) =>
  send(server, '/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: text }),
  });

describeWithDatabase('a reader who enters a token', () => {
  test('comes back to the page, and reads it by a cookie that no script sees', async ({ closed }) => {
    const token = await createToken(closed.db, { name: 'reader', role: 'READER' });
    const form = await send(closed, PATH);
    expect(form.status).toBe(401);
    expect(
      /<form[^>]* action="\/session" method="post"|<form action="\/session" method="post"/.test(form.html),
    ).toBe(true);
    const referer = new URL(`${PATH}?asOf=2099-01-01`, closed.url).href;
    const { status, location, setCookie, headers } = await enter(closed, token, { referer });
    expect([status, location]).toEqual([303, `${PATH}?asOf=2099-01-01`]);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(setCookie).toBe(`doctrine-wire=${token}; Path=/; HttpOnly; SameSite=Lax`);
    const page = await send(closed, PATH, { headers: { cookie: `other=1; doctrine-wire=${token}` } });
    expect(page.status).toBe(200);
    expect(page.headers.get('cache-control')).toBe('private, no-cache');
    expect(page.headers.get('vary')).toContain('Cookie');
    expect(page.html.includes(token)).toBe(false);
    expect(page.html.includes('<form action="/session/end" method="post">')).toBe(true);
    expect((await send(closed, PATH)).status).toBe(401); // Nothing was kept for others.
  });

  test('with a wrong token sees an error, and gets no cookie', async ({ closed }) => {
    for (const token of ['nonsense', '', 'x'.repeat(3_501)]) {
      const { status, setCookie, html } = await enter(closed, token);
      expect([token.slice(0, 9), status, setCookie]).toEqual([token.slice(0, 9), 401, null]);
      expect(html).toContain('role="alert"');
    }
  });

  test('comes back to the page after wrong tokens too', async ({ closed }) => {
    const target = `${PATH}?asOf=2099-01-01`;
    const first = await enter(closed, 'wrong', { referer: new URL(target, closed.url).href });
    const actionIn = (html: string) =>
      /<form[^>]* action="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&');
    const action = actionIn(first.html);
    const referer = new URL('/session', closed.url).href;
    const again = await enter(closed, 'wrong again', { referer }, action);
    expect([again.status, actionIn(again.html)]).toEqual([401, action]);
    const { status, location } = await enter(closed, ADMIN_TOKEN, { referer }, action);
    expect([status, location]).toEqual([303, target]);
    for (const page of ['//evil.example/', 'https://evil.example/', '@evil.example/', '/graphql', '']) {
      const named = `/session?${new URLSearchParams({ page })}`;
      expect([page, (await enter(closed, ADMIN_TOKEN, {}, named)).location]).toEqual([page, '/']);
    }
  });

  test('is led back to pages of this server only', async ({ closed }) => {
    const elsewhere = ['https://evil.example/', `${new URL(closed.url).origin}//evil.example`, 'nonsense'];
    for (const referer of [...elsewhere, new URL('/graphql', closed.url).href]) {
      const { location } = await enter(closed, ADMIN_TOKEN, { referer });
      expect([referer, location]).toEqual([referer, '/']);
    }
  });

  test('cannot be signed in by another site, nor by other bodies', async ({ closed }) => {
    const refused = [
      await enter(closed, ADMIN_TOKEN, { origin: 'https://evil.example' }),
      await enter(closed, ADMIN_TOKEN, { origin: 'http://127.0.0.1:1' }), // May use the API.
      await enter(closed, ADMIN_TOKEN, { origin: 'null' }),
      await enter(closed, ADMIN_TOKEN, { 'content-type': 'text/plain' }),
      await send(closed, '/session'),
    ];
    expect(refused.map(({ status, setCookie }) => [status, setCookie])).toEqual([
      [403, null],
      [403, null],
      [403, null],
      [415, null],
      [405, null],
    ]);
  });

  test('reads on until the token is revoked or the reader signs out', async ({ closed }) => {
    const cookie = await cookieFor(closed, await createToken(closed.db, { name: 'brief', role: 'READER' }));
    expect((await send(closed, '/', { headers: { cookie } })).status).toBe(200);
    await revokeToken(closed.db, 'brief');
    expect((await send(closed, '/', { headers: { cookie } })).status).toBe(401);
    const end = await send(closed, '/session/end', { method: 'POST', headers: { cookie } });
    expect([end.status, end.location]).toEqual([303, '/']);
    expect(end.setCookie).toBe('doctrine-wire=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax');
  });
});

describeWithDatabase('the cookie of a reader', () => {
  test('permits only reading, whatever the token permits', async ({ closed }) => {
    const token = await createToken(closed.db, { name: 'editor', role: 'EDITOR' });
    for (const cookie of [await cookieFor(closed, token), await cookieFor(closed, ADMIN_TOKEN)]) {
      const { html } = await query(closed, '{ viewer { role } }', { cookie });
      expect(JSON.parse(html).data.viewer.role).toBe('READER');
      expect(JSON.parse((await query(closed, MUTATION, { cookie })).html).errors[0].extensions.code).toBe(
        'FORBIDDEN',
      );
    }
  });

  test('permits only reading over WebSocket too, also after the token was looked up again', async ({
    closed,
  }) => {
    const token = await createToken(closed.db, { name: 'socket', role: 'EDITOR' });
    const headers = { cookie: await cookieFor(closed, token) };
    class WithCookie extends WebSocket {
      constructor(url: string, protocol: string) {
        super(url, protocol, { headers });
      }
    }
    const url = closed.url.replace('http', 'ws');
    const client = createClient({ url, webSocketImpl: WithCookie, retryAttempts: 0, lazy: false });
    try {
      for (let round = 0; round < 3; round += 1) {
        const { value } = await client.iterate({ query: '{ viewer { role } }' }).next();
        expect(value.data.viewer.role).toBe('READER');
        const refused = await client.iterate({ query: MUTATION }).next();
        expect(refused.value.errors[0].extensions.code).toBe('FORBIDDEN');
      }
    } finally {
      await client.dispose();
    }
  });

  test('counts for pages of the same origin and for links only', async ({ closed }) => {
    const cookie = await cookieFor(closed, ADMIN_TOKEN);
    const status = async (headers: Headers) =>
      (await query(closed, '{ feedHead }', { cookie, ...headers })).status;
    expect(await status({ origin: new URL(closed.url).origin, 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(await status({ origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' })).toBe(401);
    expect(await status({ 'sec-fetch-site': 'same-site' })).toBe(401);
    // Node's fetch has a mode of its own.
    const open = async (sent: Headers) => {
      const headers = { cookie, 'sec-fetch-site': 'cross-site', ...sent };
      const [answer] = await once(get(new URL('/', closed.url), { headers }), 'response');
      answer.resume();
      return answer.statusCode;
    };
    expect(await open({ 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' })).toBe(200);
    expect(await open({ 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' })).toBe(401);
    const socket = new WebSocket(closed.url.replace('http', 'ws'), 'graphql-transport-ws', {
      headers: { cookie, origin: 'http://127.0.0.1:1' },
    });
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    const [code] = await once(socket, 'close');
    expect(code).toBe(4401);
  });

  test('is bound to https where PUBLIC_URL has it', async () => {
    await using database = await createDatabase();
    const env = { READ_REQUIRES_TOKEN: '1', PUBLIC_URL: 'https://wire.example' };
    await using server = await startTestServer(database.location, env);
    const { setCookie } = await enter(server, ADMIN_TOKEN);
    expect(setCookie).toBe(`__Host-doctrine-wire=${ADMIN_TOKEN}; Path=/; HttpOnly; SameSite=Lax; Secure`);
  });

  test('does not exist where reading needs no token', async ({ server }) => {
    expect((await enter(server, ADMIN_TOKEN)).status).toBe(404);
    const { headers } = await send(server, '/', { headers: { cookie: `doctrine-wire=${ADMIN_TOKEN}` } });
    expect(headers.get('cache-control')).toBe('public, no-cache');
    expect(headers.get('vary')).not.toContain('Cookie');
  });
});
