import type { Browser, BrowserContext, Page } from 'playwright-core';
import { test as base, expect } from 'vitest';
import { createDatabase } from '../support/database.js';
import { browserFixture } from '../support/processes/browser.js';
import { startTestServer, type TestServer } from '../support/server.js';

interface Fixtures {
  browser: Browser;
  dossier: TestServer;
  /** Opens a page in a profile of its own, and expects no complaint of the browser and no host but the server's. */
  open(target: string, options?: Options): Promise<Page>;
}

type Options = Parameters<Browser['newContext']>[0];

/** Tests of the public page on the example record, one server for all tests of the file. */
export const test = base.extend<Fixtures>({
  ...browserFixture,
  dossier: [
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the required fixtures from the pattern.
    async ({}, use) => {
      await using database = await createDatabase('dossier');
      await using server = await startTestServer(database.location, { SEED: 'dossier' });
      await use(server);
    },
    { scope: 'file' },
  ],
  open: async ({ browser, dossier }, use) => {
    const contexts: BrowserContext[] = [];
    const complaints: string[] = [];
    const { host } = new URL(dossier.url);
    await use(async (target, options) => {
      // Without transitions between pages: Chromium reports those that it gives up on a busy machine as errors.
      const context = await browser.newContext({
        ...{ viewport: { width: 1400, height: 900 }, reducedMotion: 'reduce' },
        ...options,
      });
      contexts.push(context);
      context.on('request', (request) => {
        if (new URL(request.url()).host !== host) complaints.push(`left the origin: ${request.url()}`);
      });
      const page = await context.newPage();
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      await page.goto(new URL(target, dossier.url).href);
      return page;
    });
    for (const context of contexts) await context.close();
    expect(complaints).toEqual([]);
  },
});

/** Waits until a page is live. */
export const live = (page: Page) => page.getByText('Live', { exact: true }).waitFor();
/** Returns those of the whole list: the browser does not lay out what is far from the screen. */
export const headlines = (page: Page) => page.locator('.card h3').allTextContents();

/** Waits until the page shows what it shows after a reload. */
export async function expectAsReloaded(page: Page): Promise<void> {
  const fresh = await page.context().newPage();
  await fresh.goto(page.url());
  await live(fresh);
  const expected = [await headlines(fresh), await fresh.locator('.total').innerText()];
  await fresh.close();
  await expect
    .poll(async () => [await headlines(page), await page.locator('.total').innerText()])
    .toEqual(expected);
}
