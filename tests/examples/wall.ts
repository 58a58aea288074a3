import type { Page } from 'playwright-core';
import { describe, expect, vi } from 'vitest';
import { createToken, revokeToken } from '../../src/domain/token.js';
import { erase } from '../support/erasing.js';
import { publishStatement } from '../support/fixtures.js';
import { skipped } from '../support/processes/browser.js';
import { mutate } from '../support/writes.js';
import { checkTypes } from './site.js';
import { equalsReload, headlines, isLive, patience, showsFirst, stageTest, status } from './stage.js';

/** The tests that every example with a GraphQL client passes: its wall always shows exactly what a reload shows. */
export function describeWall(name: 'apollo' | 'urql' | 'relay'): void {
  const test = stageTest(name);

  describe.skipIf(skipped !== '')(`the wall with ${name}${skipped}`, { timeout: 180_000 }, () => {
    test('shows what is published, revised, renamed and retracted as a reload does', async ({ stage }) => {
      const { page, server } = stage;
      await page.getByRole('button', { name: 'Load more' }).click();
      await vi.waitFor(async () => expect(await headlines(page)).toHaveLength(10), patience);

      const slug = await publishStatement(server, 'The first headline', { occurred: '2026-05-01' });
      await showsFirst(page, 'The first headline');
      await mutate(server, 'reviseStatement', { slug, headline: 'A revised headline' });
      await showsFirst(page, 'A revised headline');
      await mutate(server, 'reviseStatement', { slug, newSlug: 'renamed', headline: 'A renamed item' });
      await showsFirst(page, 'A renamed item');
      // Its place is by date, far below those shown, although it changed last.
      await mutate(server, 'reviseStatement', { slug: 'renamed', occurred: '1950', headline: 'Long ago' });
      await vi.waitFor(async () => {
        const shown = await headlines(page);
        expect(shown.includes('A renamed item') || shown.includes('Long ago')).toBe(false);
      }, patience);
      await mutate(server, 'reviseStatement', { slug: 'renamed', occurred: '2026-05', headline: 'Back' });
      await showsFirst(page, 'Back');
      await mutate(server, 'retractDevelopment', { slug: 'renamed', reason: 'Never said.' });
      await vi.waitFor(async () => expect(await headlines(page)).not.toContain('Back'), patience);

      expect(await headlines(page)).toHaveLength(10);
      await equalsReload(stage, async (other) => {
        await other.getByRole('button', { name: 'Load more' }).click();
        await vi.waitFor(async () => expect(await headlines(other)).toHaveLength(10), patience);
      });
    });

    test('removes an erased development from the list and the open detail', async ({ stage }) => {
      const { page, server } = stage;
      const slug = await publishStatement(server, 'Kwyjibo speaks', { occurred: '2026-05-01' });
      await showsFirst(page, 'Kwyjibo speaks');
      await page.getByRole('button', { name: 'Kwyjibo speaks' }).click();
      await page.getByRole('heading', { name: 'Kwyjibo speaks' }).waitFor();
      await erase(server, { slug, target: 'DEVELOPMENT' });
      await vi.waitFor(
        async () => expect(await page.locator('body').innerText()).not.toContain('Kwyjibo'),
        patience,
      );
      await isLive(page);
    });

    test('keeps a page that was asked for while the list loads again', async ({ stage }) => {
      const { page, proxy, server } = stage;
      let answer = () => {};
      const isClicked = new Promise<void>((resolve) => {
        answer = resolve;
      });
      let isHeld = false;
      await page.route(proxy.url, async (route) => {
        if (isHeld) return route.continue();
        isHeld = true;
        const response = await route.fetch();
        await isClicked;
        return route.fulfill({ response });
      });
      await publishStatement(server, 'While a page is asked for', { occurred: '2026-05-01' });
      await vi.waitUntil(() => isHeld, patience);
      // Relay sends nothing while the list loads.
      const more = name === 'relay' ? undefined : page.waitForResponse(proxy.url);
      await page.getByRole('button', { name: 'Load more' }).click();
      await more;
      answer();
      await showsFirst(page, 'While a page is asked for');
      await vi.waitFor(async () => expect(await headlines(page)).toHaveLength(10), patience);
    });

    test('keeps an open detail with its disputes, and a filtered list, up to date', async ({ stage }) => {
      const { page, server } = stage;
      const choose = async (one: Page) => {
        await one.getByLabel('Disputed only').check();
        await vi.waitFor(
          async () => expect(await one.locator('li button').count()).toBeLessThan(5),
          patience,
        );
        await one.locator('li button').first().click();
        await one
          .getByText(/^Disputed: /)
          .first()
          .waitFor();
      };
      await choose(page);
      const { it } = await server.data(
        '{ it: developments(filter: { disputed: true }, first: 1) { nodes { __typename slug } } }',
      );
      const [{ __typename: kind, slug }] = it.nodes;
      await mutate(server, `revise${kind}`, {
        slug,
        headline: 'Another headline',
        summary: 'Another summary.',
      });
      await page.getByRole('heading', { name: 'Another headline' }).waitFor();
      await page.getByText('Another summary.').waitFor();
      await showsFirst(page, 'Another headline');
      await equalsReload(stage, choose);
    });

    test('shows what it missed while its socket was cut and the server restarted', async ({ stage }) => {
      const { page, proxy } = stage;
      proxy.refuses = true;
      proxy.cut();
      await vi.waitFor(async () => expect(await status(page)).toBe('waiting'), patience);
      const slug = await publishStatement(stage.server, 'Published meanwhile', { occurred: '2026-05-01' });
      await publishStatement(stage.server, 'Also meanwhile', { occurred: '2026-05-02' });
      await mutate(stage.server, 'reviseStatement', { slug, headline: 'Revised meanwhile' });
      proxy.refuses = false;
      await showsFirst(page, 'Also meanwhile', 'Revised meanwhile');
      await isLive(page);
      await stage.restart();
      await mutate(stage.server, 'reviseStatement', { slug, headline: 'Revised after the restart' });
      await showsFirst(page, 'Also meanwhile', 'Revised after the restart');
      await equalsReload(stage);
    });

    test('has the types of the package', ({ origin }) => {
      expect(origin).toBeDefined(); // What relay-compiler writes is there.
      checkTypes(name);
    });

    test('goes on with another token when its token ends', async ({ stage }) => {
      const { page, server } = stage;
      const first = await createToken(server.db, { name: 'first', role: 'READER' });
      const second = await createToken(server.db, { name: 'second', role: 'READER' });
      await page.evaluate(`localStorage.setItem('token', '${first}')`);
      await page.reload();
      await isLive(page);
      await page.evaluate(`localStorage.setItem('token', '${second}')`);
      const { made } = stage.proxy;
      await revokeToken(server.db, 'first');
      await vi.waitUntil(() => stage.proxy.made > made, patience); // The wall has connected again.
      await publishStatement(server, 'After the token', { occurred: '2026-05-01' });
      await showsFirst(page, 'After the token');
      await isLive(page);
      await equalsReload(stage);
    });
  });
}
