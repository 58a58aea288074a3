import axe from 'axe-core';
import { describe, expect } from 'vitest';
import { createToken } from '../../src/domain/token.js';
import { createDatabase } from '../support/database.js';
import { publishStatement } from '../support/fixtures.js';
import { skipped } from '../support/processes/browser.js';
import { startTestServer } from '../support/server.js';
import { live, test } from './wire-page.js';

describe(`a reader with a token in a browser${skipped}`, { skip: skipped !== '' }, () => {
  test.for([true, false])(
    'enters it, reads live and signs out (script: %s)',
    async (javaScriptEnabled, { browser }) => {
      await using database = await createDatabase('dossier');
      await using server = await startTestServer(database.location, { READ_REQUIRES_TOKEN: '1' });
      const token = await createToken(server.db, { name: 'reader', role: 'READER' });
      const context = await browser.newContext({ viewport: { width: 360, height: 800 }, javaScriptEnabled });
      const page = await context.newPage();
      try {
        const target = new URL('/?kind=STATEMENT&first=5', server.url).href;
        await page.goto(target);
        await page.getByRole('heading', { name: 'Reading this record requires a token' }).waitFor();
        expect(await page.content()).not.toContain('Putin');
        await page.getByLabel('Token').fill('a wrong one');
        await page.getByRole('button', { name: 'Read the record' }).press('Enter');
        await page.getByRole('alert').filter({ hasText: 'unknown, expired or revoked' }).waitFor();
        if (javaScriptEnabled) {
          await page.evaluate(axe.source);
          expect(await page.evaluate('axe.run().then(({ violations }) => violations)')).toEqual([]);
        }
        await page.getByLabel('Token').fill(token);
        await page.getByLabel('Token').press('Enter');
        await page.locator('.card').first().waitFor();
        expect(page.url()).toBe(target);
        if (javaScriptEnabled) {
          await live(page);
          await publishStatement(server, 'For readers with a token', { occurred: '2026-02-01' });
          await page.getByRole('heading', { name: 'For readers with a token' }).waitFor();
          const stored = 'JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }])';
          expect(await page.evaluate(stored)).toBe('["",{},{}]');
        }
        expect(await page.content()).not.toContain(token);
        await page.getByRole('button', { name: 'Sign out' }).click();
        await page.getByRole('heading', { name: 'Reading this record requires a token' }).waitFor();
        expect(await context.cookies()).toEqual([]);
      } finally {
        await context.close();
      }
    },
  );
});
