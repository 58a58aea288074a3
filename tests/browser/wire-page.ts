import type { Page } from 'playwright-core';
import { expect } from 'vitest';

export { test } from './dossier-page.js';

/** Waits until a page is live. */
export const live = (page: Page) => page.getByText('Live', { exact: true }).waitFor();
/** Returns those of the whole list: the browser does not lay out what is far from the screen. */
export const headlines = (page: Page) => page.locator('.card h3').allTextContents();

/** Waits until the page shows what it shows after a reload. */
export async function expectAsReloaded(page: Page): Promise<void> {
  const fresh = await page.context().newPage();
  await fresh.goto(page.url());
  await live(fresh);
  const expected = [await headlines(fresh), await fresh.locator('.total').innerText()];
  await fresh.close();
  await expect
    .poll(async () => [await headlines(page), await page.locator('.total').innerText()])
    .toEqual(expected);
}
