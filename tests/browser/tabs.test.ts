import type { Browser, Page } from 'playwright-core';
import { describe, expect, vi } from 'vitest';
import { publishStatement } from '../support/fixtures.js';
import {
  browserFixture,
  type Complaints,
  run,
  shown,
  skipped,
  withPage,
} from '../support/processes/browser.js';
import { ADMIN_TOKEN, type TestServer } from '../support/server.js';
import { test as base } from '../support/shared.js';

const patience = { timeout: 30_000 };

const LINK = `?${new URLSearchParams({
  query: 'query Linked($first: Int!) { topics(first: $first) { nodes { name } } }',
  variables: '{"first":2}',
})}`;

type InPage = (
  server: TestServer,
  use: (page: Page, complaints: Complaints) => Promise<void>,
  options?: { search?: string; viewport?: { width: number; height: number } },
) => Promise<void>;

const test = base.extend<{ browser: Browser; inPage: InPage }>({
  ...browserFixture,
  inPage: async ({ browser }, use) => {
    await use(async ({ url }, inside, { search = '', viewport } = {}) => {
      const complaints: Complaints = { console: [], hosts: new Set() };
      await withPage(browser, url + search, complaints, (page) => inside(page, complaints), viewport);
    });
  },
});

const showTab = (page: Page, name: string) => page.locator('.graphiql-tab-button', { hasText: name }).click();

async function runTab(page: Page, name: string): Promise<void> {
  await showTab(page, name);
  await run(page);
}

const seen = (page: Page, text: string) =>
  vi.waitFor(async () => expect(await shown(page)).toContain(text), patience);

const subscribers = (server: TestServer, count: number) =>
  vi.waitUntil(() => server.fanOut.figures.subscribers === count, patience);

describe.skipIf(skipped !== '')(`GraphiQL's tabs on the example record${skipped}`, () => {
  test('contain queries that return data, the first one without a click', async ({ dossier, inPage }) => {
    await inPage(dossier, async (page) => {
      await seen(page, '"totalCount": ');
      const answers = {
        LedToTheEnd: '"slug": "inf-moratorium-begins-2019"',
        PutinOnMissiles: '"totalCount": 6',
        DoctrineChanges: '"changeType": "ADOPTED"',
        RestsOnTheArticle: '"alone"',
        BeforeTheCorrection: '"edtf": "2020-02"',
        PerYear: '"kind": "EVENT"',
      };
      for (const [tab, answer] of Object.entries(answers)) {
        await runTab(page, tab);
        await seen(page, answer);
        expect(await shown(page)).not.toContain('"errors"');
      }
    });
  });

  test('go on with a subscription while another tab is looked at', async ({ dossier, inPage }) => {
    await inPage(dossier, async (page) => {
      await runTab(page, 'Live');
      await seen(page, 'FeedCaughtUp');
      await runTab(page, 'PerYear');
      await seen(page, '"kind"');
      await publishStatement(dossier, 'Seen in the browser');
      expect(dossier.fanOut.figures.subscribers).toBe(1);
      await showTab(page, 'Live');
      await seen(page, 'Seen in the browser');
      await publishStatement(dossier, 'Seen as well');
      await seen(page, 'Seen as well');
      await run(page);
      await subscribers(dossier, 0);
    });
  });

  test('end a subscription when its tab is closed', async ({ dossier, inPage }) => {
    await inPage(dossier, async (page) => {
      await runTab(page, 'Live');
      await subscribers(dossier, 1);
      await page.locator('.graphiql-tab-active .graphiql-tab-close').click();
      await subscribers(dossier, 0);
    });
  });

  test('record another development with each run', async ({ dossier, inPage }) => {
    const count = () =>
      dossier.db.revision.count({
        where: { number: 1, snapshot: { path: ['headline'], string_starts_with: 'Example: a' } },
      });
    await inPage(dossier, async (page) => {
      await showTab(page, 'RecordStatement');
      await page.getByRole('button', { name: 'Headers', exact: true }).click();
      await page.locator('.graphiql-editor-tool .graphiql-editor:not(.hidden) .view-lines').click();
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.press('Delete');
      await page.keyboard.insertText(`{"Authorization": "Bearer ${ADMIN_TOKEN}"}`);
      for (const recorded of [1, 2]) {
        await run(page);
        await vi.waitFor(async () => expect(await count()).toBe(recorded), patience);
        await seen(page, 'RecordStatementSuccess');
      }
    });
  });
});

describe.skipIf(skipped !== '')(`GraphiQL's page${skipped}`, () => {
  test('opens a link with its query, variables and answer', async ({ dossier, inPage }) => {
    const use = async (page: Page) => {
      expect(await page.locator('.graphiql-tab-active').innerText()).toContain('Linked');
      await seen(page, '"nodes"');
      expect(((await shown(page)).match(/"name"/g) ?? []).length).toBe(2);
    };
    await inPage(dossier, use, { search: LINK });
  });

  test('makes a link to the query, which another browser opens', async ({ dossier, inPage }) => {
    let link = '';
    await inPage(dossier, async (page) => {
      await runTab(page, 'PutinOnMissiles');
      await seen(page, '"totalCount": 6');
      await page.getByRole('button', { name: /^Share/ }).click();
      await vi.waitUntil(() => new URL(page.url()).searchParams.has('query'), patience);
      link = new URL(page.url()).search;
    });
    await inPage(dossier, (page) => seen(page, '"totalCount": 6'), { search: link });
  });

  test.for([
    [390, 844],
    [1280, 800],
  ] as const)(
    'shows tabs, query and answer in a window of %i by %i',
    async ([width, height], { dossier, inPage }) => {
      const use = async (page: Page) => {
        for (const part of ['.graphiql-tabs', '.graphiql-query-editor', '.graphiql-response']) {
          const box = await page.locator(part).boundingBox();
          expect(box, part).not.toBeNull();
          if (!box) continue;
          expect(box.x >= 0 && box.y >= 0, part).toBe(true);
          expect(box.x + box.width <= width && box.y + box.height <= height, part).toBe(true);
          if (part !== '.graphiql-tabs') expect(Math.min(box.width, box.height), part).toBeGreaterThan(200);
        }
        await runTab(page, 'PerYear');
        await seen(page, '"kind": "EVENT"');
        await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
        await page.getByText('All Schema Types').waitFor();
      };
      await inPage(dossier, use, { viewport: { width, height } });
    },
  );

  test('is dark or light by the system', async ({ dossier, inPage }) => {
    await inPage(dossier, async (page) => {
      const background = () =>
        page.evaluate<string>(
          "getComputedStyle(document.querySelector('.graphiql-container')).backgroundColor",
        );
      await page.emulateMedia({ colorScheme: 'light' });
      const light = await background();
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await background()).not.toBe(light);
    });
  });

  test('has an EventSource that stops after a refused request', async ({ dossier, inPage }) => {
    await inPage(dossier, async (page, complaints) => {
      const state = await page.evaluate<number>(`new Promise((resolve) => {
        const source = new EventSource('/graphql?query=' + encodeURIComponent('subscription { nope }'));
        source.onerror = () => resolve(source.readyState);
      })`);
      expect(state).toBe(2); // CLOSED; after an answer with status 200 it would be CONNECTING.
      complaints.console.length = 0;
    });
  });
});
