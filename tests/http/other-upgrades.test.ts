import { expect } from 'vitest';
import { describeWithDatabase } from '../support/fixtures.js';
import { exchange } from '../support/hostile/tcp-exchange.js';
import { test } from '../support/shared.js';

const QUERY = '{"query":"{ __typename }"}';
const H2C = ['connection: Upgrade, HTTP2-Settings', 'upgrade: h2c', 'http2-settings: AAMAAABkAAQAAP__'];
const LENGTH = `content-length: ${QUERY.length}`;

const bytes = (line: string, headers: readonly string[], body = '') =>
  [`${line} HTTP/1.1`, 'host: localhost', ...headers, '', body].join('\r\n');
const get = (headers: readonly string[] = []) => bytes('GET /graphql?query=%7B__typename%7D', headers);
const post = (headers: readonly string[], body = QUERY) =>
  bytes('POST /graphql', ['content-type: application/json', ...headers], body);

/** Returns the statuses of all responses in their order, and how many are answers to the query. */
const answersIn = (text: string) => [
  text.match(/HTTP\/1\.1 \d{3}/g)?.map((line) => line.slice(-3)) ?? [],
  text.match(/\{"data":\{"__typename":"Query"\}/g)?.length ?? 0,
];

describeWithDatabase('a request with an Upgrade to something else than a WebSocket', () => {
  test.for([
    ['a GET', [get(H2C)]],
    ['a POST with a body', [post([...H2C, LENGTH])]],
    [
      'a POST in chunks',
      [
        post([...H2C, 'transfer-encoding: chunked'], '5\r\n{"que'),
        `\r\n${(QUERY.length - 5).toString(16)}\r\n${QUERY.slice(5)}\r\n0\r\n\r\n`,
      ],
    ],
    ['a POST whose body comes later', [post([...H2C, LENGTH], ''), QUERY]],
    ['an unknown protocol', [get(['connection: upgrade', 'upgrade: HTTP/3.0, websocket'])]],
  ] as const)('is answered over HTTP/1.1: %s', async ([, parts], { server }) => {
    const end = get(['connection: close']);
    const { text } = await exchange(server.url, [...parts, end]);
    expect(answersIn(text), text).toEqual([['200', '200'], 2]);
    expect(text).not.toMatch(/^upgrade:/im);
  });

  test('keeps its connection and its place among pipelined requests', async ({ server }) => {
    const requests = [
      get(),
      get(H2C),
      post([...H2C, LENGTH]),
      get(),
      bytes('GET /nowhere', H2C),
      ...Array.from({ length: 20 }, () => post([...H2C, LENGTH])),
      get([...H2C, 'connection: close']),
    ];
    const { text } = await exchange(server.url, [requests.join('')]);
    const [statuses, count] = answersIn(text);
    expect(statuses).toEqual(requests.map((_, index) => (index === 4 ? '404' : '200')));
    expect(count).toBe(requests.length - 1);
  });

  test('is refused like any other', async ({ server }) => {
    const body = '{"query":';
    const { status, text } = await exchange(server.url, [
      post([...H2C, `content-length: ${body.length}`, 'connection: close'], body),
    ]);
    expect([status, text]).toEqual([400, expect.stringContaining('BAD_REQUEST')]);
  });

  test('may go away while an earlier request is answered', async ({ server }) => {
    await exchange(server.url, [get() + get(H2C) + get(H2C)], { isBrief: true });
    expect(await server.request('{ __typename }')).toMatchObject({ status: 200 });
  });
});
