import { describe, expect } from 'vitest';
import { createToken } from '../../../src/domain/token.js';
import { createDatabase } from '../../support/database.js';
import { skipped } from '../../support/processes/browser.js';
import { startTestServer } from '../../support/server.js';
import { editorToken, expectAccessible, signIn, test } from './desk-page.js';

const STORED = 'JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }])';

describe(`the entrance of the desk${skipped}`, { skip: skipped !== '' }, () => {
  test('keeps the token in memory only, and asks for it again after a reload', async ({ open, dossier }) => {
    const token = await editorToken(dossier.db, 'memory');
    const page = await open('/desk/new/statement?form=one');
    await signIn(page, token);
    await page.getByRole('heading', { name: 'New statement', level: 1 }).waitFor();
    expect(await page.evaluate(STORED)).toBe('["",{},{}]');
    expect(await page.content()).not.toContain(token);
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in to the desk' }).waitFor();
  });

  test('keeps the token of a tab in its session on request, until the editor signs out', async ({
    open,
    dossier,
  }) => {
    const token = await editorToken(dossier.db, 'session');
    const page = await open('/desk');
    await signIn(page, token, { isKept: true });
    await page.reload();
    await page.getByRole('button', { name: 'Sign out' }).press('Enter');
    await page.getByRole('heading', { name: 'Sign in to the desk' }).waitFor();
    expect(await page.evaluate(STORED)).toBe('["",{},{}]');
  });

  test.for(['light', 'dark'] as const)(
    'says why a token is refused, %s',
    async (colorScheme, { open, dossier }) => {
      const reader = await createToken(dossier.db, { name: `reader-${colorScheme}`, role: 'READER' });
      const page = await open('/desk', { viewport: { width: 360, height: 800 }, colorScheme });
      const enter = async (token: string) => {
        await page.getByLabel('Token with the role').fill(token);
        await page.keyboard.press('Enter');
      };
      await enter('a-wrong-one');
      await page.getByRole('alert').filter({ hasText: 'unknown, expired or revoked' }).waitFor();
      await enter(reader);
      await page
        .getByRole('alert')
        .filter({ hasText: 'has the role READER, which may read but not edit' })
        .waitFor();
      await expectAccessible(page);
    },
  );

  test('takes what an editor types as soon as it shows', async ({ open, dossier }) => {
    const page = await open('/desk');
    // Observers run before the browser draws what has changed, so nobody can be faster.
    await page.addInitScript(`
      new MutationObserver(() => {
        window.focusedFirst ??= document.getElementById('token') && document.activeElement.id;
        if (!window.pressed && document.querySelector('h1')?.textContent === 'Watched feeds') {
          window.pressed = true;
          document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'n', bubbles: true }));
        }
      }).observe(document, { childList: true, subtree: true });`);
    await page.goto(new URL('/desk/feeds', dossier.url).href);
    await signIn(page, await editorToken(dossier.db, 'quick'));
    expect(await page.evaluate('focusedFirst')).toBe('token');
    await page.getByRole('heading', { name: 'Watch a feed' }).waitFor();
  });

  test('ends the session when the token is revoked', async ({ open, dossier }) => {
    const token = await editorToken(dossier.db, 'revoked');
    const page = await open('/desk');
    await signIn(page, token);
    await dossier.db.apiToken.updateMany({ where: { name: 'revoked' }, data: { expiresAt: new Date(0) } });
    await page.goto(new URL('/desk/d/putin-federal-assembly-address-2019', dossier.url).href);
    await page.getByRole('heading', { name: 'Sign in to the desk' }).waitFor();
  });

  test('works where reading needs a token', async ({ open }) => {
    await using database = await createDatabase('dossier');
    await using server = await startTestServer(database.location, { READ_REQUIRES_TOKEN: '1' });
    const page = await open('/desk/d/putin-federal-assembly-address-2019', { server });
    await signIn(page, await editorToken(server.db, 'closed'));
    await page.getByRole('heading', { name: 'Revisions' }).waitFor();
  });
});
