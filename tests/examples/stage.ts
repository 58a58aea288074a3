import type { Browser, BrowserContext, Page } from 'playwright-core';
import { test as base, expect, vi } from 'vitest';
import type { TestProxy } from '../client/proxy.js';
import { browserFixture } from '../support/processes/browser.js';
import { startRestartable } from '../support/processes/restartable.js';
import type { TestServer } from '../support/server.js';
import { type Example, serveExample } from './site.js';

export const patience = { timeout: 30_000, interval: 50 };

/** A server that can be restarted, and an example's page in front of it. */
export interface Stage {
  readonly server: TestServer;
  readonly proxy: TestProxy;
  readonly page: Page;
  readonly context: BrowserContext;
  /** Stops the server and starts it again on the same port and database. */
  restart(): Promise<void>;
}

/** Creates a test with an example's page in a browser. */
export function stageTest(name: Example) {
  return base.extend<{ browser: Browser; origin: string; stage: Stage }>({
    ...browserFixture,
    origin: [
      // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the fixtures from the pattern.
      async ({}, use) => {
        await using site = await serveExample(name);
        await use(site.origin);
      },
      { scope: 'file' },
    ],
    stage: async ({ browser, origin }, use) => {
      await using restartable = await startRestartable();
      const { proxy } = restartable;
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(`${origin}/?server=${encodeURIComponent(proxy.url)}`);
      await isLive(page);
      await use({
        get server() {
          return restartable.server;
        },
        ...{ proxy, page, context },
        restart: async () => {
          await restartable.stop();
          await restartable.start();
        },
      });
      await context.close();
    },
  });
}

export const status = (page: Page) => page.getByRole('status').innerText();
export const headlines = (page: Page) => page.locator('main > ol > li > :first-child').allInnerTexts();

export const isLive = (page: Page) =>
  vi.waitFor(async () => {
    expect(await status(page)).toBe('live');
    expect(await headlines(page)).not.toEqual([]);
  }, patience);

export const showsFirst = (page: Page, ...expected: string[]) =>
  vi.waitFor(
    async () => expect((await headlines(page)).slice(0, expected.length)).toEqual(expected),
    patience,
  );

/** Expects the page to show the same as a new one, on which `prepare` has been done. */
export async function equalsReload(
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
