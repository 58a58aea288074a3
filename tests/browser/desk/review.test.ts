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

describe(`two editors at the desk${skipped}`, { skip: skipped !== '', timeout: 180_000 }, () => {
  test('write, submit, request a change, approve and publish, by the keyboard alone', async ({
    open,
    dossier,
  }) => {
    const headline = 'The moratorium stands, Ryabkov says';
    const kim = await open('/desk?state=IN_REVIEW');
    await signIn(kim, await editorToken(dossier.db, 'kim'));
    await kim.getByText('Nothing is here.').waitFor();
    const wire = await open('/');
    await wire.getByText('Live', { exact: true }).waitFor();

    const jo = await open('/desk/new/statement');
    await signIn(jo, await editorToken(dossier.db, 'jo'));
    await typeInto(jo, headlineField(jo), headline);
    await typeInto(jo, jo.getByLabel('Date', { exact: true }), '2026-11-20');
    await pressEnterOn(jo, jo.getByRole('button', { name: 'Add participant' }));
    await pick(jo, jo.getByRole('combobox', { name: 'Actor' }), 'Sergey Ryabkov', /^New actor/);
    await jo.getByText('The record may have it already').waitFor();
    await pressEnterOn(jo, jo.getByRole('button', { name: /Use this actor.*Sergei Ryabkov/ }));
    await pressEnterOn(jo, jo.getByRole('button', { name: 'Add citation' }));
    await pick(jo, jo.getByRole('combobox', { name: 'Source' }), 'Text of the INF', /Text of the INF/);
    await pressEnterOn(jo, jo.getByRole('button', { name: 'Save as draft' }));
    await jo.getByText('Draft, revision 1').waitFor();
    await jo.getByRole('button', { name: 'Submit for review' }).waitFor(); // Its key works with it.
    await jo.keyboard.press('s');
    await jo.getByText('In review', { exact: true }).waitFor();

    // The queue of the other shows it without a reload.
    await kim.getByRole('link', { name: headline }).waitFor();
    await kim.getByRole('link', { name: 'In review 1' }).waitFor();
    await expectAccessible(kim);
    await kim.keyboard.press('?');
    await kim.getByRole('heading', { name: 'Keys' }).waitFor();
    await expectAccessible(kim);
    await kim.keyboard.press('Escape');
    await kim.keyboard.press('j');
    await kim.keyboard.press('r');
    await kim.getByRole('heading', { name: `Request changes: ${headline}` }).waitFor();
    await pressEnterOn(kim, kim.getByRole('button', { name: 'Add note' }));
    await typeInto(kim, kim.getByLabel('What to change'), 'Say which moratorium');
    await expectAccessible(kim);
    await pressEnterOn(kim, kim.getByRole('button', { name: 'Request changes' }));
    await kim.getByText(`Changes requested: ${headline}`).waitFor();

    await jo.getByText('Say which moratorium').first().waitFor();
    await expectAccessible(jo);
    await pressEnterOn(jo, jo.getByRole('link', { name: 'Revise' }));
    await headlineField(jo).fill('The missile moratorium stands, Ryabkov says');
    await jo.keyboard.press('Control+s');
    await jo.getByText('Draft, revision 2').waitFor();
    await jo.getByRole('button', { name: 'Submit for review' }).waitFor(); // Its key works with it.
    await jo.keyboard.press('s');

    const changed = kim.getByRole('link', { name: 'The missile moratorium stands, Ryabkov says' });
    await changed.waitFor();
    await tabTo(kim, changed);
    await kim.keyboard.press('a');
    await kim.getByText('Approved: The missile moratorium stands').waitFor();
    await pressEnterOn(kim, kim.getByRole('link', { name: /^Approved 1/ }));
    await changed.waitFor();
    await kim.keyboard.press('j');
    await kim.keyboard.press('p');
    await kim.getByText('Published: The missile moratorium stands').waitFor();
    await wire.getByRole('heading', { name: 'The missile moratorium stands, Ryabkov says' }).waitFor();
  });

  test('put a draft under embargo, and see it appear on the wire on time', async ({ open, dossier: one }) => {
    const citations = [{ source: 'inf-treaty-text-1987' }];
    const { slug } = (await mutate(
      one,
      'recordStatement',
      { headline: 'Not before its time', occurred: '2026-11-21', citations },
      'slug',
    )) as { slug: string };
    const wire = await open('/');
    await wire.getByText('Live', { exact: true }).waitFor();
    const page = await open(`/desk/d/${slug}`, { timezoneId: 'Europe/Berlin' });
    await signIn(page, await editorToken(one.db, 'embargo'));
    await pressEnterOn(page, page.getByRole('button', { name: 'Publish later' }));
    const at = new Date(Date.now() + 3_600_000);
    const berlin = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Europe/Berlin',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    await page.getByLabel('Publish at').fill(berlin.format(at).replace(' ', 'T'));
    await page.getByText('In the time zone Europe/Berlin').waitFor();
    await pressEnterOn(page, page.getByRole('button', { name: 'Set the embargo' }));
    await page.getByText('Under embargo', { exact: true }).waitFor();
    const { review } = await readDevelopment(one, slug, 'review { publishAt }');
    expect(Date.parse(review.publishAt)).toBe(Math.floor(at.getTime() / 1_000) * 1_000);
    // An hour is too long for a test.
    const publishAt = new Date(Date.now() + 4_000).toISOString();
    expect(await mutate(one, 'schedulePublication', { slug, publishAt })).not.toHaveProperty('code');
    await wire.getByRole('heading', { name: 'Not before its time' }).waitFor();
    const { publishedAt } = await readDevelopment(one, slug, 'publishedAt');
    expect(Date.parse(publishedAt)).toBeGreaterThanOrEqual(Date.parse(publishAt));
  });
});
