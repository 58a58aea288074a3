import { describe, expect } from 'vitest';
import { skipped } from '../../support/processes/browser.js';
import { mutate } from '../../support/writes.js';
import { editorToken, expectAccessible, pressEnterOn, signIn, tabTo, test, typeInto } from './desk-page.js';

describe(`editors at the desk${skipped}`, { skip: skipped !== '', timeout: 120_000 }, () => {
  test('see notes and each other live', async ({ open, dossier }) => {
    const { slug } = (await mutate(
      dossier,
      'recordStatement',
      { headline: 'A draft for two', occurred: '2019' },
      'slug',
    )) as { slug: string };
    const [jo, kim] = [await open(`/desk/d/${slug}`), await open(`/desk/d/${slug}`)];
    await signIn(jo, await editorToken(dossier.db, 'jo'));
    await signIn(kim, await editorToken(dossier.db, 'kim'));
    for (const page of [jo, kim]) await page.getByText('Live', { exact: true }).waitFor();

    await typeInto(jo, jo.getByRole('textbox', { name: 'Add a note' }), 'Is the date right, @kim?');
    await pressEnterOn(jo, jo.getByRole('button', { name: 'Add the note' }));
    await kim.getByText('Is the date right, @kim?').waitFor();
    await expectAccessible(kim);
    await pressEnterOn(kim, kim.getByRole('button', { name: 'Resolve the note of jo' }));
    await jo.getByText('resolved by kim').waitFor();

    await pressEnterOn(jo, jo.getByRole('link', { name: 'Revise' }));
    await kim.getByText('jo is editing this.').waitFor();
    await jo.getByRole('textbox', { name: 'Headline' }).fill('A draft of two');
    await jo.keyboard.press('Control+s');
    await kim.getByRole('heading', { name: 'A draft of two', level: 1 }).waitFor();
    await expect.poll(() => kim.getByText('jo is editing this.').count()).toBe(0);
  });

  test('compare two entries side by side, and judge that they are not the same', async ({
    open,
    dossier,
  }) => {
    await mutate(dossier, 'upsertActor', { slug: 'sergey-ryabkov', kind: 'PERSON', name: 'Sergey Ryabkov' });
    const page = await open('/desk/suggestions?kind=ACTOR', { viewport: { width: 360, height: 800 } });
    await signIn(page, await editorToken(dossier.db, 'judge'));
    const pair = page.getByRole('article', { name: /Serge[iy] Ryabkov and Serge[iy] Ryabkov/ });
    await pair.waitFor();
    expect(await pair.innerText()).toContain('sergei-ryabkov');
    expect(await pair.innerText()).toContain('sergey-ryabkov');
    await expectAccessible(page);
    await tabTo(page, pair.getByRole('textbox'));
    await page.keyboard.type('A namesake');
    await pressEnterOn(page, pair.getByRole('button', { name: /^Not the same/ }));
    await page.getByRole('status').filter({ hasText: 'Judged not the same' }).waitFor();
    await expect.poll(() => pair.count()).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });
});
