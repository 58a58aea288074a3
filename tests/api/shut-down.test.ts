import { request } from 'node:http';
import { connect } from 'node:net';
import { json } from 'node:stream/consumers';
import { expect, vi } from 'vitest';
import type { Database } from '../../src/database/open.js';
import { createDatabase } from '../support/database.js';
import { describeWithDatabase, test } from '../support/fixtures.js';
import { ADMIN_TOKEN, startTestServer } from '../support/server.js';

const RECORD = `mutation ($headline: String!) {
  recordStatement(input: { headline: $headline, occurred: "2026", publish: true, citations: [{ source: "source" }] }) { __typename }
}`;

/** Sends the mutation on a connection of its own. */
function post(url: string, headline: string) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${ADMIN_TOKEN}` };
  const sent = request(url, { method: 'POST', agent: false, headers });
  const answer = new Promise((resolve, reject) => {
    sent.once('response', (response) => json(response).then(resolve, reject)).once('error', reject);
  });
  const isSent = new Promise((resolve) => sent.once('finish', resolve));
  sent.end(JSON.stringify({ query: RECORD, variables: { headline } }));
  return { isSent, answer };
}

/** Keeps publications waiting for the head of the feed until it is released. */
async function lockHead(db: Database): Promise<{ release(): void }> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await new Promise<void>((resolve, reject) => {
    db.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT FROM feed_head FOR UPDATE`;
      resolve();
      await released;
    }).catch(reject);
  });
  return { release };
}

const recorded = { data: { recordStatement: { __typename: 'RecordStatementSuccess' } } };

describeWithDatabase('a server that shuts down', () => {
  test('answers running requests over HTTP and WebSocket, then closes with 1001', async () => {
    await using database = await createDatabase();
    const server = await startTestServer(database.location);
    const client = server.client({ authorization: `Bearer ${ADMIN_TOKEN}` });
    const closed = new Promise<{ code: number }>((resolve) =>
      client.on('closed', (event) => resolve(event as { code: number })),
    );
    const live = client.iterate({ query: 'subscription { feed { __typename } }' });
    await live.next();

    const lock = await lockHead(server.db);
    const results: unknown[] = [];
    for (let index = 0; index < 10; index += 1) {
      client.subscribe(
        { query: RECORD, variables: { headline: `Over WebSocket ${index}` } },
        { next: (result) => results.push(result), error: (error) => results.push(error), complete: () => {} },
      );
    }
    const requests = Array.from({ length: 10 }, (_, index) => post(server.url, `Over HTTP ${index}`));
    await Promise.all(requests.map(({ isSent }) => isSent));
    await fetch(new URL('/health/live', server.url)); // By its answer the server has read all requests.
    const { url } = server;
    const disposed = server.dispose();
    lock.release();
    await disposed;
    expect(results).toMatchObject(Array.from({ length: 10 }, () => recorded));
    expect(await Promise.all(requests.map(({ answer }) => answer))).toMatchObject(
      Array.from({ length: 10 }, () => recorded),
    );
    expect((await closed).code).toBe(1001);
    await expect(fetch(url)).rejects.toThrow();
    await client.dispose();
  });

  test('ends event streams without a complete event, so that clients reconnect', async () => {
    await using database = await createDatabase();
    const server = await startTestServer(database.location);
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: '{"query": "subscription { feed { __typename } }"}',
    });
    await vi.waitUntil(() => server.fanOut.figures.subscribers === 1, 30_000);
    await server.dispose();
    const text = await response.text();
    expect(text).toContain('event: next');
    expect(text).not.toContain('complete');
  });

  test('does not wait for connections that have sent nothing', async () => {
    await using database = await createDatabase();
    const server = await startTestServer(database.location, { SHUTDOWN_TIMEOUT: '3600' });
    const { hostname, port } = new URL(server.url);
    const ahead = connect(Number(port), hostname);
    ahead.on('error', () => {});
    const cut = new Promise<void>((resolve) => ahead.once('close', () => resolve()));
    await new Promise((resolve) => ahead.once('connect', resolve));
    await server.request('{ feedHead }'); // The server has accepted the first connection by the time it answers.
    await server.dispose();
    ahead.resume();
    await cut;
  });

  test('waits at most SHUTDOWN_TIMEOUT for a request that does not finish', async () => {
    await using database = await createDatabase();
    const server = await startTestServer(database.location, { SHUTDOWN_TIMEOUT: '1' });
    const { hostname, port } = new URL(server.url);
    const half = connect(Number(port), hostname);
    half.on('error', () => {});
    const cut = new Promise<void>((resolve) => half.once('close', () => resolve()));
    half.write(
      `POST /graphql HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
    );
    await new Promise((resolve) => half.once('connect', resolve));
    await server.request('{ feedHead }'); // The server has read the first request by the time it answers a later one.
    await server.dispose();
    half.resume();
    await cut;
  });
});
