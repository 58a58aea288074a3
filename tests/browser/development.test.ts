import { describe, expect } from 'vitest';
import { publishStatement } from '../support/fixtures.js';
import { skipped } from '../support/processes/browser.js';
import { live, test } from './wire-page.js';

const REVISE =
  'mutation ($slug: String!, $headline: String!) { reviseStatement(input: { slug: $slug, headline: $headline, reason: "A test" }) { __typename ... on Error { message } } }';
const RETRACT =
  'mutation ($slug: String!) { retractDevelopment(input: { slug: $slug, reason: "It never happened" }) { __typename ... on Error { message } } }';

describe(`the page of a development in a browser${skipped}`, { skip: skipped !== '' }, () => {
  test('shows revisions and the retraction while it is open, and says so', async ({ open, dossier }) => {
    const slug = await publishStatement(dossier, 'As it was', { occurred: '2026-03-01', slug: 'followed' });
    const page = await open(`/d/${slug}`);
    await live(page);
    await dossier.data(REVISE, { slug, headline: 'As it is now' });
    await page.getByRole('heading', { name: 'As it is now', level: 1 }).waitFor();
    await page.locator('.change .mark', { hasText: 'Revised just now: headline' }).waitFor();
    await page.getByText('What changed').click();
    expect(await page.locator('.change del').innerText()).toBe('As it was');
    expect(await page.locator('#revisions h2').innerText()).toBe('2 revisions');
    await page.getByRole('status').filter({ hasText: 'Revised just now: headline' }).waitFor();

    await dossier.data(REVISE, { slug, headline: 'As it is at last' });
    await page.getByRole('heading', { name: 'As it is at last', level: 1 }).waitFor();
    await dossier.data(RETRACT, { slug });
    await page.locator('.change .mark', { hasText: 'Retracted just now: It never happened' }).waitFor();
    expect(await page.locator('h1 s').innerText()).toBe('As it is at last');
    expect(await page.locator('.tombstone').innerText()).toContain('This development was retracted.');
    // Nothing more can happen to it.
    await expect.poll(() => page.getByText('Live', { exact: true }).count()).toBe(0);
  });

  test('follows a development whose sources change', async ({ open, dossier }) => {
    const slug = await publishStatement(dossier, 'Two sources', { slug: 'two-sources' });
    const page = await open(`/d/${slug}`);
    await live(page);
    const source = 'putin-address-2019-02-20';
    await dossier.data(
      'mutation ($slug: String!, $citations: [CitationInput!]) { reviseStatement(input: { slug: $slug, citations: $citations, reason: "A better source" }) { __typename ... on Error { message } } }',
      { slug, citations: [{ source, credibility: 2 }] },
    );
    await page.locator('.citations', { hasText: 'Address to the Federal Assembly' }).waitFor();
    await dossier.data(REVISE, { slug, headline: 'One source' });
    await page.getByRole('heading', { name: 'One source', level: 1 }).waitFor();
  });

  test('does not follow an earlier state', async ({ open, dossier }) => {
    const slug = await publishStatement(dossier, 'An early state', { slug: 'early-state' });
    const page = await open(`/d/${slug}?asOf=${slug}@1`);
    const other = await open(`/d/${slug}`);
    await live(other);
    await dossier.data(REVISE, { slug, headline: 'A late state' });
    await other.getByRole('heading', { name: 'A late state', level: 1 }).waitFor();
    expect(await page.locator('h1').innerText()).toBe('An early state');
    expect(await page.getByText('Live', { exact: true }).count()).toBe(0);
  });

  test('draws its chain of links, with the same links as a list', async ({ open, dossier }) => {
    const start = 'united-states-leaves-inf-2019';
    const { chain } = await dossier.data(
      `{ chain(slug: "${start}", depth: 3) { nodes { headline } edges { relation } } }`,
    );
    for (const width of [360, 1400]) {
      const page = await open(`/d/${start}`, { viewport: { width, height: 900 } });
      const rows = page.locator('.chain li');
      expect(await rows.locator('.headline').allTextContents()).toEqual(
        chain.nodes.map(({ headline }: { headline: string }) => headline),
      );
      expect(await page.locator('.chain .arc').count()).toBe(chain.edges.length);
      expect(await page.locator('.chain circle').count()).toBe(chain.nodes.length);
      // Each dot is beside its row.
      const [row, dot] = [
        await rows.last().boundingBox(),
        await page.locator('.chain circle').last().boundingBox(),
      ];
      const middle = (box: typeof row) => (box ? box.y + box.height / 2 : Number.NaN);
      expect(Math.abs(middle(row) - middle(dot))).toBeLessThan(2);
      await page.getByText(`${chain.edges.length} links as a list`).press('Enter');
      expect(await page.locator('.sentences li').count()).toBe(chain.edges.length);
      expect(await page.locator('.sentences').innerText()).toContain('responds to');
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    }
  });
});
