import { connect } from 'node:net';
import { expect, vi } from 'vitest';
import { createDatabase } from '../support/database.js';
import { describeWithDatabase, test } from '../support/fixtures.js';
import { ADMIN_TOKEN, startTestServer } from '../support/server.js';

const RECORD = `mutation ($headline: String!) {
  recordStatement(input: { headline: $headline, occurred: "2026", publish: true, citations: [{ source: "source" }] }) { __typename }
}`;
const recorded = { data: { recordStatement: { __typename: 'Statement' } } };

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

    const results: unknown[] = [];
    for (let index = 0; index < 10; index += 1) {
      client.subscribe(
        { query: RECORD, variables: { headline: `Over WebSocket ${index}` } },
        { next: (result) => results.push(result), error: (error) => results.push(error), complete: () => {} },
      );
    }
    const answers = Array.from({ length: 10 }, (_, index) =>
      server.request(RECORD, { variables: { headline: `Over HTTP ${index}` } }),
    );
    await vi.waitUntil(() => results.length > 0, 20_000);
    await Promise.race(answers); // By now all have arrived, and most are waiting for the database.
    const { url } = server;
    await server.dispose();
    expect(results).toMatchObject(Array.from({ length: 10 }, () => recorded));
    expect(await Promise.all(answers)).toMatchObject(
      Array.from({ length: 10 }, () => ({ status: 200, ...recorded })),
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
    await vi.waitUntil(() => server.fanOut.figures.subscribers === 1, 20_000);
    await server.dispose();
    const text = await response.text();
    expect(text).toContain('event: next');
    expect(text).not.toContain('complete');
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
