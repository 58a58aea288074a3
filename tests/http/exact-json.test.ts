import { expect } from 'vitest';
import { describeWithDatabase } from '../support/fixtures.js';
import { openSocket } from '../support/hostile/raw-socket.js';
import { test } from '../support/shared.js';

const QUERY = '{"query":"{ __typename }"';

async function post(url: string, body: string) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body });
  return { status: response.status, text: await response.text() };
}

async function get(url: string, search: string) {
  const response = await fetch(`${url}?${search}`);
  return { status: response.status, text: await response.text() };
}

describeWithDatabase('a number that JSON.parse would change', () => {
  const NUMBERS = [
    '1e400',
    '-1E+999',
    '1e-400',
    '9007199254740993',
    `1${'0'.repeat(400)}`,
    '123456789012345678901',
  ];

  test.for(NUMBERS)('is refused anywhere in a body: %s', async (number, { server }) => {
    for (const body of [
      `${QUERY},"variables":{"n":${number}}}`,
      `${QUERY},"variables":{"a":[{"b":[1,${number}]}],"q":"\\""}}`,
      `${QUERY},"extensions":{"n":${number}}}`,
    ]) {
      const { status, text } = await post(server.url, body);
      expect([status, text]).toEqual([400, expect.stringContaining('Expected numbers that fit')]);
      expect(text).toContain(number.slice(0, 40));
      expect(text).toContain('BAD_REQUEST');
    }
  });

  test('is refused in the variables and extensions of a GET', async ({ server }) => {
    for (const name of ['variables', 'extensions']) {
      const search = new URLSearchParams({ query: '{ __typename }', [name]: '{"n":[1e400]}' });
      const { status, text } = await get(server.url, String(search));
      expect([status, text]).toEqual([400, expect.stringContaining('1e400')]);
    }
  });

  test('is an error of its operation on a WebSocket, which stays open', async ({ server }) => {
    await using socket = await openSocket(server.url);
    await socket.init();
    const payload = '{"query":"{ __typename }","variables":{"n":1e400}}';
    socket.send(`{"id":"a","type":"subscribe","payload":${payload}}`);
    expect(await socket.next()).toMatchObject({
      id: 'a',
      type: 'error',
      payload: [{ message: expect.stringContaining('1e400'), extensions: { code: 'BAD_REQUEST' } }],
    });
    expect(await socket.run('a', '{ __typename }')).toHaveLength(2);
    socket.send('{"type":"ping","payload":{"n":1e400}}');
    expect(await socket.closed).toMatchObject({ code: 4400, reason: expect.stringContaining('1e400') });
  });

  test('is refused in a document', async ({ server }) => {
    const claim = 'mutation { assertClaim(input: { slug: "a", field: YIELD, value: 1e400 }) { __typename } }';
    const { errors } = await server.request(claim);
    expect(JSON.stringify(errors)).toContain('got 1e400');
  });

  test('is told from one that fits, and from text', async ({ server }) => {
    const variables = String.raw`{"a":1e308,"b":0.1,"c":9007199254740992,"d":-0,"e":0e999,"f":"1e400","g":"\\\"1e400","h":5e-324,"1e400":1.50}`;
    expect((await post(server.url, `${QUERY},"variables":${variables}}`)).status).toBe(200);
    expect(
      (await get(server.url, String(new URLSearchParams({ query: '{__typename}', variables })))).status,
    ).toBe(200);
  });
});

describeWithDatabase('of repeated parameters', () => {
  test('neither is taken in a URL', async ({ server }) => {
    for (const search of [
      'query=%7B__typename%7D&query=%7BfeedHead%7D',
      'query=%7B__typename%7D&qu%65ry=%7B__typename%7D',
      'query=%7B__typename%7D&variables=%7B%7D&variables=%7B%7D',
      'query=query%20A%7B__typename%7D&operationName=A&operationName=',
      'documentId=a&documentId=b',
    ]) {
      const { status, text } = await get(server.url, search);
      expect([search, status, text]).toEqual([search, 400, expect.stringContaining('once')]);
    }
    expect((await get(server.url, 'query=%7B__typename%7D&utm=1&utm=2')).status).toBe(200);
  });

  test('neither is taken in a body', async ({ server }) => {
    for (const more of [
      '"query":"{ feedHead }"',
      String.raw`"qu\u0065ry":"{ feedHead }"`,
      '"variables":{},"variables":{"a":1}',
      '"operationName":null,"operationName":null',
    ]) {
      const { status, text } = await post(server.url, `${QUERY},${more}}`);
      expect([more, status, text]).toEqual([more, 400, expect.stringContaining('once')]);
    }
    const nested = '"variables":{"query":1,"a":[{"query":"query"}]},"operationName":""';
    expect((await post(server.url, `${QUERY},${nested}}`)).status).toBe(200);
  });

  test('neither is taken in a message on a WebSocket', async ({ server }) => {
    await using socket = await openSocket(server.url);
    await socket.init();
    const payload = '{"query":"{ __typename }","query":"{ feedHead }"}';
    socket.send(`{"id":"a","type":"subscribe","payload":${payload}}`);
    expect(await socket.next()).toMatchObject({ id: 'a', type: 'error' });
  });
});
