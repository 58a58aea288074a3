import type { Locator, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
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
} from '../browser/desk/desk-page.js';
import { live } from '../browser/wire-page.js';
import { createDatabase } from '../support/database.js';
import { expectVerified } from '../support/expect-verified.js';
import { skipped } from '../support/processes/browser.js';
import { startTestServer } from '../support/server.js';
import { mutate, readDevelopment } from '../support/writes.js';

const [FIRST, TWIN, LATER] = [
  'The moratorium stands, Ryabkov says',
  'The moratorium stands, Ryabkov said',
  'Talks go on in spring, Ryabkov says',
];
const BETTER = 'The missile moratorium stands, Ryabkov says';

/** Writes a statement in the form, saves it as a draft, and returns its slug. */
async function write(page: Page, headline: string, date: string): Promise<string> {
  await page.goto(new URL('/desk/new/statement', page.url()).href);
  await typeInto(page, headlineField(page), headline);
  await typeInto(page, page.getByLabel('Date', { exact: true }), date);
  await pressEnterOn(page, page.getByRole('button', { name: 'Add participant' }));
  await pick(page, page.getByRole('combobox', { name: 'Actor' }), 'Sergey Ryabkov', /^New actor/);
  // The actor is in the record under another spelling.
  await page.getByText('The record may have it already').waitFor();
  await pressEnterOn(page, page.getByRole('button', { name: /Use this actor.*Sergei Ryabkov/ }));
  await pressEnterOn(page, page.getByRole('button', { name: 'Add citation' }));
  await pick(page, page.getByRole('combobox', { name: 'Source' }), 'Text of the INF', /Text of the INF/);
  await pressEnterOn(page, page.getByRole('button', { name: 'Save as draft' }));
  await page.getByText('Draft, revision 1').waitFor();
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** Goes to a field that has a text, and types another one over it. */
async function retype(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

/** Types a moment into a field, part by part as Chromium shows it, in the time zone of the page. */
async function typeTime(page: Page, field: Locator, at: Date): Promise<void> {
  const timeZone = 'Europe/Berlin';
  const typed = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: true },
  }).formatToParts(at);
  await tabTo(page, field);
  for (const { type, value } of typed) {
    if (type === 'literal') continue;
    await page.keyboard.type(value);
    if (type === 'year') await page.keyboard.press('ArrowRight'); // Years can have more digits.
  }
  const shown = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(at);
  // Chromium leaves out seconds that are zero.
  expect(`${await field.inputValue()}:00`.slice(0, 19)).toBe(shown.replace(' ', 'T'));
}

async function submit(page: Page, slug: string): Promise<void> {
  await page.goto(new URL(`/desk/d/${slug}`, page.url()).href);
  await page.getByRole('button', { name: 'Submit for review' }).waitFor(); // Its key works with it.
  await page.keyboard.press('s');
  await page.getByText('In review', { exact: true }).waitFor();
}

describe(`a newsroom on two instances${skipped}`, { skip: skipped !== '', timeout: 600_000 }, () => {
  test('writes, reviews, publishes, merges and parts again, by the keyboard alone', async ({ open }) => {
    await using database = await createDatabase('dossier');
    const settings = { SEED: 'dossier', REVIEW: 'required' };
    await using one = await startTestServer(database.location, settings);
    await using other = await startTestServer(database.location, settings);
    const jo = await open('/desk', { server: one, timezoneId: 'Europe/Berlin' });
    await signIn(jo, await editorToken(one.db, 'jo'), { isKept: true });
    const kim = await open('/desk?state=IN_REVIEW', { server: other, timezoneId: 'Europe/Berlin' });
    await signIn(kim, await editorToken(one.db, 'kim'), { isKept: true });
    const wires = [await open('/', { server: one }), await open('/', { server: other })];
    for (const wire of wires) await live(wire);

    // Three statements. Somebody else revises the third meanwhile, and the conflict is shown field by field.
    const first = await write(jo, FIRST, '2026-11-20');
    const twin = await write(jo, TWIN, '2026-11-20');
    const later = await write(jo, LATER, '2026-11-21');
    await pressEnterOn(jo, jo.getByRole('link', { name: 'Revise' }));
    await retype(jo, headlineField(jo), 'Talks go on in spring');
    await kim.goto(new URL(`/desk/d/${later}/edit`, kim.url()).href);
    await retype(kim, headlineField(kim), 'Talks go on in May, Ryabkov says');
    await kim.keyboard.press('Control+s');
    await kim.getByText('Draft, revision 2').waitFor();
    await tabTo(jo, headlineField(jo));
    await jo.keyboard.press('Control+s');
    const conflict = jo.getByRole('alert', { name: /^Not saved/ });
    await conflict.getByText('Talks go on in May, Ryabkov says').waitFor();
    await expectAccessible(jo);
    await tabTo(jo, conflict.getByRole('radio', { name: /^Theirs/ }));
    await jo.keyboard.press('ArrowDown');
    await pressEnterOn(jo, jo.getByRole('button', { name: 'Continue with these values' }));
    await jo.keyboard.press('Control+s');
    await jo.getByText('Draft, revision 3').waitFor();
    expect(await readDevelopment(one, later, 'headline')).toEqual({ headline: 'Talks go on in spring' });
    for (const slug of [twin, later, first]) await submit(jo, slug);

    // The queue of the other instance shows them. A change is requested, seen and made, each live.
    await kim.goto(new URL('/desk?state=IN_REVIEW', kim.url()).href);
    await kim.getByRole('link', { name: 'In review 3' }).waitFor();
    await expectAccessible(kim);
    await tabTo(kim, kim.getByRole('link', { name: FIRST, exact: true }));
    await kim.keyboard.press('r');
    await kim.getByRole('heading', { name: `Request changes: ${FIRST}` }).waitFor();
    await pressEnterOn(kim, kim.getByRole('button', { name: 'Add note' }));
    await typeInto(kim, kim.getByLabel('What to change'), 'Say which moratorium');
    await pressEnterOn(kim, kim.getByRole('button', { name: 'Request changes' }));
    await jo.getByText('Say which moratorium').first().waitFor();
    await pressEnterOn(jo, jo.getByRole('link', { name: 'Revise' }));
    await retype(jo, headlineField(jo), BETTER);
    await jo.keyboard.press('Control+s');
    await jo.getByText('Draft, revision 2').waitFor();
    await submit(jo, first);
    const changed = kim.getByRole('link', { name: BETTER });
    await changed.waitFor();

    // Two are approved and published, and both instances show them at once.
    for (const headline of [BETTER, TWIN]) {
      await tabTo(kim, kim.getByRole('link', { name: headline, exact: true }));
      await kim.keyboard.press('p');
      await kim.getByText(`Published: ${headline}`).waitFor();
      for (const wire of wires) await wire.getByRole('heading', { name: headline }).waitFor();
    }
    await expectAccessible(wires[0] as Page);

    // The third is under embargo. It appears on both instances, not before its time.
    await kim.goto(new URL(`/desk/d/${later}`, kim.url()).href);
    await kim.getByRole('button', { name: 'Approve' }).waitFor();
    await kim.keyboard.press('a');
    await kim.getByText('Approved', { exact: true }).first().waitFor();
    await pressEnterOn(kim, kim.getByRole('button', { name: 'Publish later' }));
    await kim.getByLabel('Publish at').waitFor();
    await expectAccessible(kim);
    const at = new Date(Date.now() + 3_600_000);
    await typeTime(kim, kim.getByLabel('Publish at'), at);
    await pressEnterOn(kim, kim.getByRole('button', { name: 'Set the embargo' }));
    await kim.getByText('Under embargo', { exact: true }).waitFor();
    const { review } = await readDevelopment(one, later, 'review { publishAt }');
    expect(Date.parse(review.publishAt)).toBe(Math.floor(at.getTime() / 1_000) * 1_000);
    // An hour is too long for a test.
    const publishAt = new Date(Date.now() + 4_000).toISOString();
    expect(await mutate(one, 'schedulePublication', { slug: later, publishAt })).not.toHaveProperty('code');
    for (const wire of wires) await wire.getByRole('heading', { name: 'Talks go on in spring' }).waitFor();
    const { publishedAt } = await readDevelopment(one, later, 'publishedAt');
    expect(Date.parse(publishedAt)).toBeGreaterThanOrEqual(Date.parse(publishAt));

    // Two of them are one thing. Both pages of it change live, and back.
    const pages = [await open(`/d/${twin}`, { server: one }), await open(`/d/${twin}`, { server: other })];
    for (const page of pages) await live(page);
    await jo.goto(new URL('/desk/suggestions?kind=DEVELOPMENT', jo.url()).href);
    const pairOf = (page: Page) =>
      page.getByRole('article', { name: /moratorium stands.*moratorium stands/ });
    await pressEnterOn(jo, pairOf(jo).getByRole('button', { name: /^The same/ }));
    await jo.getByText(/^Judged the same/).waitFor();
    await kim.goto(new URL('/desk/suggestions?kind=DEVELOPMENT', kim.url()).href);
    await pressEnterOn(kim, pairOf(kim).getByRole('button', { name: /^Merge…/ }));
    const form = kim.getByRole('form', { name: /^Merge / });
    await form.getByText(/is withdrawn, and leads to it/).waitFor();
    await expectAccessible(kim);
    await tabTo(kim, form.getByRole('radio', { name: new RegExp(BETTER) }));
    await kim.keyboard.press('Space');
    await form.getByText(`“${TWIN}” is withdrawn, and leads to it.`).waitFor();
    await typeInto(kim, form.getByLabel('Reason for the merge'), 'Said once.');
    await pressEnterOn(kim, form.getByRole('button', { name: `Merge into ${BETTER}` }));
    await kim.getByText(`Merged into ${BETTER}.`).waitFor();
    for (const page of pages) {
      await page.locator('.change .mark', { hasText: 'Retracted just now: Said once.' }).waitFor();
    }
    await pressEnterOn(jo, jo.getByRole('link', { name: 'Merges' }));
    await jo.getByText('Said once.').waitFor();
    await expectAccessible(jo);
    await pressEnterOn(jo, jo.getByRole('button', { name: /^Undo the merge/ }));
    await jo.getByText(/^Undone by jo/).waitFor();
    for (const page of pages) {
      await page.locator('.change .mark', { hasText: 'Published again just now' }).waitFor();
      await expectAccessible(page);
    }
    for (const wire of wires) await wire.getByRole('heading', { name: TWIN }).waitFor();
    await expectVerified(one.db);
    // Before the servers end: the browser would complain that it cannot connect again.
    for (const page of [jo, kim, ...wires, ...pages]) await page.context().close();
  });
});
