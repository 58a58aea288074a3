import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { useServer as serveSubscriptions } from 'graphql-ws/use/ws';
import { createPubSub, createSchema, createYoga } from 'graphql-yoga';
import type { Browser, Page } from 'playwright-core';
import { test as base, describe, expect, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import { createGraphiQL } from '../../src/http/graphiql.js';
import {
  type Complaints,
  launchBrowser,
  open,
  run,
  shown,
  skipped,
  withPage,
} from '../support/processes/browser.js';

const BUILT = fileURLToPath(new URL('../../dist/graphiql', import.meta.url));
/** The stand-in answers no query of the tabs, so the page opens a link to one that it answers. */
const LINKED = 'query Linked { hello }';

const patience = { timeout: 30_000 };

type Fixture = {
  browser: Browser;
  server: Awaited<ReturnType<typeof startStandIn>>;
  complaints: Complaints;
  page: Page;
};

async function startStandIn() {
  if (!existsSync(BUILT)) throw new Error(`There is no page in ${BUILT}: run npm run build first.`);
  const pubsub = createPubSub<{ tick: [string] }>();
  const seen = {
    /** The Authorization header of each query `whoAmI`. */
    authorization: [] as (string | null)[],
    /** The connectionParams of each WebSocket, in order. */
    connectionParams: [] as unknown[],
    subscribed: 0,
    completed: 0,
  };
  const schema = createSchema<{ request?: Request }>({
    typeDefs: `
      type Query { hello(name: String = "world"): String!, whoAmI: String! }
      type Mutation { shout(text: String!): String! }
      type Subscription { tick: String! }
    `,
    resolvers: {
      Query: {
        hello: (_root, { name }: { name: string }) => `hello ${name}`,
        whoAmI: (_root, _arguments, { request }) => {
          seen.authorization.push(request?.headers.get('authorization') ?? null);
          return 'somebody';
        },
      },
      Mutation: { shout: (_root, { text }: { text: string }) => text.toUpperCase() },
      Subscription: {
        tick: {
          subscribe: () => {
            const ticks = pubsub.subscribe('tick');
            seen.subscribed += 1;
            return ticks;
          },
          resolve: (tick: string) => tick,
        },
      },
    },
  });
  const yoga = createYoga({ schema, graphiql: false, logging: false });
  const graphiql = createGraphiQL(BUILT);
  const http = createServer((request, response) => {
    if (!graphiql(request, response)) void yoga(request, response);
  });
  const sockets = new WebSocketServer({ server: http, path: '/graphql' });
  serveSubscriptions(
    {
      schema,
      onConnect: ({ connectionParams }) => {
        seen.connectionParams.push(connectionParams);
      },
      onComplete: () => {
        seen.completed += 1;
      },
    },
    sockets,
  );
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    seen,
    tick: (text: string) => pubsub.publish('tick', text),
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

const test = base.extend<Fixture>({
  browser: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures from the pattern.
    async ({}, use) => {
      const browser = await launchBrowser();
      await use(browser);
      await browser.close();
    },
    { scope: 'file' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures from the pattern.
  server: async ({}, use) => {
    const server = await startStandIn();
    await use(server);
    await server.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures from the pattern.
  complaints: async ({}, use) => use({ console: [], hosts: new Set() }),
  page: ({ browser, server, complaints }, use) =>
    withPage(browser, `${server.url}?${new URLSearchParams({ query: LINKED })}`, complaints, use),
});

async function write(page: Page, editor: 'query' | 'headers', value: string): Promise<void> {
  if (editor === 'headers') await page.getByRole('button', { name: 'Headers', exact: true }).click();
  const area = page.locator(
    editor === 'query' ? '.graphiql-query-editor' : '.graphiql-editor-tool .graphiql-editor:not(.hidden)',
  );
  await area.locator('.view-lines').click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(value);
}

describe.skipIf(skipped !== '')(`GraphiQL in Chromium${skipped}`, () => {
  test('opens with our title, logo and tabs', async ({ page }) => {
    expect(await page.title()).toBe('Doctrine Wire · GraphiQL');
    expect(await page.locator('.graphiql-logo').innerText()).toBe('Doctrine Wire');
    const tabs = await page.locator('.graphiql-tab').allInnerTexts();
    expect(tabs.map((tab) => tab.trim())).toEqual([
      'Linked',
      'LatestDevelopments',
      'LedToTheEnd',
      'PutinOnMissiles',
      'DoctrineChanges',
      'RestsOnTheArticle',
      'BeforeTheCorrection',
      'PerYear',
      'Live',
      'RecordStatement',
    ]);
  });

  test('fills in the variables and headers of the mutation tab', async ({ page }) => {
    await page.locator('.graphiql-tab', { hasText: 'RecordStatement' }).click();
    const tools = page.locator('.graphiql-editor-tool');
    await page.getByRole('button', { name: 'Variables', exact: true }).click();
    await vi.waitFor(async () => expect(await tools.innerText()).toContain('"idempotencyKey"'), patience);
    await page.getByRole('button', { name: 'Headers', exact: true }).click();
    await vi.waitFor(async () => expect(await tools.innerText()).toContain('"Authorization"'), patience);
  });

  test('runs a query and shows its result', async ({ page }) => {
    await write(page, 'query', '{ hello(name: "reader") }');
    await run(page);
    await vi.waitFor(async () => expect(await shown(page)).toContain('"hello": "hello reader"'), patience);
  });

  test('runs a mutation and shows its result', async ({ page }) => {
    await write(page, 'query', 'mutation Shout { shout(text: "quiet") }');
    await run(page);
    await vi.waitFor(async () => expect(await shown(page)).toContain('"shout": "QUIET"'), patience);
  });

  test("shows the server's message for an invalid query", async ({ page, complaints }) => {
    await write(page, 'query', '{ nothing }');
    await run(page);
    await vi.waitFor(async () => expect(await shown(page)).toContain('Cannot query field'), patience);
    expect(await shown(page)).not.toContain('stack');
    expect(complaints.console.splice(0)).toEqual([expect.stringContaining('status of 400')]);
  });

  test('shows subscription messages, newest first, until stopped', async ({ page, server }) => {
    await write(page, 'query', 'subscription Ticks { tick }');
    await run(page);
    await vi.waitFor(() => expect(server.seen.subscribed).toBe(1), patience);
    server.tick('first');
    await vi.waitFor(async () => expect(await shown(page)).toContain('"tick": "first"'), patience);
    server.tick('second');
    await vi.waitFor(async () => expect(await shown(page)).toMatch(/second.+earlier.+first/s), patience);
    expect(server.seen.completed).toBe(0);
    await run(page);
    await vi.waitFor(() => expect(server.seen.completed).toBe(1), patience);
  });

  test("shows the server's message for an invalid subscription", async ({ page }) => {
    await write(page, 'query', 'subscription Nothing { nothing }');
    await run(page);
    await vi.waitFor(async () => expect(await shown(page)).toContain('Cannot query field'), patience);
  });

  test('shows that the socket was closed when the server stops', async ({ page, server, complaints }) => {
    await write(page, 'query', 'subscription Ticks { tick }');
    await run(page);
    await vi.waitFor(() => expect(server.seen.subscribed).toBe(1), patience);
    await server.close();
    await vi.waitFor(
      async () => expect(await shown(page)).toContain('The socket was closed: 1006'),
      patience,
    );
    complaints.console.length = 0; // The browser may log the lost connection.
  });

  test('sends the token from the headers pane over HTTP', async ({ page, server }) => {
    await write(page, 'headers', '{"Authorization": "Bearer one"}');
    await write(page, 'query', '{ whoAmI }');
    await run(page);
    await vi.waitFor(() => expect(server.seen.authorization).toEqual(['Bearer one']), patience);
  });

  test('sends the token over the WebSocket, and a changed one with the next subscription', async ({
    page,
    server,
  }) => {
    await write(page, 'query', 'subscription Ticks { tick }');
    for (const [index, token] of ['Bearer one', 'Bearer two'].entries()) {
      await write(page, 'headers', `{"authorization": "${token}"}`);
      await run(page);
      await vi.waitFor(() => expect(server.seen.subscribed).toBe(index + 1), patience);
      await run(page);
      await vi.waitFor(() => expect(server.seen.completed).toBe(index + 1), patience);
    }
    expect(server.seen.connectionParams).toEqual([
      { authorization: 'Bearer one' },
      { authorization: 'Bearer two' },
    ]);
  });

  test('makes no request to another origin', async ({ page, complaints }) => {
    const outcome = await page.evaluate<string>(
      `fetch('http://127.0.0.2:9/').then(() => 'reached', () => 'refused')`,
    );
    expect(outcome).toBe('refused');
    await vi.waitFor(
      () => expect(complaints.console).toContainEqual(expect.stringMatching(/^policy violated connect-src/)),
      patience,
    );
    complaints.console.length = 0;
    complaints.hosts.delete('127.0.0.2:9'); // Blocked requests are reported too.
  });

  test("loads its assets from the browser's cache the second time", async ({ page, server }) => {
    const assets = `performance.getEntriesByType('resource')
      .filter(({ name }) => name.includes('/graphql/assets/'))
      .map(({ name, transferSize }) => ({ name, transferSize }))`;
    const first = await page.evaluate<{ name: string; transferSize: number }[]>(assets);
    expect(first.some(({ transferSize }) => transferSize > 100_000)).toBe(true);
    const again = await page.context().newPage();
    await open(again, server.url);
    const second = await again.evaluate<typeof first>(assets);
    expect(second.length).toBeGreaterThan(3);
    expect(second.filter(({ transferSize }) => transferSize > 0)).toEqual([]);
  });

  test('keeps edits across a reload, in this browser only', async ({ page, server }) => {
    await write(page, 'query', '{ hello(name: "kept") }');
    await vi.waitFor(
      async () => expect(await page.evaluate('JSON.stringify(localStorage)')).toContain('kept'),
      patience,
    );
    await open(page, server.url);
    expect(await page.locator('.graphiql-query-editor .view-lines').innerText()).toContain('kept');
    const keys = await page.evaluate<string[]>('Object.keys(localStorage)');
    expect(keys.filter((key) => !key.startsWith('doctrine-wire:'))).toEqual([]);
  });
});
