import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';
import type { Outlet } from '../../../src/feed/fan-out/outlet.js';
import { EventStream } from '../../../src/http/subscriptions/sse.js';
import { describeWithDatabase, publishStatement, test } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';

const FEED = `subscription ($after: Cursor) {
  feed(after: $after) { __typename ... on DevelopmentPublished { cursor development { headline } } ... on FeedCaughtUp { cursor } ... on FeedReset { cursor } }
}`;

interface Event {
  event?: string;
  id?: string;
  told: string;
}

/** Parses the events of a stream one at a time, as an EventSource does. */
async function open(server: TestServer, { query = FEED, headers = {}, variables = {} } = {}) {
  const abort = new AbortController();
  const url = new URL(server.url);
  url.searchParams.set('query', query);
  url.searchParams.set('variables', JSON.stringify(variables));
  // By GET, as EventSource does.
  const response = await fetch(url, {
    headers: { accept: 'text/event-stream', ...headers },
    signal: abort.signal,
  });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let text = '';
  const next = async (): Promise<Event> => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end === -1) {
        const { value, done } = await reader.read();
        if (done) throw new Error('The stream has ended.');
        text += Buffer.from(value).toString();
        continue;
      }
      const lines = text.slice(0, end).split('\n');
      text = text.slice(end + 2);
      const fields = Object.fromEntries(
        lines.filter((line) => !line.startsWith(':')).map((line) => line.split(/: ?(.*)/s).slice(0, 2)),
      );
      if (!fields['data']) continue;
      const { feed, developmentPublished } = JSON.parse(fields['data']).data;
      const told = feed?.development?.headline ?? feed?.__typename ?? developmentPublished.headline;
      return { ...fields, told };
    }
  };
  return { response, next, stop: () => abort.abort() };
}

describeWithDatabase('the feed over server-sent events', () => {
  test('carries the cursor of each item as the event id, and resumes after Last-Event-ID', async ({
    server,
  }) => {
    const stream = await open(server);
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream');
    const caughtUp = await stream.next();
    expect(caughtUp).toMatchObject({ event: 'next', told: 'FeedCaughtUp', id: expect.any(String) });
    for (const headline of ['one', 'two', 'three']) await publishStatement(server, headline);
    const one = await stream.next();
    expect(one.told).toBe('one');
    stream.stop();
    // The header wins over the variable: an EventSource keeps sending the initial one.
    const again = await open(server, {
      headers: { 'Last-Event-ID': one.id },
      variables: { after: caughtUp.id },
    });
    expect([(await again.next()).told, (await again.next()).told, (await again.next()).told]).toEqual([
      'two',
      'three',
      'FeedCaughtUp',
    ]);
    await publishStatement(server, 'four');
    expect((await again.next()).told).toBe('four');
    again.stop();
  });

  test('refuses a Last-Event-ID that is not a cursor', async ({ server }) => {
    const response = await fetch(`${server.url}?query=${encodeURIComponent(FEED)}`, {
      headers: { accept: 'text/event-stream', 'Last-Event-ID': 'nonsense' },
    });
    expect(await response.text()).toContain('Expected a feed cursor');
  });

  test('sends no event ids for a subscription that cannot resume', async ({ server }) => {
    const stream = await open(server, { query: 'subscription { developmentPublished { headline } }' });
    await publishStatement(server, 'one');
    expect(await stream.next()).toEqual({ event: 'next', data: expect.any(String), told: 'one' });
    stream.stop();
  });
});

describeWithDatabase('an idle event stream', () => {
  test('sends comments without an id', async () => {
    let outlet: Outlet | undefined;
    const http = createServer((_request, response) => {
      response.writeHead(200);
      outlet = new EventStream(response, { hasIds: true, heartbeat: 5 });
    });
    await once(http.listen(0, '127.0.0.1'), 'listening');
    try {
      const { body } = await fetch(`http://127.0.0.1:${(http.address() as AddressInfo).port}`);
      const reader = (body as ReadableStream<Uint8Array>).getReader();
      let text = '';
      while (text.length < 9) text += Buffer.from((await reader.read()).value ?? []).toString();
      expect(text).toMatch(/^(:\n\n)+$/);
      outlet?.end('GOING_AWAY', { epoch: '', position: 0n, hash: '' });
      let last = await reader.read();
      while (!last.done) last = await reader.read();
      expect(outlet?.buffered).toBe(0);
    } finally {
      http.close();
    }
  });
});
