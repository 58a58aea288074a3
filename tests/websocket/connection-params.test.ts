import { expect } from 'vitest';
import { describeWithDatabase } from '../support/fixtures.js';
import { ADMIN_TOKEN, type TestServer } from '../support/server.js';
import { test } from '../support/shared.js';

const WRITE = 'mutation { upsertTopic(input: { slug: "topic", name: "Topic" }) { __typename } }';

/** Returns the type of a topic that only an editor can write, or how the socket was closed. */
async function write(server: TestServer, connectionParams: Record<string, unknown>) {
  try {
    for await (const { data, errors } of server.client(connectionParams).iterate<any>({ query: WRITE }))
      return data?.upsertTopic?.__typename ?? errors?.[0]?.extensions?.['code'];
  } catch (error) {
    const { code, reason } = error as { code: number; reason: string };
    return { code, reason };
  }
  return undefined;
}

const BEARER = `Bearer ${ADMIN_TOKEN}`;

describeWithDatabase('connectionParams', () => {
  test('may carry the token in each place where front ends put it', async ({ server }) => {
    for (const params of [
      { authorization: BEARER },
      { Authorization: BEARER },
      { headers: { Authorization: BEARER } },
      { headers: { authorization: BEARER, 'x-csrf-token': 'a1', 'Apollo-Require-Preflight': 'true' } },
      { authToken: ADMIN_TOKEN },
      { authToken: BEARER, headers: {} },
      { Authorization: BEARER, headers: { authorization: BEARER }, authToken: ADMIN_TOKEN },
    ]) {
      expect([params, await write(server, params)]).toEqual([params, 'UpsertTopicSuccess']);
    }
  });

  test('without a token make an anonymous reader, whatever else they say', async ({ server }) => {
    for (const params of [
      {},
      { authorization: null, authToken: undefined, headers: null },
      { client: 'wall', version: 3, author: 'Ann', headers: { 'accept-language': 'de', secret: '' } },
    ]) {
      expect([params, await write(server, params)]).toEqual([params, 'UNAUTHENTICATED']);
    }
  });

  test('that hold a credential in another place are refused in words', async ({ server }) => {
    for (const [params, name] of [
      [{ token: ADMIN_TOKEN }, 'token'],
      [{ accessToken: ADMIN_TOKEN }, 'accessToken'],
      [{ headers: { 'x-api-key': 'abc' } }, 'x-api-key'],
      [{ http: { headers: { Authorization: BEARER } } }, 'Authorization'],
      [{ user: { pwd: BEARER } }, 'pwd'],
      [{ sessionId: 4711 }, 'sessionId'],
      [{ x: 'dw_0123456789' }, 'x'],
      [{ authorization: BEARER, 'X-Hasura-Admin-Secret': 'abc' }, 'X-Hasura-Admin-Secret'],
    ] as const) {
      expect([params, await write(server, params)]).toEqual([
        params,
        { code: 4401, reason: `Expected the token as "authorization" in connectionParams; got "${name}".` },
      ]);
    }
  });

  test('with two tokens that differ are refused', async ({ server }) => {
    expect(await write(server, { authorization: BEARER, authToken: 'another' })).toEqual({
      code: 4401,
      reason: 'Expected one token in connectionParams; got several that differ.',
    });
  });

  test('with a token that is no text, or empty, are refused', async ({ server }) => {
    for (const params of [{ authToken: '' }, { authToken: 42 }, { headers: { Authorization: '' } }]) {
      expect(await write(server, params)).toMatchObject({ code: 4403 });
    }
  });
});
