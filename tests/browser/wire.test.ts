import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { test as base, describe, expect } from 'vitest';
import { createDatabase } from '../support/database.js';
import { publishStatement } from '../support/fixtures.js';
import { launchBrowser, skipped } from '../support/processes/browser.js';
import { startTestServer, type TestServer } from '../support/server.js';

interface Fixtures {
  browser: Browser;
  dossier: TestServer;
  /** Opens a page in a profile of its own, and expects no complaint of the browser and no host but the server's. */
  open(target: string, options?: Options): Promise<Page>;
}

type Options = Parameters<Browser['newContext']>[0];

const test = base.extend<Fixtures>({
  browser: [
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the required fixtures from the pattern.
    async ({}, use) => {
      const browser = await launchBrowser();
      await use(browser);
      await browser.close();
    },
    { scope: 'file' },
  ],
  dossier: [
    // biome-ignore lint/correctness/noEmptyPattern: see above.
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
      const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
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

const live = (page: Page) => page.getByText('Live', { exact: true }).waitFor();
/** Of the whole list: the browser does not lay out what is far from the screen. */
const headlines = (page: Page) => page.locator('.card h3').allTextContents();

/** Waits until the page shows what it shows after a reload. */
async function expectAsReloaded(page: Page): Promise<void> {
  const fresh = await page.context().newPage();
  await fresh.goto(page.url());
  await live(fresh);
  const expected = [await headlines(fresh), await fresh.locator('.total').innerText()];
  await fresh.close();
  await expect
    .poll(async () => [await headlines(page), await page.locator('.total').innerText()])
    .toEqual(expected);
}

describe(`the wire in a browser${skipped}`, { skip: skipped !== '' }, () => {
  test('filters with the keyboard only', async ({ open }) => {
    const page = await open('/');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter'); // Skip to the content.
    await page.keyboard.press('Tab');
    await page.keyboard.type('moratorium');
    await page.keyboard.press('Tab');
    await page.keyboard.type('2019');
    await Promise.all([page.waitForURL(/q=moratorium/), page.keyboard.press('Enter')]);
    expect(await headlines(page)).toContain('Russia gives up its moratorium on intermediate-range missiles');
    await page.getByRole('link', { name: 'Remove Words: moratorium' }).press('Enter');
    await page.waitForURL((url) => !url.search.includes('q='));
    expect(new URL(page.url()).searchParams.get('since')).toBe('2019');
  });

  test('leads by mouse from a facet to a dispute and its claims', async ({ open }) => {
    const page = await open('/');
    await page.getByRole('link', { name: /^Sources disagree \d/ }).click();
    await page.waitForURL(/disputed=true/);
    await page.getByRole('link', { name: 'Sources disagree about the date' }).first().click();
    await page.waitForURL(/\/d\/.*#disputes$/);
    const claims = page.locator('.value');
    expect(await claims.count()).toBe(2);
    expect(await claims.first().innerText()).toContain('The record prefers');
    expect(await page.locator('#disputes').innerText()).toMatch(/[A-F][1-6] .*source.*, /);
  });

  test('works without a script: filter, pages, views and links', async ({ open }) => {
    const page = await open('/?first=5', { javaScriptEnabled: false });
    expect((await headlines(page)).length).toBe(5);
    await page.getByRole('link', { name: 'Next page' }).click();
    expect((await headlines(page)).length).toBe(5);
    await page.getByLabel('From').fill('2024');
    await page.getByRole('button', { name: 'Filter' }).click();
    expect(await page.locator('.active').innerText()).toContain('2024');
    await page.getByRole('link', { name: 'Timeline' }).click();
    expect(await page.locator('.timeline ol > li').count()).toBeGreaterThan(3);
    await page.getByRole('link', { name: 'Map' }).click();
    expect(await page.locator('.places > li').allInnerTexts()).toContainEqual(
      expect.stringContaining('Denmark'),
    );
  });

  test('shows a development that is published at the top, and lets it wait further down', async ({
    open,
    dossier,
  }) => {
    const page = await open('/', { viewport: { width: 1400, height: 500 } });
    await live(page);
    await publishStatement(dossier, 'Shown at once', { occurred: '2026-02-01' });
    await page.getByRole('heading', { name: 'Shown at once' }).waitFor();
    await page.evaluate('window.scrollTo(0, 2000)');
    const before = await page.locator('.card h3').nth(5).boundingBox();
    await publishStatement(dossier, 'Waits for the reader', { occurred: '2026-02-02' });
    await page.getByRole('button', { name: '1 new' }).waitFor();
    expect(await page.locator('.card h3').nth(5).boundingBox()).toEqual(before);
    await page.getByRole('button', { name: '1 new' }).click();
    await page.getByRole('heading', { name: 'Waits for the reader' }).waitFor();
    await expectAsReloaded(page);
  });

  test('revises in place with a mark, and strikes what is retracted with the reason', async ({
    open,
    dossier,
  }) => {
    const slug = await publishStatement(dossier, 'To be revised', { occurred: '2026-03-01' });
    const page = await open('/');
    await live(page);
    await dossier.data(
      `mutation ($slug: String!) { reviseStatement(input: { slug: $slug, headline: "It was revised", reason: "A test" }) { __typename } }`,
      { slug },
    );
    const card = page.locator('.card', { hasText: 'It was revised' });
    await card.getByText('Revised just now: headline').waitFor();
    await dossier.data(
      `mutation ($slug: String!) { retractDevelopment(input: { slug: $slug, reason: "It never happened" }) { __typename } }`,
      { slug },
    );
    await card.getByText('Retracted: It never happened').waitFor();
    expect(await card.locator('s').innerText()).toBe('It was revised');
  });

  test('shows hostile texts as texts', async ({ open, dossier }) => {
    const hostile = `<img src=x onerror=alert(1)></script><script>alert(2)</script>\u202e${'w'.repeat(200)}`;
    const slug = await publishStatement(dossier, hostile, {
      occurred: '2026-04-01',
      slug: 'hostile',
      quotation: 'كلمات بالعربية',
      originalLanguage: 'ar',
    });
    for (const width of [360, 1400]) {
      const page = await open('/', { viewport: { width, height: 800 } });
      await page.locator('.card h3', { hasText: '<img src=x' }).waitFor();
      expect(await page.locator('img, #root script').count()).toBe(0);
      expect(await page.locator('blockquote p[lang="ar"]').getAttribute('dir')).toBe('rtl');
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    }
    const page = await open(`/d/${slug}`, { viewport: { width: 360, height: 800 } });
    expect(await page.title()).toContain('<img src=x');
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });
});

describe(`the pages under axe${skipped}`, { skip: skipped !== '' }, () => {
  const pages = [
    '/',
    '/?view=timeline&kind=EVENT',
    '/?view=map',
    '/?asOf=2099-01-01&view=changes',
    '/d/putin-federal-assembly-address-2019',
    '/treaties/inf',
    '/about',
  ];

  test.for(['light', 'dark'] as const)('have no violation, %s', async (colorScheme, { open }) => {
    const page = await open('/about', { colorScheme, viewport: { width: 1000, height: 800 } });
    for (const target of pages) {
      await page.goto(new URL(target, page.url()).href);
      await page.evaluate(axe.source);
      // The rest is the same in both.
      const options = colorScheme === 'dark' ? "{ runOnly: ['color-contrast'] }" : '';
      const { violations } = (await page.evaluate(`axe.run(${options})`)) as Axe;
      const found = violations.map(({ id, nodes }) => `${target}: ${id}: ${nodes[0]?.html}`);
      expect(found).toEqual([]);
    }
  });
});

interface Axe {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

describe(`a page that is open while its server restarts${skipped}`, { skip: skipped !== '' }, () => {
  test('catches up and shows what a reload shows', async ({ browser }) => {
    await using database = await createDatabase('dossier');
    const first = await startTestServer(database.location);
    const { port, origin } = new URL(first.url);
    const context = await browser.newContext();
    const page = await context.newPage();
    try {
      await page.goto(origin);
      await live(page);
      await first.dispose();
      await page.getByText(/^Offline since/).waitFor();
      await using second = await startTestServer(database.location, { PORT: port });
      await publishStatement(second, 'Published after the restart', { occurred: '2026-05-01' });
      await live(page);
      await page.getByRole('heading', { name: 'Published after the restart' }).waitFor();
      await expectAsReloaded(page);
    } finally {
      await context.close();
    }
  });
});
