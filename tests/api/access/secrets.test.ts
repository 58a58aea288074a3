import { expect, vi } from 'vitest';
import { openDatabase } from '../../../src/database/open.js';
import { createToken } from '../../../src/domain/token.js';
import { createDatabase } from '../../support/database.js';
import { describeWithDatabase, test } from '../../support/fixtures.js';
import { openSocket } from '../../support/hostile/raw-socket.js';
import { startIssuer } from '../../support/processes/issuer.js';
import { ADMIN_TOKEN, startTestServer, type TestServer } from '../../support/server.js';

const PASSWORD = 'pass-word-of-the-database';
const IN_VARIABLES = 'what-a-client-sends-as-a-variable';
const MUTATION = `mutation ($input: RecordStatementInput!) { recordStatement(input: $input) { __typename } }`;
const FAILING = '{ topics(first: 1) { nodes { slug } } }';

/** Sends a token in every way, right and wrong, and returns all responses. */
async function sendEverywhere(server: TestServer, token: string): Promise<string> {
  const answers: unknown[] = [];
  const send = async (body: object, headers: Record<string, string>, query = '') => {
    const abort = new AbortController();
    const response = await fetch(new URL(`/graphql${query}`, server.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal: abort.signal,
    });
    answers.push(response.status, [...response.headers]);
    if (response.headers.get('content-type')?.startsWith('text/event-stream')) abort.abort();
    else answers.push(await response.text());
  };
  const variables = { input: { headline: IN_VARIABLES, occurred: 'never' } };
  const ways = [
    { authorization: `Bearer ${token}` },
    { authorization: token },
    { authorization: `Basic ${token}` },
  ];
  for (const headers of ways) {
    await send({ query: '{ feedHead }' }, headers);
    await send(
      { query: '{ feedHead }' },
      { ...headers, 'x-request-id': `Bearer ${token}` },
      `?token=${token}`,
    );
    await send({ query: MUTATION, variables }, headers);
    await send({ query: FAILING }, headers);
    await send(
      { query: 'subscription { feed { __typename } }' },
      { ...headers, accept: 'text/event-stream' },
    );
  }
  for (const authorization of [`Bearer ${token}`, token]) {
    await using socket = await openSocket(server.url);
    socket.send({ type: 'connection_init', payload: { authorization } });
    const opened = await Promise.race([
      socket.next().catch(() => undefined),
      socket.closed.then(() => undefined),
    ]);
    if (!opened) answers.push(await socket.closed);
    else {
      answers.push(await socket.run('a', MUTATION, { variables }), await socket.run('b', FAILING));
    }
  }
  return JSON.stringify(answers);
}

describeWithDatabase('secrets', () => {
  test('appear in no log line, metric or response', async () => {
    await using database = await createDatabase();
    await using issuer = await startIssuer();
    const { location } = database;
    const withPassword =
      location.kind === 'postgres'
        ? { ...location, url: location.url.replace(/\/\/([^:@/]+)@/, `//$1:${PASSWORD}@`) }
        : location;
    await using server = await startTestServer(withPassword, { ...issuer.env, LOG_LEVEL: 'trace' });
    const tokens = {
      admin: ADMIN_TOKEN,
      api: await createToken(server.db, { name: 'editor', role: 'EDITOR' }),
      jwt: await issuer.sign(),
      expired: await issuer.sign({ expiresIn: -3_600 }),
      unknown: 'a-token-that-is-nobody-s-own',
    };
    await server.db.$executeRawUnsafe('ALTER TABLE topic RENAME TO topic_away');
    const answers: string[] = [];
    for (const token of Object.values(tokens)) answers.push(await sendEverywhere(server, token));
    await server.db.$executeRawUnsafe('ALTER TABLE api_token RENAME TO api_token_away');
    answers.push(await sendEverywhere(server, tokens.api));
    // In floods, most requests are counted in one line.
    const requests = () =>
      server.logged.reduce((sum, { msg, count }) => {
        if (msg === 'more requests of this kind') return sum + Number(count);
        return msg === 'request' ? sum + 1 : sum;
      }, 0);
    await vi.waitUntil(() => requests() >= 90, 30_000);
    const metrics = await (await fetch(new URL('/metrics', server.url))).text();
    const ready = await (await fetch(new URL('/health/ready', server.url))).text();

    const log = JSON.stringify(server.logged);
    expect(log).toContain('a request failed');
    const seen = { log, metrics, ready, answers: answers.join('\n') };
    for (const [where, text] of Object.entries(seen)) {
      for (const [name, secret] of Object.entries({ ...tokens, PASSWORD })) {
        expect(text.includes(secret), `${name} in the ${where}`).toBe(false);
        // Nor the end of a token: the missing rest could be guessed.
        expect(text.includes(secret.slice(-20)), `the end of ${name} in the ${where}`).toBe(false);
      }
    }
    expect(log + metrics).not.toContain(IN_VARIABLES);
  });

  test('appear in no error about a database that cannot be reached', async () => {
    const urls = [
      `postgres://user:${PASSWORD}@127.0.0.1:1/record`,
      `postgres://user:with@${PASSWORD}@127.0.0.1:1/record`,
      `postgres://user@127.0.0.1:1/record?password=${PASSWORD}`,
    ];
    for (const url of urls) {
      const error = await openDatabase({ kind: 'postgres', url, poolSize: 1 }).catch(
        (thrown: Error) => thrown,
      );
      expect(error).toBeInstanceOf(Error);
      expect(String(error)).toContain('127.0.0.1:1/record');
      expect(String(error)).not.toContain(PASSWORD);
    }
  });
});
