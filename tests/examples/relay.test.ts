import { describe, expect, vi } from 'vitest';
import { skipped } from '../support/processes/browser.js';
import { headlines, patience, stageTest } from './stage.js';
import { describeWall } from './wall.js';

describeWall('relay');

const test = stageTest('relay');

describe.skipIf(skipped !== '')(`an error in the wall with relay${skipped}`, { timeout: 180_000 }, () => {
  test('is shown in place of what failed, until another attempt succeeds', async ({ stage }) => {
    const { page, proxy } = stage;
    // One query only: the list loads again when the feed has caught up, at its own time.
    const breakDown = (query: string) =>
      page.route(proxy.url, (route, request) =>
        request.postData()?.includes(`query ${query}(`)
          ? route.fulfill({
              status: 502,
              headers: { 'access-control-allow-origin': '*' },
              body: 'Bad gateway',
            })
          : route.continue(),
      );
    const alert = page.getByRole('alert');
    const tryAgain = alert.getByRole('button', { name: 'Try again' });

    await breakDown('detailQuery');
    await page.locator('li button').first().click();
    await expect.poll(() => alert.innerText(), patience).toContain('got status 502');
    expect(await headlines(page)).toHaveLength(5); // The list does not need what failed.
    await tryAgain.click();
    await expect.poll(() => alert.innerText(), patience).toContain('got status 502');
    await page.unroute(proxy.url);
    await tryAgain.click();
    await page.locator('article').waitFor();

    await breakDown('wallQuery');
    await page.getByLabel('Disputed only').check();
    await expect.poll(() => alert.innerText(), patience).toContain('got status 502');
    expect(await page.locator('article').count()).toBe(1); // Nor does the detail.
    await page.unroute(proxy.url);
    await tryAgain.click();
    await vi.waitFor(async () => expect(await headlines(page)).not.toEqual([]), patience);
    expect(await alert.count()).toBe(0);
  });
});
