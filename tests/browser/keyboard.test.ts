import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { skipped } from '../support/processes/browser.js';
import { live, test } from './wire-page.js';

/** Presses Tab until an element with this name has the focus, as a reader without a mouse does. */
async function tabTo(page: Page, name: RegExp | string): Promise<void> {
  const passed: string[] = [];
  for (let press = 0; press < 200; press += 1) {
    await page.keyboard.press('Tab');
    const [text, isVisible] = await page.evaluate<[string, boolean]>(FOCUSED);
    passed.push(text);
    if (typeof name === 'string' ? text === name : name.test(text)) {
      expect(isVisible, `${text} is visible`).toBe(true);
      return;
    }
  }
  throw new Error(`Tab does not reach ${name}, only ${passed.join(', ')}.`);
}

/** The name of the element with the focus, and whether it is in the window and has an outline. */
const FOCUSED = `(() => {
  const it = document.activeElement;
  const { top, bottom, width } = it.getBoundingClientRect();
  const name = it.ariaLabel ?? (it.labels?.length ? it.labels[0].textContent : it.textContent);
  const isMarked = getComputedStyle(it).outlineStyle !== 'none' || it.matches('input[type=range]');
  return [name.trim(), width > 0 && bottom > 0 && top < innerHeight && isMarked];
})()`;

/** Presses Tab until a link has the focus, follows it, and returns the type of what the server sends. */
async function take(page: Page, name: string, path: string): Promise<string | undefined> {
  await tabTo(page, name);
  const answered = page.waitForResponse((response) => new URL(response.url()).pathname === path);
  await page.keyboard.press('Enter');
  const response = await answered;
  expect([path, response.status()]).toEqual([path, 200]);
  return response.headers()['content-type'];
}

/** Presses a key and waits for the page that it leads to. */
async function follow(page: Page, key: string, to: RegExp): Promise<void> {
  await Promise.all([page.waitForURL(to), page.keyboard.press(key)]);
}

describe(`the pages without a mouse${skipped}`, { skip: skipped !== '', timeout: 180_000 }, () => {
  test.for([360, 1400])(
    'lead from a filter to a dispute and its source, %i px wide',
    async (width, { open }) => {
      const page = await open('/', { viewport: { width, height: 740 }, reducedMotion: 'reduce' });
      await live(page);
      await tabTo(page, 'Skip to the content');
      await page.keyboard.press('Enter');
      await tabTo(page, 'Words');
      await page.keyboard.type('missile');
      await tabTo(page, 'Disputed only');
      await page.keyboard.press('Space');
      await tabTo(page, 'Filter');
      await follow(page, 'Enter', /disputed=true/);
      await live(page);

      // Time travel and the views.
      await tabTo(page, 'Go back in time');
      await page.keyboard.press('Enter');
      await tabTo(page, 'What was known at the end of');
      await tabTo(page, 'Timeline');
      await follow(page, 'Enter', /view=timeline/);
      await tabTo(page, 'Map');
      await follow(page, 'Enter', /view=map/);
      await tabTo(page, 'List');
      await follow(page, 'Enter', /disputed=true$/);

      // A development, its dispute, and a source.
      await tabTo(page, /^Sources disagree about/);
      await follow(page, 'Enter', /\/d\/.*#disputes$/);
      expect(await page.locator('#disputes .value').count()).toBeGreaterThan(1);
      await tabTo(page, /^News article/);
      await follow(page, 'Enter', /\/sources\//);

      // A facet of the source's list, and back to everything.
      await live(page);
      await tabTo(page, /^Statement\d/);
      await follow(page, 'Enter', /kind=STATEMENT/);
      await tabTo(page, 'Clear all');
      await follow(page, 'Enter', /\/sources\/[a-z0-9-]+$/);
      await tabTo(page, 'Doctrine Wire');
      await follow(page, 'Enter', /\/$/);
    },
  );

  test('lead to citations, feeds and downloads', async ({ open }) => {
    const size = { viewport: { width: 360, height: 740 }, reducedMotion: 'reduce' } as const;
    const path = '/d/inf-moratorium-begins-2019';
    const development = await open(path, size);
    await live(development);
    expect([
      await take(development, 'Cite as BibTeX', `${path}/cite.bib`),
      await take(development, 'Cite as CSL-JSON', `${path}/cite.json`),
    ]).toEqual([
      'application/x-bibtex; charset=utf-8',
      'application/vnd.citationstyles.csl+json; charset=utf-8',
    ]);
    // Chromium shows JSON, and keeps the page for what it saves.
    for (const [name, target, type] of [
      ['Atom', '/feed.atom', 'application/atom+xml; charset=utf-8'],
      ['JSON Feed', '/feed.json', 'application/feed+json; charset=utf-8'],
      ['CSV', '/export.csv', 'text/csv; charset=utf-8; header=present'],
    ] as const) {
      const list = await open('/?kind=EVENT', size);
      await live(list);
      expect(await take(list, name, target)).toBe(type);
    }
  });
});
