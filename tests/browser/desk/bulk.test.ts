import { describe, expect } from 'vitest';
import { createToken } from '../../../src/domain/token.js';
import { skipped } from '../../support/processes/browser.js';
import type { TestServer } from '../../support/server.js';
import { mutate } from '../../support/writes.js';
import { editorToken, expectAccessible, pressEnterOn, signIn, test, typeInto } from './desk-page.js';

const CITED = { citations: [{ source: 'inf-treaty-text-1987' }] };

const draft = async (server: TestServer, headline: string) =>
  (await mutate(server, 'recordStatement', { headline, occurred: '2026-11-20', ...CITED }, 'slug')) as {
    slug: string;
  };

/** Proposes a change as a contributor, and returns the id of the proposal. */
async function propose(server: TestServer, token: string, name: string, input: object): Promise<string> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { data } = await server.request<any>(
    `mutation ($input: ${type}!) { it: ${name}(input: $input) { ... on ProposedInsteadError { proposal { id } } } }`,
    { variables: { input }, token },
  );
  return data.it.proposal.id;
}

const fits = 'document.documentElement.scrollWidth <= innerWidth';

describe(`many at once at the desk${skipped}`, { skip: skipped !== '', timeout: 180_000 }, () => {
  test('approve drafts in the queue, after a preview, and take it back, by the keyboard', async ({
    open,
    dossier,
  }) => {
    for (const headline of ['One of three', 'Two of three', 'Three of three']) await draft(dossier, headline);
    const page = await open('/desk?state=DRAFT');
    const token = await editorToken(dossier.db, 'bulk-editor');
    await signIn(page, token);
    await page.getByRole('link', { name: 'One of three' }).waitFor();
    for (const key of ['j', 'v', 'j', 'v']) await page.keyboard.press(key);
    await page.getByRole('button', { name: 'Change 2 developments' }).waitFor();
    await page.keyboard.press('b');
    await page.getByRole('heading', { name: 'Change 2 developments at once' }).waitFor();
    await expectAccessible(page);
    await pressEnterOn(page, page.getByRole('button', { name: 'Preview' }));
    await page.getByText('2 would change, 0 are so already, 0 cannot be changed.').waitFor();
    await expectAccessible(page);
    await pressEnterOn(page, page.getByRole('button', { name: 'Approve: 2 developments' }));
    await page.getByText('Approve: 2 developments changed.').waitFor();
    await page.getByRole('link', { name: 'Approved 2' }).waitFor();
    await pressEnterOn(page, page.getByRole('button', { name: 'Undo' }));
    await page.getByText('Undone: 2 developments.').waitFor();
    await page.getByRole('link', { name: 'Approved 0' }).waitFor();
    expect(await page.evaluate(fits)).toBe(true);
  });

  test('decide about proposals field by field, which their author sees', async ({ open, dossier }) => {
    const { slug } = await draft(dossier, 'As it was');
    await mutate(dossier, 'publishDevelopment', { slug }, 'slug');
    const carl = await createToken(dossier.db, { name: 'carl', role: 'CONTRIBUTOR' });
    await propose(dossier, carl, 'reviseStatement', {
      slug,
      headline: 'A better title',
      summary: 'Too much.',
    });
    await propose(dossier, carl, 'recordStatement', { headline: 'Not for us', occurred: '2026', ...CITED });

    const page = await open('/desk/proposals?state=RECEIVED');
    await signIn(page, await editorToken(dossier.db, 'decider'));
    await page.getByRole('link', { name: 'Received 2' }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'A better title', level: 1 }).waitFor();
    await expectAccessible(page);
    const summary = page.getByRole('checkbox', { name: 'Accept: Summary' });
    await summary.focus();
    await page.keyboard.press('Space');
    await pressEnterOn(page, page.getByRole('button', { name: 'Accept: 1 of 2 fields' }));
    await page.getByText('Accepted by decider as revision 3.').waitFor();
    await page.goBack();
    await pressEnterOn(page, page.getByRole('link', { name: 'Not for us' }));
    await page.getByRole('heading', { name: 'Not for us', level: 1 }).waitFor();
    await typeInto(page, page.getByRole('textbox', { name: 'Reason' }), 'No source of its own.');
    await pressEnterOn(page, page.getByRole('button', { name: 'Reject' }));
    await page.getByText('Rejected by decider: No source of its own.').waitFor();

    const own = await open('/desk', { viewport: { width: 360, height: 800 } });
    await signIn(own, carl);
    await own.getByRole('heading', { name: 'Your proposals' }).waitFor();
    await own.getByText('Accepted by decider as revision 3.').waitFor();
    await own.getByText('Rejected by decider: No source of its own.').waitFor();
    await expectAccessible(own);
    expect(await own.evaluate(fits)).toBe(true);
  });

  test('decide about several proposals at once, without those that cannot be accepted', async ({
    open,
    dossier,
  }) => {
    const { slug } = await draft(dossier, 'Changed meanwhile');
    await mutate(dossier, 'publishDevelopment', { slug }, 'slug');
    const flo = await createToken(dossier.db, { name: 'flo', role: 'CONTRIBUTOR' });
    await propose(dossier, flo, 'reviseStatement', { slug, headline: 'Too late' });
    for (const headline of ['First of the flood', 'Second of the flood']) {
      await propose(dossier, flo, 'recordStatement', { headline, occurred: '2026', ...CITED });
    }
    await mutate(dossier, 'reviseStatement', { slug, headline: 'Changed since' });
    const page = await open('/desk/proposals?state=RECEIVED', { viewport: { width: 360, height: 800 } });
    await signIn(page, await editorToken(dossier.db, 'clearing'));
    await page.getByRole('link', { name: 'Too late' }).waitFor();
    for (const name of ['Too late', 'First of the flood', 'Second of the flood']) {
      await page.getByRole('checkbox', { name: `Select: ${name}` }).focus();
      await page.keyboard.press('Space');
    }
    await pressEnterOn(page, page.getByRole('button', { name: 'Decide about 3 proposals' }));
    await page.getByRole('heading', { name: 'Decide about 3 proposals at once' }).waitFor();
    await expectAccessible(page);
    await pressEnterOn(page, page.getByRole('button', { name: 'Accept and publish: 3 proposals' }));
    const failing = page.getByRole('list', { name: 'In the way' });
    await failing.getByText('Too late').waitFor();
    await expectAccessible(page);
    await pressEnterOn(page, page.getByRole('button', { name: 'Accept and publish: 2 proposals' }));
    await page.getByText('Accepted: 2 proposals.').waitFor();
    await expect.poll(() => page.getByRole('link', { name: 'First of the flood' }).count()).toBe(0);
    await pressEnterOn(page, page.getByRole('button', { name: 'Undo' }));
    await page.getByText('Undone: 2 developments.').waitFor();
    expect(await page.evaluate(fits)).toBe(true);
  });

  test('an admin publishes without review, for a reason', async ({ open, dossier }) => {
    const { slug } = await draft(dossier, 'Too urgent to wait');
    const page = await open(`/desk/d/${slug}`);
    await signIn(page, await createToken(dossier.db, { name: 'chief', role: 'ADMIN' }));
    await pressEnterOn(page, page.getByRole('button', { name: 'Publish without review' }));
    await typeInto(page, page.getByRole('textbox', { name: 'Reason' }), 'Nobody else is here');
    await pressEnterOn(page, page.getByRole('button', { name: 'Publish it' }));
    await page.getByText('Published, revision 2').waitFor();
  });
});
