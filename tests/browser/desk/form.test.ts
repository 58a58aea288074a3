import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { skipped } from '../../support/processes/browser.js';
import { mutate, readDevelopment } from '../../support/writes.js';
import {
  editorToken,
  expectAccessible,
  headlineField,
  pick,
  pressEnterOn,
  signIn,
  tabTo,
  test,
  typeInto,
} from './desk-page.js';

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const field = (page: Page, name: string) => page.getByRole('textbox', { name });
const slugIn = (page: Page) => new URL(page.url()).pathname.split('/').pop() ?? '';

describe(`the forms of the desk${skipped}`, { skip: skipped !== '', timeout: 120_000 }, () => {
  test('record a statement by the keyboard, and warn of an actor under another spelling', async ({
    open,
    dossier,
  }) => {
    const page = await open('/desk/new/statement');
    await signIn(page, await editorToken(dossier.db, 'writer'));
    await typeInto(page, headlineField(page), 'Russia will keep its moratorium, its deputy minister says');
    await typeInto(page, page.getByLabel('Date', { exact: true }), '2019-08~');
    await page.getByText('About August 2019: 1 July to 30 September 2019').waitFor();

    await pressEnterOn(page, button(page, 'Add participant'));
    await pick(page, page.getByRole('combobox', { name: 'Actor' }), 'Sergey Ryabkov', /^New actor/);
    const similar = page.getByRole('status').filter({ hasText: 'The record may have it already' });
    await similar.filter({ hasText: 'Sergei Ryabkov' }).waitFor();
    await expectAccessible(page);
    await pressEnterOn(page, button(page, /Use this actor/).first());

    await pressEnterOn(page, button(page, 'Add citation'));
    await pick(page, page.getByRole('combobox', { name: 'Source' }), 'Text of the INF', /Text of the INF/);
    await pressEnterOn(page, button(page, 'Add claim'));
    await typeInto(page, page.getByLabel('Claimed date'), '2019-08-05');
    const preview = page.getByRole('complementary', { name: 'As readers will see it' });
    await preview.getByText('Sergei Ryabkov').waitFor();
    await expectAccessible(page);
    await pressEnterOn(page, button(page, 'Save as draft'));

    await page.getByText('Draft, revision 1').waitFor();
    const focused = await page.evaluate<string>('document.activeElement.textContent');
    expect(focused).toContain('Russia will keep its moratorium');
    await expectAccessible(page);
    expect(
      await readDevelopment(
        dossier,
        slugIn(page),
        'status occurred { edtf } participants { role actor { slug } } claims { field value }',
      ),
    ).toEqual({
      status: 'DRAFT',
      occurred: { edtf: '2019-08~' },
      participants: [{ role: 'SPEAKER', actor: { slug: 'sergei-ryabkov' } }],
      claims: [{ field: 'OCCURRED', value: '2019-08-05' }],
    });
  });

  test('create an actor that the record does not have, and refuse a key that is taken', async ({
    open,
    dossier,
  }) => {
    const page = await open('/desk/new/event');
    await signIn(page, await editorToken(dossier.db, 'creator'));
    await pressEnterOn(page, button(page, 'Add participant'));
    await pick(page, page.getByRole('combobox', { name: 'Actor' }), 'Zzyzx Institute', /^New actor/);
    const key = field(page, 'Readable key');
    await key.fill('russia');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: '“russia” is taken' }).waitFor();
    await key.fill('zzyzx-institute');
    await page.keyboard.press('Enter');
    await button(page, 'Remove Zzyzx Institute').waitFor();
    const { actor } = await dossier.data('{ actor(slug: "zzyzx-institute") { name kind } }');
    expect(actor).toEqual({ name: 'Zzyzx Institute', kind: 'PERSON' });
    expect((await dossier.data('{ actor(slug: "russia") { name } }'))['actor'].name).toBe('Russia');
  });

  test('show what is found although the page scrolls during the search', async ({ open, dossier }) => {
    const page = await open('/desk/new/statement', { viewport: { width: 360, height: 800 } });
    await signIn(page, await editorToken(dossier.db, 'scrolled'));
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/graphql', async (route) => {
      const isSearch = route.request().postData()?.includes('FindReferences') === true;
      if (isSearch) await released;
      await route.continue();
    });
    const asked = page.waitForRequest((request) => request.postData()?.includes('FindReferences') === true);
    await typeInto(page, page.getByRole('combobox', { name: 'Topics' }), 'arms control');
    await page.getByText('Searching…').waitFor();
    await asked;
    // As it does by itself when lines are added above the field.
    await page.evaluate('scrollBy(0, 40)');
    await page.getByText('Searching…').waitFor({ state: 'detached' });
    release();
    await page
      .getByRole('option', { name: /arms control/i })
      .first()
      .waitFor();
    await page.unrouteAll({ behavior: 'wait' });
  });

  test('show what the server refuses at its field, and lead there', async ({ open, dossier }) => {
    const page = await open('/desk/new/statement', { viewport: { width: 360, height: 800 } });
    await signIn(page, await editorToken(dossier.db, 'careless'));
    await typeInto(page, headlineField(page), 'A date that there is not');
    await typeInto(page, page.getByLabel('Date', { exact: true }), '2019-02-30');
    await page.getByText('Expected an EDTF date').waitFor();
    await page.keyboard.press('Control+s');
    const summary = page.getByRole('alert', { name: /^There / });
    await summary.waitFor();
    await expectAccessible(page);
    await pressEnterOn(page, summary.getByRole('link').first());
    const focused = page.locator(':focus');
    expect(await focused.getAttribute('aria-invalid')).toBe('true');
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  test('ask for a choice that is not made', async ({ open, dossier }) => {
    const page = await open('/desk/new/event');
    await signIn(page, await editorToken(dossier.db, 'undecided'));
    await page.keyboard.press('Control+s');
    await pressEnterOn(page, page.getByRole('link', { name: 'Type of event: Choose one.' }));
    expect(await page.locator(':focus').getAttribute('id')).toBe('f-type');
  });

  test('are restored after the browser has crashed', async ({ open, dossier }) => {
    const token = await editorToken(dossier.db, 'crashed');
    const page = await open('/desk/new/statement');
    await signIn(page, token);
    await typeInto(page, headlineField(page), 'Typed before the crash');
    const kept = () => page.evaluate<string>('JSON.stringify({ ...localStorage })');
    await expect.poll(kept).toContain('before the crash');
    const { origin } = new URL(page.url());
    const next = await page.context().newPage();
    await page.close({ runBeforeUnload: false });
    await next.goto(`${origin}/desk`);
    await signIn(next, token);
    await pressEnterOn(next, next.getByRole('link', { name: 'Statement: Typed before the crash' }));
    await next.getByText('Restored what you typed until').waitFor();
    expect(await headlineField(next).inputValue()).toBe('Typed before the crash');
    expect(await next.evaluate('JSON.stringify({ ...localStorage })')).not.toContain(token);
    await pressEnterOn(next, button(next, 'Start over'));
    await expect.poll(() => headlineField(next).inputValue()).toBe('');
  });

  test('show a lost update field by field, and join both changes', async ({ open, dossier }) => {
    const { slug } = (await mutate(
      dossier,
      'recordStatement',
      { headline: 'As it began', summary: 'Before', occurred: '2019' },
      'slug',
    )) as { slug: string };
    const page = await open(`/desk/d/${slug}/edit`);
    await signIn(page, await editorToken(dossier.db, 'second'));
    await headlineField(page).fill('As I see it');
    await mutate(dossier, 'reviseStatement', {
      slug,
      headline: 'As they see it',
      summary: 'After',
      reason: 'A better source',
    });
    await page.keyboard.press('Control+s');
    const conflict = page.getByRole('alert', { name: /^Not saved/ });
    await conflict.getByText('A better source').waitFor();
    await expectAccessible(page);
    const mine = conflict.getByRole('radio', { name: /^Yours As I see it/ });
    await tabTo(page, conflict.getByRole('radio', { name: /^Theirs As they see it/ }));
    await page.keyboard.press('ArrowDown');
    expect(await mine.isChecked()).toBe(true);
    await pressEnterOn(page, button(page, 'Continue with these values'));
    await page.keyboard.press('Control+s');
    await page.getByText('Draft, revision 3').waitFor();
    expect(await readDevelopment(dossier, slug, 'headline summary')).toEqual({
      headline: 'As I see it',
      summary: 'After',
    });
  });
});
