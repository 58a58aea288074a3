import fc from 'fast-check';
import { afterAll, describe, expect } from 'vitest';
import { type Exchange, exchange, exchangeFrames } from '../support/hostile/tcp-exchange.js';
import { inTime, type Served, test } from '../support/processes/dossier-process.js';
import { bytes, forAll, SEED } from '../support/random/random-bytes.js';

afterAll(() => console.info('seed', SEED));

/** Expects no response to report a server failure. */
function expectNoFailure({ text }: Exchange): void {
  expect(text).not.toMatch(/^HTTP\/1\.1 5\d\d /m);
  expect(text).not.toMatch(/INTERNAL_SERVER_ERROR|The server failed/);
}

/** Builds a request head from the parts, with headers that close the connection. */
const head = (...parts: (string | Buffer)[]) =>
  Buffer.concat(
    [...parts, '\r\nhost: localhost\r\nconnection: close\r\n\r\n'].map((part) => Buffer.from(part)),
  );

describe('random bytes cause neither a crash nor a server error', () => {
  const send = (served: Served, ...parts: (string | Buffer)[]) =>
    inTime(served, (signal) => exchange(served.url, parts, { signal, isEnded: true })).then(expectNoFailure);

  test('as a request', async ({ served }) => {
    await forAll(served, bytes, (page) => send(served, page), 300);
  });

  test('as a request target', async ({ served }) => {
    await forAll(served, bytes, (page) => send(served, head('GET /', page, ' HTTP/1.1')), 200);
  });

  test('as a query string', async ({ served }) => {
    await forAll(served, bytes, async (page) => {
      await send(served, head('GET /graphql?', page, ' HTTP/1.1'));
      const escaped = [...page].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
      for (const name of [
        'query',
        'query=%7BfeedHead%7D&variables',
        'query=%7BfeedHead%7D&extensions',
        'operationName',
      ])
        await send(served, head(`GET /graphql?${name}=${escaped} HTTP/1.1`));
    });
  });

  test('as a header line or value', async ({ served }) => {
    const names = [
      'host',
      'accept',
      'cookie',
      'origin',
      'content-type',
      'authorization',
      'last-event-id',
      'expect',
    ];
    const more = [
      'x-forwarded-for',
      'upgrade',
      'transfer-encoding',
      'content-length',
      'content-encoding',
      'connection',
    ];
    await forAll(
      served,
      fc.tuple(fc.constantFrom('', ...names, ...more), fc.constantFrom('GET', 'POST', 'OPTIONS'), bytes),
      async ([name, method, page]) => {
        const before = `${method} /graphql?query=%7BfeedHead%7D HTTP/1.1\r\n${name === '' ? '' : `${name}: `}`;
        await send(served, head(before, page));
        // Again without control characters, which would end the head early.
        await send(served, head(before, page.filter((byte) => byte > 31 && byte !== 127) as Buffer));
      },
      300,
    );
  });

  test('as a request body', async ({ served }) => {
    const types = [
      'application/json',
      'text/plain',
      'multipart/form-data; boundary=x',
      'application/graphql',
      'x',
    ];
    await forAll(
      served,
      fc.tuple(fc.constantFrom(...types), bytes),
      async ([type, page]) => {
        const before = `POST /graphql HTTP/1.1\r\ncontent-type: ${type}\r\n`;
        await send(served, head(`${before}content-length: ${page.length}`), page);
        await send(served, head(`${before}transfer-encoding: chunked`), page);
      },
      200,
    );
  });

  test('as headers and body of an upgrade request', async ({ served }) => {
    const start =
      'GET /graphql HTTP/1.1\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n';
    const key = 'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';
    const names = [
      `${key}sec-websocket-protocol`,
      `${key}sec-websocket-extensions`,
      `${key}sec-websocket-version`,
      'sec-websocket-key',
      `${key}origin`,
    ];
    await forAll(served, fc.tuple(fc.constantFrom(...names), bytes), async ([name, page]) => {
      await send(
        served,
        head(`${start}${name}: `, page.filter((byte) => byte > 31 && byte !== 127) as Buffer),
        page,
      );
      await send(served, head(`${start}${name}: `, page));
    });
  });

  test('as WebSocket frames', async ({ served }) => {
    await forAll(served, bytes, async (page) => {
      const signal = AbortSignal.timeout(30_000);
      expectNoFailure(await exchangeFrames(served.url, [page], { signal, isEnded: true }));
    });
  });
});
