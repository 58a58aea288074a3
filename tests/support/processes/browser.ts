import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { CHROMIUM, FLAGS } from '../../../bench/page/chromium.js';

/** The reason why browser tests are skipped; empty if they run. With REQUIRE_BROWSER=1 they fail instead. */
export const skipped =
  !existsSync(CHROMIUM) && process.env['REQUIRE_BROWSER'] !== '1' ? ` (skipped: no ${CHROMIUM})` : '';

/** Errors on the browser console, and the hosts that the page contacted. */
export type Complaints = { console: string[]; hosts: Set<string> };

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** The fixture `browser` for `test.extend`, one for all tests of a file. */
export const browserFixture: { browser: [BrowserFixture, { scope: 'file' }] } = {
  browser: [
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the required fixtures from the pattern.
    async ({}, use) => {
      const browser = await launchBrowser();
      await use(browser);
      await browser.close();
    },
    { scope: 'file' },
  ],
};

type BrowserFixture = (fixtures: object, use: (browser: Browser) => Promise<void>) => Promise<void>;

/** Runs `use` with GraphiQL in a fresh browser profile, then expects no errors from it. */
export async function withPage(
  browser: Browser,
  url: string,
  complaints: Complaints,
  use: (page: Page) => Promise<void>,
  viewport = { width: 1400, height: 900 },
): Promise<void> {
  const context = await browser.newContext({ viewport });
  context.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol !== 'data:' && protocol !== 'blob:') complaints.hosts.add(host);
  });
  context.on('page', (page) => {
    page.on('websocket', (socket) => complaints.hosts.add(new URL(socket.url()).host));
    page.on('pageerror', (error) => complaints.console.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.console.push(message.text());
    });
  });
  // Print policy violations that the browser would not print.
  await context.addInitScript(`document.addEventListener('securitypolicyviolation', (event) =>
    console.error('policy violated', event.effectiveDirective, event.blockedURI))`);
  const page = await context.newPage();
  await open(page, url);
  await use(page);
  await context.close();
  expect(complaints.console).toEqual([]);
  expect([...complaints.hosts]).toEqual([new URL(url).host]);
}

/** Opens GraphiQL and waits until it has the schema, its editors accept input, and the first query is answered. */
export async function open(page: Page, url: string): Promise<void> {
  const introspected = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.goto(url);
  await introspected;
  await page.locator('.graphiql-query-editor .view-lines').waitFor();
  await page.locator('.graphiql-response .view-lines', { hasText: /\S/ }).waitFor();
}

export const run = (page: Page) => page.locator('.graphiql-execute-button').click();

export async function shown(page: Page): Promise<string> {
  const lines = await page.locator('.graphiql-response .view-lines').innerText();
  return lines.replaceAll('\u00a0', ' ');
}
