import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { publishStatement } from '../support/fixtures.js';
import { skipped } from '../support/processes/browser.js';
import { mutate } from '../support/writes.js';
import { test } from './wire-page.js';

/** Every kind of page, with everything that it can show. */
const PAGES = [
  '/',
  '/?first=5&order=-CHANGED&kind=STATEMENT&disputed=true',
  '/?q=nothing-has-these-words',
  '/?view=timeline&kind=EVENT',
  '/?view=map',
  '/?asOf=2026-01-01',
  '/?asOf=inf-moratorium-begins-2019@1&view=changes',
  '/d/putin-federal-assembly-address-2019',
  '/d/inf-moratorium-begins-2019',
  '/d/retracted',
  '/actors/russia',
  '/treaties/inf',
  '/weapon-systems/9m729',
  '/doctrines/basic-principles-nuclear-deterrence',
  '/topics/intermediate-range-missiles',
  '/about',
  '/embed?disputed=true',
  '/?kind=NONSENSE',
  '/d/no-such-development',
];

interface Axe {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

describe(`the pages under axe${skipped}`, { skip: skipped !== '', timeout: 180_000 }, () => {
  test.for(['light', 'dark'] as const)('have no violation, %s', async (colorScheme, { browser, dossier }) => {
    const slug = await publishStatement(dossier, 'To be retracted', { slug: 'retracted' }).catch(
      () => 'retracted',
    );
    await mutate(dossier, 'retractDevelopment', { slug, reason: 'A test' });
    const page = await browser.newPage({ colorScheme, viewport: { width: 1000, height: 800 } });
    for (const target of PAGES) {
      await page.goto(new URL(target, dossier.url).href);
      // Everything that can be opened is looked at too.
      await page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true");
      await page.evaluate(axe.source);
      // The rest is the same in both.
      const options = colorScheme === 'dark' ? "{ runOnly: ['color-contrast'] }" : '';
      const { violations } = (await page.evaluate(`axe.run(${options})`)) as Axe;
      const found = violations.map(({ id, nodes }) => `${target}: ${id}: ${nodes[0]?.html}`);
      expect(found).toEqual([]);
    }
    await page.close();
  });
});

const styleOf = (page: Page, selector: string, property: string) =>
  page.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).${property}`);

describe(`the wire${skipped}`, { skip: skipped !== '' }, () => {
  test('keeps its charts, grades and status in forced colours', async ({ open }) => {
    const page = await open('/', { forcedColors: 'active' });
    const [bar, paper, text] = [
      await styleOf(page, '.histogram .certain', 'fill'),
      await styleOf(page, 'html', 'backgroundColor'),
      await styleOf(page, 'html', 'color'),
    ];
    expect(bar).not.toBe(paper);
    expect(bar).toBe(text);
    expect(await styleOf(page, '.confidence', 'color')).toBe(text);
    expect(await styleOf(page, '.filter button', 'color')).not.toBe(
      await styleOf(page, '.filter button', 'backgroundColor'),
    );
    expect(await page.locator('.confidence').first().innerText()).toMatch(/confidence/);
  });

  test('moves nothing where motion is not wanted', async ({ open }) => {
    const page = await open('/', { reducedMotion: 'reduce' });
    expect(await page.evaluate('document.getAnimations().length')).toBe(0);
    expect(await styleOf(page, 'html', 'scrollBehavior')).toBe('auto');
    const transitions = await page.evaluate<string[]>(
      "[...document.querySelectorAll('*')].map((one) => getComputedStyle(one).transitionDuration)",
    );
    expect(new Set(transitions)).toEqual(new Set(['0s']));
  });

  test('prints the developments and their sources, without what only a screen needs', async ({ open }) => {
    const page = await open('/');
    await page.emulateMedia({ media: 'print' });
    for (const part of ['.filter', '.facets', '.histogram', '.paging', '.time-travel', '.fresh', '.status']) {
      for (const one of await page.locator(part).all()) expect(await one.isVisible(), part).toBe(false);
    }
    expect(await page.locator('.card h3').first().isVisible()).toBe(true);
    expect(await page.locator('.evidence').first().innerText()).toMatch(/[A-F][1-6]/);
    expect((await page.pdf()).length).toBeGreaterThan(10_000);
  });
});
