import { spawnSync } from 'node:child_process';
import { expect, vi } from 'vitest';
import { describeWithDatabase, publishStatement, test } from '../../support/fixtures.js';
import { SUBSCRIBERS } from '../../support/subscribers.js';

const hasCurl = spawnSync('curl', ['--version']).status === 0;

describeWithDatabase('live subscriptions over front-end clients', () => {
  for (const [client, subscribe] of Object.entries(SUBSCRIBERS)) {
    const testHere = client === 'curl -N' ? test.skipIf(!hasCurl) : test;

    testHere(
      `${client} receives each publication once, in order, and leaves nothing behind`,
      async ({ server }) => {
        const subscriber = await subscribe(server.url);
        await vi.waitUntil(() => server.fanOut.figures.subscribers === 1, 30_000);
        const headlines = Array.from({ length: 10 }, (_, index) => `${client} ${index}`);
        const sent = new Map<string, number>();
        for (const headline of headlines) {
          sent.set(headline, performance.now());
          await publishStatement(server, headline);
        }
        await vi.waitUntil(() => subscriber.received.at(-1)?.headline === headlines.at(-1), 30_000);
        expect(subscriber.received.map(({ headline }) => headline)).toEqual(headlines);

        const times = subscriber.received
          .map(({ headline, at }) => at - (sent.get(headline) ?? 0))
          .sort((a, b) => a - b);
        const shown = [times[0], times[5], times[9]].map((time) => `${time?.toFixed(0)} ms`);
        process.stdout.write(
          `${client}, mutation sent to arrival: ${shown.join(' / ')} (best, median, worst of 10)\n`,
        );

        await subscriber.stop();
        await vi.waitUntil(() => server.fanOut.figures.subscribers === 0, 30_000);
      },
    );
  }

  test('concurrent clients of every kind receive the same items', async ({ server }) => {
    const kinds = Object.entries(SUBSCRIBERS).filter(([client]) => client !== 'curl -N' || hasCurl);
    const subscribers = await Promise.all(kinds.map(([, subscribe]) => subscribe(server.url)));
    await vi.waitUntil(() => server.fanOut.figures.subscribers === kinds.length, 30_000);
    const headlines = Array.from({ length: 20 }, (_, index) => `Many at once ${index}`);
    await Promise.all(headlines.map((headline) => publishStatement(server, headline)));
    await vi.waitUntil(
      () => subscribers.every(({ received }) => received.length >= headlines.length),
      30_000,
    );

    const [first, ...others] = subscribers.map(({ received }) => received.map(({ headline }) => headline));
    expect(first?.toSorted()).toEqual(headlines.toSorted());
    for (const other of others) expect(other).toEqual(first);
    await Promise.all(subscribers.map((subscriber) => subscriber.stop()));
    await vi.waitUntil(() => server.fanOut.figures.subscribers === 0, 30_000);
  });
});
