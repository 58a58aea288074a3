import { once, setMaxListeners } from 'node:events';
import { Agent, request } from 'node:http';
import { expect, test, vi } from 'vitest';
import { figure, figures } from '../support/figures.js';
import { describeWithDatabase } from '../support/fixtures.js';
import { createWatchedPostgres } from '../support/held-table.js';
import { ADMIN_TOKEN, type Answer, startTestServer, type TestServer } from '../support/server.js';

const SLOW = '{ development(slug: "none") { slug } }';
let sent = 0;
/** A text that the response cache does not know. */
const slow = () => {
  sent += 1;
  return `${SLOW} # ${sent}`;
};

/** Sends a query without a token, from any address of this machine. */
async function askFrom(
  localAddress: string,
  { url }: TestServer,
  query: string,
  signal?: AbortSignal,
): Promise<Answer & { retryAfter: string | undefined }> {
  const { hostname: host, port, pathname: path } = new URL(url);
  const agent = new Agent({ localAddress });
  const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };
  const call = request({ host, port, path, method: 'POST', headers, agent, ...(signal && { signal }) });
  call.end(JSON.stringify({ query }));
  const [response] = await once(call, 'response');
  let text = '';
  for await (const part of response.setEncoding('utf8')) text += part;
  return { status: response.statusCode, retryAfter: response.headers['retry-after'], ...JSON.parse(text) };
}

const gauges = async (server: TestServer) => {
  const { requests_at_work: atWork, requests_waiting: waiting } = await figures(server, [
    'requests_at_work',
    'requests_waiting',
  ]);
  return { atWork, waiting };
};
const untilGauges = (server: TestServer, wanted: object) =>
  vi.waitFor(async () => expect(await gauges(server)).toEqual(wanted), { timeout: 30_000, interval: 10 });

describeWithDatabase('a client with many requests at once', () => {
  test('has 8 at work and 32 waiting, is told the limit, and holds up no other client', async () => {
    await using database = await createWatchedPostgres();
    await using server = await startTestServer(
      { ...database.location, poolSize: 10 },
      { MAX_WAITING_PER_CLIENT: '32', REQUEST_TIMEOUT: '60' },
    );
    const held = await database.hold('development_slug');
    const answers = Array.from({ length: 40 }, () => askFrom('127.0.0.1', server, slow()));
    await untilGauges(server, { atWork: 8, waiting: 32 });
    expect(await askFrom('127.0.0.1', server, slow())).toMatchObject({
      status: 429,
      retryAfter: '1',
      errors: [
        {
          message: expect.stringMatching(/MAX_REQUESTS_PER_CLIENT.*MAX_WAITING_PER_CLIENT/),
          extensions: {
            code: 'TOO_MANY_REQUESTS',
            limit: 'MAX_WAITING_PER_CLIENT',
            maximum: 32,
            retryAfter: 1,
          },
        },
      ],
    });
    const overSocket = await new Promise((resolve, reject) => {
      const client = server.client();
      client.subscribe({ query: slow() }, { next: resolve, error: resolve, complete: reject });
    });
    expect(overSocket).toMatchObject({ errors: [{ extensions: { limit: 'MAX_WAITING_PER_CLIENT' } }] });
    expect(await askFrom('127.0.0.2', server, '{ feedHead }')).toMatchObject({ status: 200 });
    await held[Symbol.asyncDispose]();
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array(40).fill(200));
    await untilGauges(server, { atWork: 0, waiting: 0 });
  });

  test('does not wait for answers that the cache or an execution has', async () => {
    await using database = await createWatchedPostgres();
    await using server = await startTestServer(
      { ...database.location, poolSize: 10 },
      { REQUEST_TIMEOUT: '60' },
    );
    await askFrom('127.0.0.1', server, '{ feedHead }');
    await using _held = await database.hold('development_slug');
    const over = new AbortController();
    setMaxListeners(0, over.signal);
    const same = slow();
    const answers = [
      ...Array.from({ length: 7 }, () => slow()),
      ...Array.from({ length: 50 }, () => same),
    ].map((query) => askFrom('127.0.0.1', server, query, over.signal).catch(() => 'gone'));
    await untilGauges(server, { atWork: 8, waiting: 0 });
    expect(await askFrom('127.0.0.1', server, '{ feedHead }')).toMatchObject({ status: 200 });
    over.abort();
    await Promise.all(answers);
    await untilGauges(server, { atWork: 0, waiting: 0 });
  });
});

describeWithDatabase('a client that goes', () => {
  test('takes its statements with it over HTTP, those that wait included', async () => {
    await using database = await createWatchedPostgres();
    await using server = await startTestServer(database.location, {
      LOG_LEVEL: 'info',
      REQUEST_TIMEOUT: '60',
    });
    await using _held = await database.hold('development_slug');
    const over = new AbortController();
    setMaxListeners(0, over.signal);
    const gone = Array.from({ length: 12 }, () =>
      askFrom('127.0.0.1', server, slow(), over.signal).catch(() => 'gone'),
    );
    await database.untilWaiting(5); // As many as there are connections.
    await untilGauges(server, { atWork: 8, waiting: 4 });
    over.abort();
    await database.untilWaiting(0);
    await untilGauges(server, { atWork: 0, waiting: 0 });
    expect(await Promise.all(gone)).toEqual(Array(12).fill('gone'));
    // The server's own statements may wait for a moment too.
    await vi.waitUntil(async () => (await figure(server, 'database_waiting')) === 0, 30_000);
    expect(await askFrom('127.0.0.1', server, '{ feedHead }')).toMatchObject({ status: 200 });
    expect(server.logged.filter(({ outcome }) => outcome !== 'aborted')).toEqual([]);
  });

  test('stops a mutation before its next statement, which is rolled back', async () => {
    await using database = await createWatchedPostgres();
    await using server = await startTestServer(database.location);
    const held = await database.hold('topic');
    const over = new AbortController();
    const mutation = 'mutation { upsertTopic(input: { slug: "late", name: "Late" }) { __typename } }';
    const sending = fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${ADMIN_TOKEN}` },
      body: JSON.stringify({ query: mutation }),
      signal: over.signal,
    }).catch(() => 'gone');
    await database.untilWaiting(1);
    over.abort();
    expect(await sending).toBe('gone');
    const aborted = 'requests_total{operation="mutation",transport="http",outcome="aborted"}';
    await vi.waitUntil(async () => (await figure(server, aborted)) === 1, { timeout: 30_000, interval: 10 });
    await held[Symbol.asyncDispose]();
    await untilGauges(server, { atWork: 0, waiting: 0 });
    expect(await server.data('{ topics { totalCount } }')).toEqual({ topics: { totalCount: 0 } });
  });

  test('takes its statements with it by complete, and by the close of its WebSocket with one log line', async () => {
    await using database = await createWatchedPostgres();
    await using server = await startTestServer(database.location, {
      LOG_LEVEL: 'info',
      REQUEST_TIMEOUT: '60',
    });
    await using _held = await database.hold('development_slug');
    const client = server.client();
    const stop = client.subscribe({ query: slow() }, { next() {}, error() {}, complete() {} });
    await database.untilWaiting(1);
    stop();
    await database.untilWaiting(0);
    const other = server.client();
    for (let index = 0; index < 50; index += 1) {
      other.subscribe({ query: slow() }, { next() {}, error() {}, complete() {} });
    }
    await database.untilWaiting(5);
    await untilGauges(server, { atWork: 8, waiting: 42 });
    other.terminate();
    await database.untilWaiting(0);
    await untilGauges(server, { atWork: 0, waiting: 0 });
    // The first client closes its socket right after `complete`: the server may see the close first, and cut one.
    const lines = () => server.logged.filter(({ cut }) => cut !== 1);
    await vi.waitUntil(() => lines().length > 0, 30_000);
    expect(lines()).toEqual([expect.objectContaining({ msg: 'a WebSocket was closed', cut: 50 })]);
  });
});
