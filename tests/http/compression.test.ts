import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test as plain } from 'vitest';
import { createAnswer } from '../../src/http/response/answer.js';
import { createCompressor } from '../../src/http/response/compressor.js';
import { compressStart } from '../../src/http/response/content-encoding.js';
import { describeWithDatabase } from '../support/fixtures.js';
import type { TestServer } from '../support/server.js';
import { test } from '../support/shared.js';

const DECODERS = { br: brotliDecompressSync, gzip: gunzipSync } as const;
const ENCODINGS = ['br', 'gzip'] as const;

const LONG = '{ developments(first: 20) { nodes { id slug headline summary } } }';
const SHORT = '{ feedHead }';
const WRONG = `{ ${Array.from({ length: 15 }, (_, index) => `wrong${index}`).join(' ')} }`;

interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string>;
}

/** Uses node:http, because fetch decodes answers. */
async function ask(server: TestServer, query: string, { method = 'GET', headers = {} }: Sent = {}) {
  const isPost = method === 'POST';
  const url = isPost ? server.url : `${server.url}?${new URLSearchParams({ query })}`;
  const sent = httpRequest(url, {
    method,
    headers: { ...(isPost && { 'content-type': 'application/json' }), ...headers },
  });
  sent.end(isPost ? JSON.stringify({ query }) : undefined);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  const body = await buffer(answer);
  const encoding = answer.headers['content-encoding'];
  const text = encoding && body.length > 0 ? DECODERS[encoding as 'br' | 'gzip'](body).toString() : `${body}`;
  return { status: answer.statusCode, headers: answer.headers, encoding, bytes: body.length, text };
}

const takes = (encodings: string, more: Record<string, string> = {}) => ({
  headers: { 'accept-encoding': encodings, ...more },
});

const dataIn = (text: string) => JSON.parse(text).data;

describeWithDatabase('an answer longer than 1 KB', () => {
  test.for([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0, gzip;q=0.1', 'gzip'],
    ['*', 'br'],
    ['identity, gzip;q=0.5', undefined],
    ['deflate, zstd', undefined],
    ['gzip;q=0', undefined],
    ['', undefined],
  ] as const)('for Accept-Encoding: %s has the encoding %s', async ([accepted, expected], { dossier }) => {
    const plain = await ask(dossier, LONG);
    expect(plain.encoding).toBeUndefined();
    for (const method of ['GET', 'POST']) {
      const answer = await ask(dossier, LONG, { method, ...takes(accepted) });
      expect([method, answer.encoding]).toEqual([method, expected]);
      expect(Number(answer.headers['content-length'])).toBe(answer.bytes);
      expect(dataIn(answer.text)).toEqual(dataIn(plain.text));
      if (expected) expect(answer.bytes).toBeLessThan(plain.bytes / 2);
    }
  });

  test('reports the cost of each request, compressed or not', async ({ dossier }) => {
    const [first, second] = [
      await ask(dossier, LONG, takes('gzip')),
      await ask(dossier, LONG, takes('gzip')),
    ];
    const costs = [first, second].map(({ text }) => JSON.parse(text).extensions.cost);
    expect(costs[1].remaining).toBeLessThan(costs[0].remaining);
  });

  test('has one ETag and one Vary in all encodings, and a 304 for each', async ({ dossier }) => {
    const answers = [await ask(dossier, LONG)];
    for (const encoding of ENCODINGS) answers.push(await ask(dossier, LONG, takes(encoding)));
    const { etag, vary } = answers[0]?.headers ?? {};
    expect(vary).toBe('Accept, Accept-Encoding, Authorization, Origin');
    for (const { headers } of answers) expect(headers).toMatchObject({ etag, vary });
    for (const encoding of ['', ...ENCODINGS]) {
      const again = await ask(dossier, LONG, takes(encoding, { 'if-none-match': String(etag) }));
      expect(again).toMatchObject({ status: 304, bytes: 0, encoding: undefined, headers: { etag, vary } });
    }
  });

  test('has the same headers for HEAD', async ({ dossier }) => {
    const asked = await ask(dossier, LONG, takes('br'));
    const { headers, bytes } = await ask(dossier, LONG, { method: 'HEAD', ...takes('br') });
    expect(bytes).toBe(0);
    expect(headers['content-encoding']).toBe('br');
    expect(headers.etag).toBe(asked.headers.etag);
  });

  test('is compressed if it is a list of errors too', async ({ dossier }) => {
    const answer = await ask(dossier, WRONG, { method: 'POST', ...takes('gzip') });
    expect(answer.encoding).toBe('gzip');
    expect(JSON.parse(answer.text).errors).toHaveLength(15);
  });

  test('is read by fetch, which decodes it', async ({ dossier }) => {
    const response = await fetch(`${dossier.url}?${new URLSearchParams({ query: LONG })}`);
    expect(response.headers.get('content-encoding')).toBe('gzip'); // It takes br over https only.
    expect(await response.json()).toMatchObject({ data: { developments: { nodes: expect.any(Array) } } });
  });
});

describeWithDatabase('what is not compressed', () => {
  test('is a short answer', async ({ dossier }) => {
    expect(await ask(dossier, SHORT, takes('gzip, br'))).toMatchObject({ status: 200, encoding: undefined });
  });

  test('is an event stream, of a subscription or of one result', async ({ dossier }) => {
    const stream = takes('gzip, br', { accept: 'text/event-stream' });
    expect(await ask(dossier, LONG, stream)).toMatchObject({ status: 200, encoding: undefined });
    const abort = new AbortController();
    const query = 'subscription { feed { __typename } }';
    const { headers } = await fetch(`${dossier.url}?${new URLSearchParams({ query })}`, {
      headers: stream.headers,
      signal: abort.signal,
    });
    expect(headers.get('content-encoding')).toBeNull();
    abort.abort();
  });
});

describe('a compressed beginning', () => {
  plain('decodes to the whole body with each end', async () => {
    const ends = fc.uint8Array({ minLength: 1, maxLength: 65_535, size: 'max' });
    const starts = fc.uint8Array({ maxLength: 5_000, size: 'max' });
    await fc.assert(
      fc.asyncProperty(starts, ends, ends, async (bytes, ...tails) => {
        const start = Buffer.from(bytes);
        for (const encoding of ENCODINGS) {
          const made = await compressStart(start, encoding);
          for (const tail of tails.map((end) => Buffer.from(end))) {
            const whole = DECODERS[encoding](Buffer.concat([made.bytes, made.close(tail)]));
            expect(whole.equals(Buffer.concat([start, tail]))).toBe(true);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  plain('is made once for concurrent and later requests, and counts in the size of the answer', async () => {
    const answer = createAnswer({ text: 'x'.repeat(10_000) }, []);
    const before = answer.size;
    let made = 0;
    const make = (body: Buffer) => {
      made += 1;
      return compressStart(body, 'gzip');
    };
    const [one, two] = await Promise.all([answer.compress('gzip', make), answer.compress('gzip', make)]);
    expect([made, one === two, answer.compressed('gzip') === one]).toEqual([1, true, true]);
    expect(answer.size).toBe(before + Number(one?.bytes.length));
  });
});

describe('the compressor', () => {
  plain('gives up where too many bodies wait, and goes on later', async () => {
    const compressor = createCompressor((error) => expect(error).toBeUndefined());
    const body = Buffer.alloc(100_000, 'abc');
    const results = await Promise.all(
      Array.from({ length: 100 }, (_, index) => compressor.compress(body, 'gzip', `client ${index % 3}`)),
    );
    expect(results.filter(Boolean)).toHaveLength(66);
    expect(await compressor.compress(body, 'br', 'client')).toBeDefined();
  });
});
