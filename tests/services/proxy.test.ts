import { test as base, expect, vi } from 'vitest';
import WebSocket from 'ws';
import { type FeedStatus, followFeed } from '../../packages/client/src/index.js';
import { headlines, headOf } from '../client/fixtures.js';
import { createPostgres } from '../support/database.js';
import { publishStatement } from '../support/fixtures.js';
import { describeWithNginx, type Nginx, startNginx } from '../support/processes/nginx.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { SUBSCRIBERS } from '../support/subscribers.js';

interface Fixtures {
  /** Two instances on one database. */
  instances: readonly [TestServer, TestServer];
  /** nginx with deploy/nginx.conf as their proxy. */
  nginx: Nginx;
}

const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the required fixtures from the pattern.
  instances: async ({}, use) => {
    await using database = await createPostgres();
    const env = { TRUST_PROXY: '127.0.0.1', MAX_SOCKETS_PER_ADDRESS: '1' };
    await using first = await startTestServer(database.location, env);
    await using second = await startTestServer(database.location, env);
    await use([first, second]);
  },
  nginx: async ({ instances: [first, second] }, use) => {
    await using nginx = await startNginx([first.url, second.url]);
    await use(nginx);
  },
});

/** Returns the instance with the only subscriber, and the other one. */
async function placed([first, second]: Fixtures['instances']) {
  const count = ({ fanOut }: TestServer) => fanOut.figures.subscribers;
  await vi.waitUntil(() => count(first) + count(second) === 1, 30_000);
  return count(first) === 1 ? { its: first, other: second } : { its: second, other: first };
}

function openSocket({ url }: Nginx, headers: Record<string, string>): Promise<WebSocket> {
  const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws', { headers });
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket)).once('error', reject);
  });
}

describeWithNginx('through the proxy of deploy/nginx.conf', () => {
  test('queries are answered', async ({ nginx }) => {
    const response = await fetch(nginx.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ developments { totalCount } }' }),
    });
    expect(await response.json()).toMatchObject({ data: { developments: { totalCount: 0 } } });
  });

  for (const name of ['graphql-ws', 'SSE over fetch']) {
    test(`${name} receives publications from either instance`, async ({ instances, nginx }) => {
      const subscriber = await SUBSCRIBERS[name]?.(nginx.url);
      if (!subscriber) throw new Error(`No subscriber "${name}".`);
      await placed(instances);
      for (const [index, instance] of instances.entries()) await publishStatement(instance, `From ${index}`);
      await vi.waitUntil(() => subscriber.received.length === 2, 30_000);
      expect(subscriber.received.map(({ headline }) => headline)).toEqual(['From 0', 'From 1']);
      await subscriber.stop();
    });
  }

  test('a follower continues on the other instance after a shutdown and misses nothing', async ({
    instances,
    nginx,
  }) => {
    const statuses: FeedStatus['state'][] = [];
    const feed = followFeed({
      url: nginx.url,
      after: await headOf(instances[0]),
      transport: 'websocket',
      webSocketImpl: WebSocket,
      backOff: { min: 1, max: 20 },
      onStatus: ({ state }) => statuses.push(state),
    });
    const wanted = Array.from({ length: 30 }, (_, index) => `Number ${index}`);
    const got = headlines(feed, wanted.length);
    const { its, other } = await placed(instances);
    for (const headline of wanted.slice(0, 10)) await publishStatement(other, headline);
    const shutDown = its.dispose();
    for (const headline of wanted.slice(10, 20)) await publishStatement(other, headline);
    await shutDown;
    await vi.waitUntil(() => other.fanOut.figures.subscribers === 1, 30_000);
    for (const headline of wanted.slice(20)) await publishStatement(other, headline);
    expect(await got).toEqual(wanted);
    expect(statuses.filter((state) => state === 'live').length).toBeGreaterThan(1);
    feed.close();
  });

  test('pages of the same host can open WebSockets', async ({ nginx }) => {
    const socket = await openSocket(nginx, { origin: new URL(nginx.url).origin });
    socket.terminate();
  });

  test('instances count sockets by client address, not by proxy address', async ({ nginx }) => {
    // As set by an upstream proxy. nginx appends the address that it sees, which is trusted as well.
    const from = (address: string) => openSocket(nginx, { 'x-forwarded-for': address });
    const sockets = [await from('203.0.113.7'), await from('203.0.113.7')]; // One on each instance.
    await expect(from('203.0.113.7')).rejects.toThrow('429');
    sockets.push(await from('203.0.113.8'));
    for (const socket of sockets) socket.terminate();
  });

  test('refusals by the proxy are JSON', async ({ instances, nginx }) => {
    const send = async (body: string) => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(nginx.url, { method: 'POST', headers, body });
      return { status: response.status, answer: await response.json() };
    };
    const refused = (code: string) => ({ errors: [{ extensions: { code } }] });
    const tooLarge = await send(JSON.stringify({ query: 'x'.repeat(256 * 1024) }));
    expect(tooLarge).toMatchObject({ status: 413, answer: refused('LIMIT_EXCEEDED') });
    for (const instance of instances) await instance.dispose();
    expect(await send('{"query":"{ feedHead }"}')).toMatchObject({
      status: 503,
      answer: refused('UNAVAILABLE'),
    });
  });

  test('metrics are not public', async ({ nginx }) => {
    expect((await fetch(new URL('/metrics', nginx.url))).status).toBe(404);
  });
});
