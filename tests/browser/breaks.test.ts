import { describe, expect } from 'vitest';
import { publishStatement } from '../support/fixtures.js';
import { skipped } from '../support/processes/browser.js';
import { type Restartable, startRestartable } from '../support/processes/restartable.js';
import { mutate } from '../support/writes.js';
import { test as base, expectAsReloaded, headlines, live } from './wire-page.js';

const test = base.extend<{ stage: Restartable }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the required fixtures from the pattern.
  stage: async ({}, use) => {
    await using stage = await startRestartable();
    await use(stage);
  },
});

describe(`a page whose connection breaks${skipped}`, { skip: skipped !== '' }, () => {
  test('shows what a reload shows after its socket alone was cut', async ({ browser, stage }) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(new URL('/', stage.proxy.url).href);
    await live(page);
    const slug = await publishStatement(stage.server, 'Shown before the cut', { occurred: '2026-05-01' });
    await page.getByRole('heading', { name: 'Shown before the cut' }).waitFor();
    stage.proxy.refuses = true;
    stage.proxy.cut();
    await page.getByText(/^Offline since/).waitFor();
    await mutate(stage.server, 'reviseStatement', { slug, headline: 'Revised meanwhile' });
    await publishStatement(stage.server, 'Published meanwhile', { occurred: '2026-05-02' });
    expect(await headlines(page)).not.toContain('Published meanwhile');
    stage.proxy.refuses = false;
    await live(page);
    await page.getByRole('heading', { name: 'Published meanwhile' }).waitFor();
    await expectAsReloaded(page);
    expect(await headlines(page)).toContain('Revised meanwhile');
    await context.close();
  });

  test('shows what a reload shows after its server restarted', async ({ browser, stage }) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(new URL('/', stage.server.url).href);
    await live(page);
    await stage.stop();
    await page.getByText(/^Offline since/).waitFor();
    await stage.start();
    await publishStatement(stage.server, 'Published after the restart', { occurred: '2026-05-01' });
    await live(page);
    await page.getByRole('heading', { name: 'Published after the restart' }).waitFor();
    await expectAsReloaded(page);
    await context.close();
  });
});

describe(`two tabs${skipped}`, { skip: skipped !== '' }, () => {
  test('show the same changes, each by its own filter', async ({ open, dossier }) => {
    const all = await open('/');
    const some = await all.context().newPage();
    await some.goto(new URL('/?q=tabs', all.url()).href);
    await Promise.all([live(all), live(some)]);
    const slug = await publishStatement(dossier, 'Seen in both tabs', { occurred: '2026-02-01' });
    await publishStatement(dossier, 'Seen in one alone', { occurred: '2026-02-02' });
    for (const page of [all, some]) await page.getByRole('heading', { name: 'Seen in both tabs' }).waitFor();
    await all.getByRole('heading', { name: 'Seen in one alone' }).waitFor();
    await mutate(dossier, 'reviseStatement', { slug, headline: 'Revised in both tabs' });
    for (const page of [all, some]) {
      await page.getByRole('heading', { name: 'Revised in both tabs' }).waitFor();
      await expectAsReloaded(page);
    }
    expect(await headlines(some)).toEqual(['Revised in both tabs']);
  });
});
