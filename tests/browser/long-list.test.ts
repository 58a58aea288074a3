import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { publishStatement } from '../support/fixtures.js';
import { skipped } from '../support/processes/browser.js';
import { publishMany } from '../support/writes.js';
import { live, test } from './wire-page.js';

const cards = (page: Page) => page.locator('.cards > li');

/** Loads further pages until so many developments are in the list. */
async function showMore(page: Page, count: number): Promise<void> {
  for (let shown = 20; shown < count; shown += 100) {
    await page.getByRole('button', { name: 'Show 100 more here' }).click();
    await page.getByText(`${shown + 100} developments shown`).waitFor({ state: 'attached' });
  }
}

type Place = [headline: string, top: number];

/** Returns the headline at the top of the window, and its distance from there in CSS pixels. */
const atTop = (page: Page) =>
  page.evaluate<Place | undefined>(`(() => {
    const headings = [...document.querySelectorAll('.card h3')];
    const tops = headings.map((one) => [one.textContent, one.getBoundingClientRect().top]);
    return tops.find(([, top]) => top >= 0);
  })()`);

/** Waits until the page rests where it was. Scrolling rounds to whole pixels. */
async function expectAt(page: Page, [headline, top]: Place): Promise<void> {
  const off = async () => {
    const [name, now] = await settled(page);
    return name === headline ? Math.abs(now - top) : `at ${name}`;
  };
  await expect.poll(off).toBeLessThan(1);
}

/** Returns what is at the top once there is something, and it has not moved during ten frames. */
async function settled(page: Page): Promise<Place> {
  let before: Place | undefined;
  await expect
    .poll(async () => {
      const [last, now] = [before, await atTop(page)];
      before = now;
      await page.evaluate(`new Promise((resolve) => {
        let frames = 0;
        const count = () => (++frames < 10 ? requestAnimationFrame(count) : resolve());
        count();
      })`);
      return now !== undefined && JSON.stringify(now) === JSON.stringify(last);
    })
    .toBe(true);
  return before ?? ['', 0];
}

/** Returns the place in the list of the development that has the focus; 0 if none has. */
const focused = (page: Page) =>
  page.evaluate<number>("Number(document.activeElement?.closest('li[data-id]')?.ariaPosInSet ?? 0)");

describe(`a long list${skipped}`, { skip: skipped !== '', timeout: 120_000 }, () => {
  test('keeps few cards in the document, and stays where it is while the record changes', async ({
    open,
    dossier,
  }) => {
    await publishMany(dossier, 420);
    const page = await open('/', { viewport: { width: 1400, height: 700 } });
    await live(page);
    await showMore(page, 420);

    // The first development of the last page gets the focus.
    await expect.poll(() => focused(page)).toBe(321);
    await page.evaluate('scrollTo(0, document.documentElement.scrollHeight / 2)');
    await expect.poll(() => cards(page).count()).toBeLessThan(30);
    expect(await page.evaluate("document.querySelectorAll('*').length")).toBeLessThan(3_000);
    for (const item of await cards(page).all()) {
      expect(await item.getAttribute('aria-setsize')).toBe('420');
    }

    const before = await settled(page);
    await publishStatement(dossier, 'Waits at the top', { occurred: '2027-01-01' });
    await page.getByRole('button', { name: '1 new' }).waitFor();
    expect(await settled(page)).toEqual(before);
    await page.getByRole('button', { name: '1 new' }).click();
    await page.getByRole('heading', { name: 'Waits at the top' }).waitFor();
    expect(await cards(page).first().getAttribute('aria-setsize')).toBe('421');
  });

  test('is read to its end with Tab, each development once', async ({ open }) => {
    const page = await open('/', { viewport: { width: 1400, height: 700 } });
    await live(page);
    await showMore(page, 120);
    const places: number[] = [];
    // The focus goes to the first of the second page.
    await expect.poll(() => focused(page)).toBe(21);
    for (let place = 21; place !== 0; ) {
      places.push(place);
      while ((await focused(page)) === place) await page.keyboard.press('Tab');
      place = await focused(page);
    }
    expect(places).toEqual(Array.from({ length: 100 }, (_, index) => index + 21));
    expect(await page.evaluate('document.activeElement.textContent')).toContain('more here');
  });

  test('is as long as it was, at the same place, for a reader who comes back', async ({ open }) => {
    const page = await open('/', { viewport: { width: 1400, height: 700 } });
    await live(page);
    await showMore(page, 220);
    await page.evaluate('scrollTo(0, document.documentElement.scrollHeight * 0.7)');
    const before = await settled(page);
    const link = page.locator('.card h3 a', { hasText: before[0] });
    await Promise.all([page.waitForURL(/\/d\//), link.click()]);
    await page.goBack();
    await page.getByText('220 developments shown').waitFor({ state: 'attached' });
    await expectAt(page, before);
    await page.reload();
    await page.getByText('220 developments shown').waitFor({ state: 'attached' });
    await expectAt(page, before);
    // Another entry of the history begins at the top.
    await page.getByRole('link', { name: 'About', exact: true }).click();
    await page.waitForURL(/about/);
    await page.getByRole('link', { name: 'Doctrine Wire' }).click();
    await live(page);
    expect(await page.evaluate('scrollY')).toBe(0);
    expect(await cards(page).count()).toBe(20);
  });

  test.for(['timeline', 'map'])(
    'says how much of it the %s shows, and leads to the rest',
    async (view, { open }) => {
      const page = await open(`/?view=${view}`);
      await page.getByText(new RegExp(`The ${view} shows 100 of \\d+ developments`)).waitFor();
      await page.getByRole('link', { name: 'See the next ones' }).click();
      await page.waitForURL(new RegExp(`after=.*view=${view}|view=${view}.*after=`));
      await page.getByText(new RegExp(`The ${view} shows 100 of`)).waitFor();
      await page.goto(new URL(`/?view=${view}&disputed=true`, page.url()).href);
      expect(await page.getByText(`The ${view} shows`).count()).toBe(0);
    },
  );

  test('is whole in print', async ({ open }) => {
    const page = await open('/', { viewport: { width: 1400, height: 700 } });
    await live(page);
    await showMore(page, 220);
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await cards(page).count()).toBe(220);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    await expect.poll(() => cards(page).count()).toBeLessThan(30);
  });
});
