import type { Browser, BrowserContext, ConsoleMessage, Page } from 'playwright-core';
import { test as base, expect } from 'vitest';
import { createDatabase } from '../support/database.js';
import { browserFixture } from '../support/processes/browser.js';
import { startTestServer, type TestServer } from '../support/server.js';

interface Fixtures {
  browser: Browser;
  dossier: TestServer;
  /** Messages of the browser console that a test expects. */
  isExpected: (message: ConsoleMessage) => boolean;
  /** Opens a page in a profile of its own, and expects no complaint of the browser and no host but the server's. */
  open(target: string, options?: Options): Promise<Page>;
}

type Options = Parameters<Browser['newContext']>[0] & {
  /** Another server than that of the file. */
  readonly server?: TestServer;
};

/** Tests in a browser on the example record, one server for all tests of the file. */
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
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the required fixtures from the pattern.
  isExpected: async ({}, use) => use(() => false),
  open: async ({ browser, dossier, isExpected }, use) => {
    const contexts: BrowserContext[] = [];
    const complaints: string[] = [];
    await use(async (target, { server = dossier, ...options } = {}) => {
      // Without transitions between pages: Chromium reports those that it gives up on a busy machine as errors.
      const context = await browser.newContext({
        ...{ viewport: { width: 1400, height: 900 }, reducedMotion: 'reduce' },
        ...options,
      });
      contexts.push(context);
      const { host } = new URL(server.url);
      context.on('request', (request) => {
        const { protocol, host: asked } = new URL(request.url());
        if (protocol.startsWith('http') && asked !== host)
          complaints.push(`left the origin: ${request.url()}`);
      });
      await context.addInitScript(`document.addEventListener('securitypolicyviolation', (event) =>
        console.error('policy violated', event.effectiveDirective, event.blockedURI))`);
      const page = await context.newPage();
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type()) && !isExpected(message))
          complaints.push(message.text());
      });
      await page.goto(new URL(target, server.url).href);
      return page;
    });
    for (const context of contexts) await context.close();
    expect(complaints).toEqual([]);
  },
});
