import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type AllowedAddresses, addressesExcept } from '../../src/files/fetch/allowed-addresses.js';
import { FetchFailedError, RefusedAddressError } from '../../src/files/fetch/errors.js';
import { type FetchOptions, fetchAddress } from '../../src/files/fetch/fetch-address.js';
import { hostile, serveRaw, serveWeb } from '../support/hostile-web.js';

const except = (...exceptions: string[]): AllowedAddresses => {
  const rule = addressesExcept(exceptions, 'Name it in INTAKE_ALLOW.');
  if (!rule) throw new Error(`not readable: ${exceptions}`);
  return rule;
};

const get = (url: string, allowed: AllowedAddresses, options: Partial<FetchOptions> = {}) =>
  fetchAddress(url, {
    allowed,
    userAgent: 'doctrine-wire/0.1.0',
    maxBytes: 1_000_000,
    timeout: 10_000,
    ...options,
  });

test('an answer comes with its status, headers and unpacked body', async () => {
  await using web = await serveWeb((request, response) => {
    if (request.url === '/moved') response.writeHead(301, { location: '/feed?x=1#top' }).end();
    else if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end();
    else
      response
        .writeHead(200, { etag: '"1"', 'content-encoding': 'gzip' })
        .end(gzipSync(`${request.headers['user-agent']} ${request.headers.host}`));
  });
  const allowed = except(`127.0.0.1:${web.port}`);
  const answer = await get(`${web.url}/moved`, allowed);
  expect(answer.body.toString()).toBe(`doctrine-wire/0.1.0 127.0.0.1:${web.port}`);
  expect(answer).toMatchObject({ status: 200, hasMoved: true, headers: { etag: '"1"' } });
  expect(answer.url.href).toBe(`${web.url}/feed?x=1`);
  const again = await get(`${web.url}/feed`, allowed, { headers: { 'if-none-match': '"1"' } });
  expect(again).toMatchObject({ status: 304, hasMoved: false, body: Buffer.alloc(0) });
});

test.each([
  'http://127.0.0.1/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://0177.0.0.1/',
  'http://0.0.0.0/',
  'http://10.1.2.3/',
  'http://172.16.0.1/',
  'http://192.168.1.1/',
  'http://100.64.0.1/',
  'http://169.254.169.254/latest/meta-data',
  'http://224.0.0.1/',
  'http://[::1]/',
  'http://[::]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::7f00:1]/',
  'http://[fe80::1]/',
  'http://[fec0::1]/',
  'http://[fd00::1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[2002:7f00:1::]/',
  'http://localhost/',
])('the private address %s is refused', async (url) => {
  await expect(get(url, except('192.0.2.1'))).rejects.toThrow(
    /leads to the private address .*Name it in INTAKE_ALLOW/,
  );
});

test.each([
  ['file:///etc/passwd', /Expected an http or https address/],
  ['ftp://news.example/', /Expected an http or https address/],
  ['data:text/xml,<rss/>', /Expected an http or https address/],
  ['http://me:secret@news.example/', /without a user name and a password: news\.example/],
  ['news.example', /Expected an address; got "news\.example"/],
  [`http://news.example/${'x'.repeat(5_000)}`, /at most 4096 characters/],
])('%s is refused', async (url, message) => {
  const refused = get(url, except());
  await expect(refused).rejects.toThrow(RefusedAddressError);
  await expect(refused).rejects.toThrow(message);
});

test('a redirect is checked as the first address is, and contacts nobody that is not allowed', async () => {
  await using secret = await serveWeb((_, response) => response.end('secret'));
  await using web = await serveWeb(hostile);
  const to = (url: string) =>
    get(`${web.url}/to?url=${encodeURIComponent(url)}`, except(`127.0.0.1:${web.port}`));
  for (const target of [
    secret.url,
    `http://localhost:${secret.port}/`,
    'http://[::1]/',
    'http://169.254.169.254/',
  ]) {
    await expect(to(target)).rejects.toThrow(/leads to the private address/);
  }
  await expect(to('file:///etc/passwd')).rejects.toThrow(/Expected an http or https address/);
  await expect(to(`http://me:secret@127.0.0.1:${web.port}/`)).rejects.toThrow(/without a user name/);
  await expect(to('http://[broken/')).rejects.toThrow(RefusedAddressError);
  await expect(get(`${web.url}/loop`, except('127.0.0.1'))).rejects.toThrow(/redirects more than 5 times/);
  expect(secret.requests).toEqual([]);
});

test('a name is resolved once: one that answers differently later cannot lead to a private address', async () => {
  await using secret = await serveWeb((_, response) => response.end('secret'));
  const answers = ['192.0.2.1', '127.0.0.1'];
  const allowed = except('192.0.2.1');
  const resolve = async () => [{ address: answers.shift() ?? '127.0.0.1', family: 4 }];
  const fetched = get(`http://rebinding.example:${secret.port}/`, allowed, { resolve, timeout: 300 });
  await expect(fetched).rejects.toThrow(FetchFailedError);
  expect(answers).toEqual(['127.0.0.1']);
  expect(secret.requests).toEqual([]);
});

test('a name is refused if one of its addresses is private', async () => {
  const resolve = async () => [
    { address: '192.0.2.1', family: 4 },
    { address: '::ffff:127.0.0.1', family: 6 },
  ];
  await expect(get('http://both.example/', except('192.0.2.1'), { resolve })).rejects.toThrow(
    /leads to the private address ::ffff:127\.0\.0\.1/,
  );
  await expect(get('http://none.example/', except(), { resolve: async () => [] })).rejects.toThrow(
    RefusedAddressError,
  );
});

test.each([
  ['bomb', /has more than 1000000 bytes, unpacked/],
  ['endless', /has more than 1000000 bytes/],
  ['announced', /has more than 1000000 bytes/],
  ['double', /its encoding "gzip, gzip" is unknown/],
  ['damaged', /its compression is damaged|more than/],
  ['no-gzip', /its compression is damaged/],
  ['headers', /its headers have more than 16384 bytes/],
  ['cut', /its server closed the connection|aborted/],
])('a body or header made to harm is refused: %s', async (path, message) => {
  await using web = await serveWeb(hostile);
  const before = process.memoryUsage().rss;
  const fetched = get(`${web.url}/${path}`, except('127.0.0.1'));
  await expect(fetched).rejects.toThrow(FetchFailedError);
  await expect(fetched).rejects.toThrow(message);
  expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
});

test.each(['drip', 'silent'])('a server that takes its time is left: %s', async (path) => {
  await using web = await serveWeb(hostile);
  const fetched = get(`${web.url}/${path}`, except('127.0.0.1'), { timeout: 400 });
  await expect(fetched).rejects.toThrow(/it takes too long|nothing came for/);
});

test('a resolver that does not answer is left', async () => {
  const resolve = () => new Promise<never>(() => {});
  await expect(get('http://slow.example/', except(), { resolve, timeout: 100 })).rejects.toThrow(
    /it takes too long/,
  );
});

test('an answer that is no HTTP is an error in words', async () => {
  await using web = await serveRaw((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
  await expect(get(web.url, except('127.0.0.1'))).rejects.toThrow(FetchFailedError);
});

test.each([
  [['feeds.internal'], 'feeds.internal', '10.1.2.3', 80, true],
  [['feeds.internal'], 'FEEDS.internal.', '10.1.2.3', 80, true],
  [['feeds.internal'], 'other.internal', '10.1.2.3', 80, false],
  [['feeds.internal:8080'], 'feeds.internal', '10.1.2.3', 80, false],
  [['10.0.0.0/8'], 'any.example', '10.1.2.3', 80, true],
  [['10.0.0.0/8'], 'any.example', '::ffff:10.1.2.3', 80, true],
  [['10.0.0.0/8'], 'any.example', '127.0.0.1', 80, false],
  [['10.1.2.3:8080'], '10.1.2.3', '10.1.2.3', 8080, true],
  [['[fd00::]/8'], 'any.example', 'fd12::1', 80, true],
  [['[::1]:8080'], '::1', '::1', 8080, true],
  [['[::1]:8080'], '::1', '::1', 80, false],
  [[], 'any.example', '2606:4700::1111', 443, true],
])('the exceptions %j allow %s at %s, port %i: %s', (exceptions, host, address, port, isAllowed) => {
  expect(except(...exceptions).isAllowed(host, address, port)).toBe(isAllowed);
});

test.each([
  '',
  '10.0.0.0/33',
  '10.0.0',
  'feeds.internal/8',
  '[fd00::',
  'a b',
  '10.1.2.3:99999',
  '[fd00::]/129',
])('the exception %j cannot be read', (exception) => {
  expect(addressesExcept([exception], '')).toBeNull();
});
