import type { Browser, BrowserContext, Page } from 'playwright-core';
import { test as base, describe, expect, vi } from 'vitest';
import { createToken, revokeToken } from '../../src/domain/token.js';
import { startProxy, type TestProxy } from '../client/proxy.js';
import { createDirectory } from '../support/database.js';
import { publishStatement } from '../support/fixtures.js';
import { launchBrowser, skipped } from '../support/processes/browser.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { mutate } from '../support/writes.js';
import { checkTypes, serveExample } from './site.js';

const patience = { timeout: 20_000, interval: 50 };

/** A server that can be restarted, and an example's page in front of it. */
interface Stage {
  server: TestServer;
  readonly proxy: TestProxy;
  readonly page: Page;
  readonly context: BrowserContext;
  /** Stops the server and starts it again on the same port and database. */
  restart(): Promise<void>;
}

/** The tests that every example passes: its wall always shows exactly what a reload shows. */
export function describeWall(name: 'apollo' | 'urql' | 'relay'): void {
  const test = base.extend<{ browser: Browser; origin: string; stage: Stage }>({
    browser: [
      // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the fixtures from the pattern.
      async ({}, use) => {
        const browser = await launchBrowser();
        await use(browser);
        await browser.close();
      },
      { scope: 'file' },
    ],
    origin: [
      // biome-ignore lint/correctness/noEmptyPattern: see above.
      async ({}, use) => {
        await using site = await serveExample(name);
        await use(site.origin);
      },
      { scope: 'file' },
    ],
    stage: async ({ browser, origin }, use) => {
      await using directory = await createDirectory('dossier');
      const start = (port: string) => startTestServer(directory.location, { SEED: 'dossier', PORT: port });
      const server = await start('0');
      await using proxy = await startProxy(server.url);
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(`${origin}/?server=${encodeURIComponent(proxy.url)}`);
      const stage: Stage = {
        server,
        proxy,
        page,
        context,
        restart: async () => {
          const { port } = new URL(stage.server.url);
          await stage.server[Symbol.asyncDispose]();
          stage.server = await start(port);
        },
      };
      await isLive(page);
      await use(stage);
      await context.close();
      await stage.server[Symbol.asyncDispose]();
    },
  });

  describe.skipIf(skipped !== '')(`the wall with ${name}${skipped}`, { timeout: 180_000 }, () => {
    test('shows what is published, revised, renamed and retracted as a reload does', async ({ stage }) => {
      const { page, server } = stage;
      await page.getByRole('button', { name: 'Load more' }).click();
      await vi.waitFor(async () => expect(await headlines(page)).toHaveLength(10), patience);

      const slug = await publishStatement(server, 'The first headline', { occurred: '2026-05-01' });
      await showsFirst(page, 'The first headline');
      await mutate(server, 'reviseStatement', { slug, headline: 'A revised headline' });
      await showsFirst(page, 'A revised headline');
      await mutate(server, 'reviseStatement', { slug, newSlug: 'renamed', headline: 'A renamed item' });
      await showsFirst(page, 'A renamed item');
      // Its place is by date, far below those shown, although it changed last.
      await mutate(server, 'reviseStatement', { slug: 'renamed', occurred: '1950', headline: 'Long ago' });
      await vi.waitFor(async () => {
        const shown = await headlines(page);
        expect(shown.includes('A renamed item') || shown.includes('Long ago')).toBe(false);
      }, patience);
      await mutate(server, 'reviseStatement', { slug: 'renamed', occurred: '2026-05', headline: 'Back' });
      await showsFirst(page, 'Back');
      await mutate(server, 'retractDevelopment', { slug: 'renamed', reason: 'Never said.' });
      await vi.waitFor(async () => expect(await headlines(page)).not.toContain('Back'), patience);

      expect(await headlines(page)).toHaveLength(10);
      await equalsReload(stage, async (other) => {
        await other.getByRole('button', { name: 'Load more' }).click();
        await vi.waitFor(async () => expect(await headlines(other)).toHaveLength(10), patience);
      });
    });

    test('keeps an open detail with its disputes, and a filtered list, up to date', async ({ stage }) => {
      const { page, server } = stage;
      const choose = async (one: Page) => {
        await one.getByLabel('Disputed only').check();
        await vi.waitFor(
          async () => expect(await one.locator('li button').count()).toBeLessThan(5),
          patience,
        );
        await one.locator('li button').first().click();
        await one
          .getByText(/^Disputed: /)
          .first()
          .waitFor();
      };
      await choose(page);
      const { it } = await server.data(
        '{ it: developments(filter: { disputed: true }, first: 1) { nodes { __typename slug } } }',
      );
      const [{ __typename: kind, slug }] = it.nodes;
      await mutate(server, `revise${kind}`, {
        slug,
        headline: 'Another headline',
        summary: 'Another summary.',
      });
      await page.getByRole('heading', { name: 'Another headline' }).waitFor();
      await page.getByText('Another summary.').waitFor();
      await showsFirst(page, 'Another headline');
      await equalsReload(stage, choose);
    });

    test('shows what it missed while its socket was cut and the server restarted', async ({ stage }) => {
      const { page, proxy } = stage;
      proxy.refuses = true;
      proxy.cut();
      await vi.waitFor(async () => expect(await status(page)).toBe('waiting'), patience);
      const slug = await publishStatement(stage.server, 'Published meanwhile', { occurred: '2026-05-01' });
      await publishStatement(stage.server, 'Also meanwhile', { occurred: '2026-05-02' });
      await mutate(stage.server, 'reviseStatement', { slug, headline: 'Revised meanwhile' });
      proxy.refuses = false;
      await showsFirst(page, 'Also meanwhile', 'Revised meanwhile');
      await isLive(page);
      await stage.restart();
      await mutate(stage.server, 'reviseStatement', { slug, headline: 'Revised after the restart' });
      await showsFirst(page, 'Also meanwhile', 'Revised after the restart');
      await equalsReload(stage);
    });

    test('has the types of the package', ({ origin }) => {
      expect(origin).toBeDefined(); // What relay-compiler writes is there.
      checkTypes(name);
    });

    test('goes on with another token when its token ends', async ({ stage }) => {
      const { page, server } = stage;
      const first = await createToken(server.db, { name: 'first', role: 'READER' });
      const second = await createToken(server.db, { name: 'second', role: 'READER' });
      await page.evaluate(`localStorage.setItem('token', '${first}')`);
      await page.reload();
      await isLive(page);
      await page.evaluate(`localStorage.setItem('token', '${second}')`);
      const { made } = stage.proxy;
      await revokeToken(server.db, 'first');
      await vi.waitUntil(() => stage.proxy.made > made, patience); // The wall has connected again.
      await publishStatement(server, 'After the token', { occurred: '2026-05-01' });
      await showsFirst(page, 'After the token');
      await isLive(page);
      await equalsReload(stage);
    });
  });
}

const status = (page: Page) => page.getByRole('status').innerText();
const headlines = (page: Page) => page.locator('main > ol button').allInnerTexts();

const isLive = (page: Page) =>
  vi.waitFor(async () => {
    expect(await status(page)).toBe('live');
    expect(await headlines(page)).not.toEqual([]);
  }, patience);

const showsFirst = (page: Page, ...expected: string[]) =>
  vi.waitFor(
    async () => expect((await headlines(page)).slice(0, expected.length)).toEqual(expected),
    patience,
  );

/** Expects the page to show the same as a new one, on which `prepare` has been done. */
async function equalsReload(
  { page, context }: Stage,
  prepare?: (page: Page) => Promise<void>,
): Promise<void> {
  const other = await context.newPage();
  await other.goto(page.url());
  await isLive(other);
  await prepare?.(other);
  const shown = async (one: Page) => one.locator('main').innerText();
  await vi.waitFor(async () => expect(await shown(page)).toBe(await shown(other)), patience);
  await other.close();
}
