import { describe, expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import { followFeed } from '../../packages/client/src/index.js';
import { createPostgres } from '../support/database.js';
import { CITED, MAKE_SOURCE } from '../support/example-source.js';
import { describeWithDatabase } from '../support/fixtures.js';
import { skipped } from '../support/processes/browser.js';
import { serveClientPage } from '../support/processes/client-page.js';
import { freePort } from '../support/processes/free-port.js';
import { post, serve } from '../support/processes/processes.js';

const TRANSPORTS = ['websocket', 'sse'] as const;
const backOff = { min: 10, max: 200 };
const patience = { timeout: 30_000, interval: 20 };
/** Two tests start four processes each, on a machine that may be busy. */
const limits = { timeout: 300_000 };

type Follower = { name: string; seen(): Promise<{ items: any[]; error?: string }> };

/** Follows the feed from this process over each transport. */
function followInNode(url: string, signal: AbortSignal): Follower[] {
  return TRANSPORTS.map((transport) => {
    const seen: Awaited<ReturnType<Follower['seen']>> = { items: [] };
    const take = (item: object) => void seen.items.push(item);
    const callbacks = { onChange: take, onCaughtUp: take, onReset: take };
    followFeed({ url, transport, webSocketImpl: WebSocket, backOff, signal, ...callbacks })
      .run()
      .catch((error) => {
        seen.error = String(error);
      });
    return { name: `Node, ${transport}`, seen: async () => seen };
  });
}

/** Makes changes of every kind in turn, and records the feed item expected for each. */
function createWriter() {
  const told: string[] = [];
  const write = async (url: string) => {
    const step = told.length % 5;
    const slug = `statement-${told.length - Math.max(0, step - 2)}`;
    const [kind, mutation, input] =
      step === 3
        ? ['Revised', 'reviseStatement', { headline: `${slug}, corrected` }]
        : step === 4
          ? ['Retracted', 'retractDevelopment', { reason: 'Not so' }]
          : [
              'Published',
              'recordStatement',
              { headline: slug, occurred: '2026-01-01', publish: true, ...CITED },
            ];
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
    const { result } = await post(
      url,
      `mutation ($input: ${type}) { result: ${mutation}(input: $input) { __typename ... on Error { message } } }`,
      { input: { slug, ...(input as object) } },
    );
    expect(result.message).toBeUndefined();
    told.push(`Development${kind} ${slug}`);
  };
  return {
    told,
    write: async (count: number, ...urls: [string, ...string[]]) => {
      for (let index = 0; index < count; index += 1) await write(urls[index % urls.length] ?? urls[0]);
    },
  };
}

const isChange = ({ __typename }: { __typename: string }) => /^Development/.test(__typename);
const tell = (items: any[]) =>
  items.filter(isChange).map(({ __typename, development }) => `${__typename} ${development.slug}`);

/** Waits until each follower has received every change and has caught up `times` times. */
async function expectAll(followers: Follower[], told: string[], times: number): Promise<void> {
  for (const { name, seen } of followers) {
    await vi.waitFor(async () => {
      const { items, error } = await seen();
      expect(error, name).toBeUndefined();
      expect(tell(items), name).toEqual(told);
      expect(
        items.filter((item) => !isChange(item)).map(({ __typename }) => __typename),
        name,
      ).toEqual(Array.from({ length: times }, () => 'FeedCaughtUp'));
    }, patience);
  }
}

/** Returns the number of changes received before the follower last caught up. */
async function changesUntilCaughtUp({ seen }: Follower): Promise<number> {
  const { items } = await seen();
  const last = items.findLastIndex(({ __typename }) => __typename === 'FeedCaughtUp');
  return tell(items.slice(0, last)).length;
}

describeWithDatabase('an instance that restarts while another one publishes', limits, () => {
  /** Stops the followed instance twice, and expects every change once and in order. */
  async function outlast(
    env: Record<string, string>,
    follow: (url: string) => Promise<Follower[]>,
  ): Promise<void> {
    await using database = await createPostgres();
    const shared = { DATABASE_URL: database.location.url, ...env };
    const port = await freePort();
    const start = () => serve({ ...shared, PORT: String(port) });
    await using other = await serve(shared);
    await post(other.url, MAKE_SOURCE);
    let followed = await start();
    await using _last = { [Symbol.asyncDispose]: () => followed[Symbol.asyncDispose]() };
    const { told, write } = createWriter();
    const followers = await follow(followed.url);
    expect(followers).toHaveLength(TRANSPORTS.length);
    await expectAll(followers, [], 1);

    for (const [index, signal] of (['SIGTERM', 'SIGKILL'] as const).entries()) {
      await write(5, followed.url);
      await expectAll(followers, told, index + 1);
      const exit = await followed.end(signal);
      expect(exit).toEqual(signal === 'SIGTERM' ? { code: 0, signal: null } : { code: null, signal });
      await write(30, other.url);
      const missed = told.length;
      followed = await start();
      await write(10, followed.url, other.url);
      await expectAll(followers, told, index + 2);
      for (const follower of followers) {
        expect(await changesUntilCaughtUp(follower), follower.name).toBeGreaterThanOrEqual(missed);
      }
    }
  }

  test('delivers each change once and in order to Node', async () => {
    const followed = new AbortController();
    try {
      await outlast({}, async (url) => followInNode(url, followed.signal));
    } finally {
      followed.abort();
    }
  });

  describe.skipIf(skipped !== '')(`in Chromium${skipped}`, () => {
    test('delivers each change once and in order to a page', async () => {
      await using served = await serveClientPage();
      await using page = await served.open();
      await outlast({ CORS_ORIGINS: served.origin }, (url) =>
        Promise.all(
          TRANSPORTS.map(async (transport) => {
            await page.follow(transport, { url, transport, backOff });
            return { name: `Chromium, ${transport}`, seen: () => page.seen(transport) };
          }),
        ),
      );
    });
  });
});
