import { describe, expect } from 'vitest';
import { publishStatement } from '../support/fixtures.js';
import { skipped } from '../support/processes/browser.js';
import { expectAsReloaded, headlines, live, test } from './wire-page.js';

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

  test('paints its text before it loads its script, and is live then', async ({ open }) => {
    for (const target of ['/', '/d/putin-federal-assembly-address-2019', '/embed']) {
      const page = await open(target);
      await page.locator('.status.live').waitFor();
      const order = await page.evaluate<string[]>(`[...performance.getEntries()]
        .filter(({ name }) => name === 'first-contentful-paint' || /take-over-/.test(name))
        .sort((a, b) => a.startTime - b.startTime)
        .map(({ entryType }) => entryType)`);
      expect([target, ...order.slice(0, 2)]).toEqual([target, 'paint', 'resource']);
    }
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

  test('writes dates in the language of the reader, also live', async ({ open, dossier }) => {
    const page = await open('/', { locale: 'de-DE' });
    await live(page);
    await publishStatement(dossier, 'Dated in German', { occurred: '2026-06~' });
    const card = page.locator('.card', { hasText: 'Dated in German' });
    await card.waitFor();
    expect(await card.locator('.date').innerText()).toBe('etwa Juni 2026');
    expect(await card.locator('.date').getAttribute('lang')).toBe('de');
    await card.getByRole('link', { name: 'Dated in German' }).click();
    expect(await page.locator('#revisions time').innerText()).toMatch(/^\d+\. \S+ \d{4} um \d\d:\d\d UTC$/);
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
