import { describe, expect, vi } from 'vitest';
import { publishStatement } from '../support/fixtures.js';
import { skipped } from '../support/processes/browser.js';
import { mutate } from '../support/writes.js';
import { checkTypes } from './site.js';
import { equalsReload, headlines, isLive, patience, showsFirst, stageTest, status } from './stage.js';

const test = stageTest('react');

describe.skipIf(skipped !== '')(`the wall with useFeed${skipped}`, { timeout: 180_000 }, () => {
  test('shows what is published, revised and retracted as a reload does', async ({ stage }) => {
    const { page, server } = stage;
    const slug = await publishStatement(server, 'The first headline', { occurred: '2026-05-01' });
    await showsFirst(page, 'The first headline');
    await mutate(server, 'reviseStatement', { slug, newSlug: 'renamed', headline: 'A renamed item' });
    await showsFirst(page, 'A renamed item');
    await mutate(server, 'retractDevelopment', { slug: 'renamed', reason: 'Never said.' });
    await vi.waitFor(async () => expect(await headlines(page)).not.toContain('A renamed item'), patience);
    await equalsReload(stage);
  });

  test('shows what it missed while its socket was cut and the server restarted', async ({ stage }) => {
    const { page, proxy } = stage;
    proxy.refuses = true;
    proxy.cut();
    await vi.waitFor(async () => expect(await status(page)).toBe('waiting'), patience);
    const slug = await publishStatement(stage.server, 'Published meanwhile', { occurred: '2026-05-01' });
    proxy.refuses = false;
    await showsFirst(page, 'Published meanwhile');
    await stage.restart();
    await mutate(stage.server, 'reviseStatement', { slug, headline: 'Revised after the restart' });
    await showsFirst(page, 'Revised after the restart');
    await isLive(page);
    await equalsReload(stage);
  });

  test('has the types of the package', ({ origin }) => {
    expect(origin).toBeDefined(); // The example has been built.
    checkTypes('react');
  });
});
