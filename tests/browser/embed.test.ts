import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { createDatabase } from '../support/database.js';
import { publishStatement } from '../support/fixtures.js';
import { skipped } from '../support/processes/browser.js';
import { startTestServer } from '../support/server.js';
import { test } from './wire-page.js';

/** Serves a page of another site, with a frame. */
async function startSite() {
  let source = '';
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(
      `<!doctype html><title>News</title><h1>News</h1><iframe src="${source}" width="360" height="480"></iframe>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    // Another site than the server's 127.0.0.1, not only another origin.
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    show: (url: string) => {
      source = url;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Returns the address that the frame of a page has ended up at. */
const framed = (page: Page) => page.frames()[1]?.url();

describe(`a list in a page of another site${skipped}`, { skip: skipped !== '' }, () => {
  test('is live where the site is allowed, and is not shown elsewhere', async ({ browser }) => {
    await using allowed = await startSite();
    await using other = await startSite();
    await using database = await createDatabase('dossier');
    await using server = await startTestServer(database.location, { EMBED_ORIGINS: allowed.origin });
    const { origin } = new URL(server.url);
    const context = await browser.newContext({ viewport: { width: 800, height: 700 } });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    try {
      allowed.show(`${origin}/embed?kind=STATEMENT&first=5`);
      await page.goto(allowed.origin);
      const frame = page.frameLocator('iframe');
      await frame.getByText('Live', { exact: true }).waitFor();
      expect(await frame.locator('article').count()).toBe(5);

      const slug = await publishStatement(server, 'Shown in the frame', { occurred: '2026-02-01' });
      await frame.getByRole('heading', { name: 'Shown in the frame' }).waitFor();
      await frame.getByRole('status').filter({ hasText: 'New: Shown in the frame' }).waitFor();
      await server.data(
        'mutation ($slug: String!) { retractDevelopment(input: { slug: $slug, reason: "Never said" }) { __typename } }',
        { slug },
      );
      await frame.getByText('Retracted: Never said').waitFor();
      expect(await frame.locator('s').innerText()).toBe('Shown in the frame');
      expect(complaints).toEqual([]);

      const link = frame.locator('article h2 a').last();
      const target = await link.getAttribute('href');
      await link.press('Enter'); // A click by place goes astray if the browser draws the frame late.
      await page.waitForURL(`${origin}${target}`);

      other.show(`${origin}/embed`);
      await page.goto(other.origin);
      await expect.poll(() => framed(page)).toBe('chrome-error://chromewebdata/');
      allowed.show(`${origin}/`); // The other pages stay out of frames everywhere.
      await page.goto(allowed.origin);
      await expect.poll(() => framed(page)).toBe('chrome-error://chromewebdata/');
    } finally {
      await context.close();
    }
  });

  test('is offered as HTML beside the feeds', async ({ browser }) => {
    await using database = await createDatabase('dossier');
    await using server = await startTestServer(database.location, { EMBED_ORIGINS: '*' });
    const { origin } = new URL(server.url);
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await context.newPage();
    try {
      await page.goto(`${origin}/?kind=EVENT&disputed=true`);
      await page.getByText('Embed', { exact: true }).click();
      await page.getByRole('button', { name: 'Copy' }).click();
      await page.getByRole('status').filter({ hasText: 'Copied' }).waitFor();
      const html = await page.evaluate('navigator.clipboard.readText()');
      expect(html).toContain(
        `<iframe src="${origin}/embed?kind=EVENT&amp;disputed=true" title="Doctrine Wire"`,
      );
    } finally {
      await context.close();
    }
  });
});
