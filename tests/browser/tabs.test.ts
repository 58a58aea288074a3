import type { Page } from 'playwright-core';
import { describe, expect, vi } from 'vitest';
import { publishStatement, test } from '../support/fixtures.js';
import { launchBrowser, run, shown, skipped, withPage } from '../support/processes/browser.js';
import type { TestServer } from '../support/server.js';

const patience = { timeout: 15_000 };

const inPage = async (server: TestServer, use: (page: Page) => Promise<void>) => {
  const browser = await launchBrowser();
  try {
    await withPage(browser, server.url, { console: [], hosts: new Set() }, use);
  } finally {
    await browser.close();
  }
};

async function runTab(page: Page, name: string): Promise<void> {
  await page.locator('.graphiql-tab-button', { hasText: name }).click();
  await run(page);
}

describe.skipIf(skipped !== '')(`GraphiQL's tabs on the example record${skipped}`, () => {
  test('contain queries that return data', async ({ dossier }) => {
    await inPage(dossier, async (page) => {
      const answers = {
        LatestDevelopments: '"totalCount": 14',
        LedToTheEnd: '"slug": "inf-moratorium-begins-2019"',
        PutinOnMissiles: '"totalCount": 2',
        DoctrineChanges: '"changeType": "ADOPTED"',
        RestsOnTheArticle: '"alone"',
        BeforeTheCorrection: '"edtf": "2020-02"',
        PerYear: '"kind": "DOCTRINE_CHANGE"',
      };
      for (const [tab, answer] of Object.entries(answers)) {
        await runTab(page, tab);
        await vi.waitFor(async () => expect(await shown(page)).toContain(answer), patience);
        expect(await shown(page)).not.toContain('"errors"');
      }
    });
  });

  test('show new publications live', async ({ dossier }) => {
    await inPage(dossier, async (page) => {
      await runTab(page, 'Live');
      await vi.waitUntil(() => dossier.fanOut.figures.subscribers === 1, patience);
      await publishStatement(dossier, 'Seen in the browser');
      await vi.waitFor(async () => expect(await shown(page)).toContain('Seen in the browser'), patience);
      await run(page);
      await vi.waitUntil(() => dossier.fanOut.figures.subscribers === 0, patience);
    });
  });
});
