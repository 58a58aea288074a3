import { describe, expect } from 'vitest';
import { REQUESTS } from '../support/hostile/hostile-requests.js';
import { exchange, requestBytes, trickle } from '../support/hostile/tcp-exchange.js';
import { expectWell, inTime, serveDossier, test } from '../support/processes/dossier-process.js';

const GET = '/graphql?query=%7BfeedHead%7D';

/** Returns the GraphQL error body of a refusal, chunked or not; undefined if there is none. */
function bodyOf(text: string): any {
  const json = /\{"errors".*\}/s.exec(text)?.[0];
  return json === undefined ? undefined : JSON.parse(json);
}

describe('the server promptly refuses', () => {
  test.for(Object.entries(REQUESTS))('%s', async ([, { bytes, statuses }], { served }) => {
    const { status, text } = await inTime(served, (signal) =>
      exchange(served.url, bytes, { signal, isBrief: true }),
    );
    expect(statuses, text.slice(0, 500)).toContain(status);
    const body = bodyOf(text);
    if (status === 405 && body) expect(text).toMatch(/^allow: .*POST/im);
    if (body) {
      expect(body.errors).toEqual([expect.objectContaining({ message: expect.any(String) })]);
      expect(body.errors[0].extensions.code).toMatch(/^(?!INTERNAL)[A-Z_]+$/);
    }
    await expectWell(served);
  });

  test('CONNECT, with an error or by closing the connection', async ({ served }) => {
    const { status } = await inTime(served, (signal) =>
      exchange(served.url, ['CONNECT other.example:443 HTTP/1.1\r\nhost: other.example\r\n\r\n'], { signal }),
    );
    expect([undefined, 400, 404, 405]).toContain(status);
    await expectWell(served);
  });
});

describe('the server answers', () => {
  test('a request with 100 header lines', async ({ served }) => {
    const lines = Array.from({ length: 100 }, (_, index) => `x-header-${index}: ${index}`);
    const { status } = await inTime(served, (signal) =>
      exchange(served.url, [requestBytes('GET', GET, lines)], { signal }),
    );
    expect(status).toBe(200);
  });

  test('a request sent one byte at a time', async ({ served }) => {
    const body = '{"query":"{ feedHead }"}';
    const head = ['content-type: application/json', `content-length: ${body.length}`];
    const bytes = requestBytes('POST', '/graphql', head, body);
    const { status } = await inTime(served, (signal) => exchange(served.url, [...bytes], { signal }));
    expect(status).toBe(200);
  });

  test('HEAD like GET, without a body', async ({ served }) => {
    const { status, text } = await inTime(served, (signal) =>
      exchange(served.url, [requestBytes('HEAD', GET)], { signal }),
    );
    expect(status).toBe(200);
    expect(text).toMatch(/\r\n\r\n$/);
  });
});

describe('the server waits no longer than RECEIVE_TIMEOUT for', () => {
  test.for([
    ['slow headers', 'GET /graphql HTTP/1.1\r\nhost: localhost\r\nx-slow: ', 'x'],
    [
      'a slow body',
      `${requestBytes('POST', '/graphql', ['content-type: application/json', 'content-length: 1000'])}{`,
      ' ',
    ],
    ['a connection that sends nothing', '', ''],
    ['headers that never end', 'GET /graphql HTTP/1.1\r\nhost: localhost\r\n', ''],
  ] as const)('%s', async ([, first, rest]) => {
    await using served = await serveDossier({ RECEIVE_TIMEOUT: '1' });
    const slow = AbortSignal.timeout(30_000);
    const { status } = await trickle(served.url, first, rest, slow);
    expect([undefined, 408]).toContain(status);
    if (first.includes('POST')) expect(status).toBe(408);
    await expectWell(served);
  });
});
