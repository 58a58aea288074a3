import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { skipped } from '../support/processes/browser.js';
import { live, test } from './wire-page.js';

/** Returns a point on the histogram of the example record, which begins with 1987 and ends with 2025. */
async function pointOf(page: Page, year: number): Promise<{ x: number; y: number }> {
  const box = await page.locator('.histogram svg').boundingBox();
  if (!box) throw new Error('The page has no histogram.');
  return { x: box.x + ((year + 0.5 - 1987) / 39) * box.width, y: box.y + 40 };
}

const form = async (page: Page) => [
  await page.locator('#since').inputValue(),
  await page.locator('#until').inputValue(),
];

const spanIn = (page: Page) => {
  const { searchParams } = new URL(page.url());
  return [searchParams.get('since'), searchParams.get('until')];
};

describe(`the histogram${skipped}`, { skip: skipped !== '' }, () => {
  test('filters to the span that a mouse drags over it', async ({ open }) => {
    const page = await open('/?order=EARLIEST');
    await live(page);
    const [from, to] = [await pointOf(page, 2024), await pointOf(page, 2019)];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 4 });
    expect(await form(page)).toEqual(['2019', '2024']);
    await Promise.all([page.waitForURL(/since=/), page.mouse.up()]);
    expect(spanIn(page)).toEqual(['2019', '2024']);
    expect(new URL(page.url()).searchParams.get('order')).toBe('EARLIEST');
    expect(await page.locator('.active').innerText()).toContain('2019');
  });

  test('filters to the span that a finger drags over it, and to a bar that is tapped', async ({ open }) => {
    const page = await open('/', { hasTouch: true, viewport: { width: 360, height: 740 } });
    await live(page);
    const touch = await page.context().newCDPSession(page);
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
      touch.send('Input.dispatchTouchEvent', { type, touchPoints });
    const [from, to] = [await pointOf(page, 2017), await pointOf(page, 2020)];
    await send('touchStart', [from]);
    for (const part of [0.2, 0.6, 1]) {
      await send('touchMove', [{ x: from.x + (to.x - from.x) * part, y: from.y }]);
    }
    await Promise.all([page.waitForURL(/since=/), send('touchEnd', [])]);
    expect(spanIn(page)).toEqual(['2017', '2020']);
    await page.goBack();
    await live(page);
    const bar = await pointOf(page, 2019);
    await Promise.all([page.waitForURL(/since=/), page.touchscreen.tap(bar.x, bar.y)]);
    expect(spanIn(page)).toEqual(['2019', '2019']);
  });

  test.for([360, 1400])('filters to a span by keyboard, %i px wide', async (width, { open }) => {
    const page = await open('/', { viewport: { width, height: 800 }, reducedMotion: 'reduce' });
    await live(page);
    const [from, until] = [
      page.getByRole('slider', { name: 'From' }),
      page.getByRole('slider', { name: 'Until' }),
    ];
    await from.focus();
    for (let year = 1987; year < 2019; year += 1) await page.keyboard.press('ArrowRight');
    expect(await from.getAttribute('aria-valuetext')).toBe('2019');
    await page.keyboard.press('Tab');
    for (let year = 2025; year > 2020; year -= 1) await page.keyboard.press('ArrowLeft');
    expect(await until.getAttribute('aria-valuetext')).toBe('2020');
    // The ends do not pass each other.
    for (let press = 0; press < 5; press += 1) await page.keyboard.press('ArrowLeft');
    expect(await form(page)).toEqual(['2019', '2019']);
    await page.keyboard.press('Escape');
    expect(await form(page)).toEqual(['', '']);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Show 1987 to 2024');
    await Promise.all([page.waitForURL(/since=/), page.keyboard.press('Enter')]);
    expect(spanIn(page)).toEqual(['1987', '2024']);
    expect(await page.getByText('Developments by year as a table').isVisible()).toBe(true);
  });
});
