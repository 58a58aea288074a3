import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, test as base, describe, expect } from 'vitest';
import { createGraphiQL } from '../../src/http/graphiql.js';

const HTML = '<!doctype html><title>the page</title>';
const SCRIPT = 'console.log("the script");'.repeat(100);
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8';
const NOT_TAKEN = 418;

type Fixture = {
  directory: string;
  serve(directory: string): Promise<{ url: string; port: number }>;
  url: string;
};

const running: Server[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const test = base.extend<Fixture>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the required fixtures from the pattern.
  directory: async ({}, use) => {
    const parent = await mkdtemp(join(tmpdir(), 'graphiql-'));
    const directory = join(parent, 'page');
    await mkdir(join(directory, 'assets'), { recursive: true });
    await writeFile(join(parent, 'package.json'), '{"secret":true}');
    await writeFile(join(directory, 'package.json'), '{"secret":true}');
    await writeFile(join(directory, 'index.html'), HTML);
    await writeFile(join(directory, 'assets', 'index-a1b2c3d4.js'), SCRIPT);
    await writeFile(join(directory, 'assets', 'index-a1b2c3d4.js.br'), brotliCompressSync(SCRIPT));
    await writeFile(join(directory, 'assets', 'index-a1b2c3d4.js.gz'), gzipSync(SCRIPT));
    await use(directory);
    await rm(parent, { recursive: true });
  },
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the required fixtures from the pattern.
  serve: async ({}, use) => {
    await use(async (directory) => {
      const graphiql = createGraphiQL(directory);
      const server = createServer((request, response) => {
        const { url } = request;
        if (graphiql(request, response)) expect(request.url).toBe(url);
        else response.writeHead(NOT_TAKEN).end('not taken');
      });
      running.push(server);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      return { port, url: `http://127.0.0.1:${port}` };
    });
  },
  url: async ({ directory, serve }, use) => use((await serve(directory)).url),
});

const page = (url: string, init: RequestInit = {}) =>
  fetch(`${url}/graphql`, { ...init, headers: { accept: BROWSER, ...init.headers } });

/** Sends the request target unchanged, because fetch would resolve the dots. */
async function raw(port: number, target: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
  return await text(socket);
}

describe('the page', () => {
  test('is sent to a browser with a policy that restricts it to this origin', async ({ url }) => {
    const response = await page(url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(response.headers.get('vary')).toBe('Accept');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    const policy = response.headers.get('content-security-policy')?.split('; ');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(await response.text()).toBe(HTML);
  });

  test('is not sent again while the browser has the current version', async ({ url }) => {
    const etag = (await page(url)).headers.get('etag') ?? '';
    const response = await page(url, { headers: { 'if-none-match': `W/${etag}` } });
    expect(response.status).toBe(304);
    expect(response.headers.get('etag')).toBe(etag);
    expect(response.headers.get('content-security-policy')).not.toBeNull();
    expect(await response.text()).toBe('');
  });

  test('is sent again after a build with different text of the same length', async ({
    directory,
    serve,
    url,
  }) => {
    const etag = (await page(url)).headers.get('etag') ?? '';
    const rebuilt = HTML.replace('the page', 'our page');
    await writeFile(join(directory, 'index.html'), rebuilt);
    const restarted = await serve(directory);
    const response = await page(restarted.url, { headers: { 'if-none-match': etag } });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(rebuilt);
  });

  test('answers HEAD with the headers alone', async ({ url }) => {
    const response = await page(url, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('etag')).not.toBeNull();
    expect(await response.text()).toBe('');
  });

  test.for([
    'application/json',
    'text/event-stream',
    'application/graphql-response+json, application/json;q=0.9',
    'application/json, text/html',
    'text/html;q=0.5, application/json',
    '*/*',
    'text/html;q=0',
  ])('leaves a GET that accepts %s to the API', async (accept, { url }) => {
    expect((await fetch(`${url}/graphql`, { headers: { accept } })).status).toBe(NOT_TAKEN);
  });

  test('is sent to a browser that follows a link with a query, and JSON to a program', async ({ url }) => {
    const link = `${url}/graphql?query=%7B__typename%7D`;
    expect(await (await fetch(link, { headers: { accept: BROWSER } })).text()).toBe(HTML);
    for (const accept of ['*/*', 'application/json'])
      expect((await fetch(link, { headers: { accept } })).status).toBe(NOT_TAKEN);
  });

  test('leaves a POST to the API', async ({ url }) => {
    expect((await page(url, { method: 'POST', body: '{}' })).status).toBe(NOT_TAKEN);
  });

  test('ignores other paths', async ({ url }) => {
    const response = await fetch(`${url}/graphqlx`, { headers: { accept: BROWSER } });
    expect(response.status).toBe(NOT_TAKEN);
  });
});

describe('an asset', () => {
  const path = '/graphql/assets/index-a1b2c3d4.js';

  test('can be cached for a year without revalidation', async ({ url }) => {
    const response = await fetch(url + path);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('public,max-age=31536000,immutable');
    expect(response.headers.get('content-type')).toMatch(/^text\/javascript/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).toBe(SCRIPT);
  });

  test.for([
    ['gzip, deflate, br', 'br'],
    ['gzip, deflate', 'gzip'],
    ['identity', null],
  ] as const)(
    'is sent to a client that accepts %s with the encoding %s',
    async ([accepted, sent], { url }) => {
      const response = await fetch(url + path, { headers: { 'accept-encoding': accepted } });
      expect(response.headers.get('content-encoding')).toBe(sent);
      expect(response.headers.get('vary')).toBe('Accept-Encoding');
      expect(await response.text()).toBe(SCRIPT);
    },
  );

  test('that does not exist is refused with an uncacheable response', async ({ url }) => {
    const response = await fetch(`${url}/graphql/assets/index-00000000.js`);
    expect(response.status).toBe(404);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('is sent whole, whatever range is requested', async ({ url }) => {
    const response = await fetch(url + path, { headers: { range: 'bytes=5-2' } });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(SCRIPT);
  });

  test('that vanished from the disk fails its own request and no other', async ({ directory, url }) => {
    await rm(join(directory, 'assets', 'index-a1b2c3d4.js.br'));
    await expect(fetch(url + path, { headers: { 'accept-encoding': 'br' } })).rejects.toThrow('fetch failed');
    expect((await page(url)).status).toBe(200);
  });

  test('is not changed by POST', async ({ url }) => {
    expect((await fetch(url + path, { method: 'POST', body: 'x' })).status).toBe(NOT_TAKEN);
  });

  test.for([
    '/graphql/assets/..%2fpackage.json',
    '/graphql/assets/..%2f..%2fpackage.json',
    '/graphql/assets/%2e%2e/%2e%2e/package.json',
    '/graphql/assets/../package.json',
    '/graphql/assets/../../package.json',
    '/graphql/assets/..\\..\\package.json',
    '/graphql/assets//../index.html',
    '/graphql/assets/%',
  ])('outside its directory is refused: %s', async (target, { directory, serve }) => {
    const { port } = await serve(directory);
    const answer = await raw(port, target);
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(answer).not.toContain('secret');
  });
});

describe('without a build', () => {
  test('the page explains how to build it', async ({ directory, serve }) => {
    const { url } = await serve(join(directory, 'missing'));
    const response = await page(url);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await response.text()).toBe('GraphiQL is not built. Run npm run build.\n');
  });

  test('everything else is left to the API', async ({ directory, serve }) => {
    const { url } = await serve(join(directory, 'missing'));
    expect((await page(url, { method: 'POST', body: '{}' })).status).toBe(NOT_TAKEN);
    expect((await fetch(`${url}/graphql`)).status).toBe(NOT_TAKEN);
    expect((await fetch(`${url}/graphql/assets/index-a1b2c3d4.js`)).status).toBe(NOT_TAKEN);
  });
});
