import { describe, expect } from 'vitest';
import { createToken } from '../../../src/domain/token.js';
import { skipped } from '../../support/processes/browser.js';
import { mutate, readDevelopment } from '../../support/writes.js';
import { editorToken, expectAccessible, pressEnterOn, signIn, test, typeInto } from './desk-page.js';

describe(`duplicates at the desk${skipped}`, { skip: skipped !== '', timeout: 180_000 }, () => {
  test('are merged after a preview and a choice, and parted again, by the keyboard alone', async ({
    open,
    dossier,
  }) => {
    await mutate(dossier, 'upsertActor', { slug: 'dmitry-quandt', kind: 'PERSON', name: 'Dmitry Quandt' });
    await mutate(dossier, 'upsertActor', { slug: 'dmitri-quandt', kind: 'PERSON', name: 'Dmitri Quandt' });
    await mutate(dossier, 'upsertSource', { slug: 'quandt', title: 'Quandt speaks' });
    await mutate(dossier, 'recordStatement', {
      ...{ slug: 'quandt-speaks', headline: 'Quandt speaks', occurred: '2026-01-01', publish: true },
      ...{ citations: [{ source: 'quandt' }], participants: [{ actor: 'dmitri-quandt', role: 'SPEAKER' }] },
    });
    const speaker = async () => {
      const { participants } = await readDevelopment(
        dossier,
        'quandt-speaks',
        'participants { actor { slug } }',
      );
      return participants.map(({ actor }: any) => actor.slug);
    };
    const page = await open('/desk/suggestions?kind=ACTOR');
    await signIn(page, await editorToken(dossier.db, 'kim'));
    const pair = page.getByRole('article', { name: /Quandt and .* Quandt/ });
    await pressEnterOn(page, pair.getByRole('button', { name: /^Merge…/ }));
    const form = page.getByRole('form', { name: /^Merge / });
    await form.getByText('1 development').waitFor();
    await expectAccessible(page);
    await typeInto(page, form.getByLabel('Reason for the merge'), 'One man.');
    await pressEnterOn(page, form.getByRole('button', { name: 'Merge into Dmitry Quandt' }));
    await page.getByText('Merged into Dmitry Quandt.').waitFor();
    expect(await speaker()).toEqual(['dmitry-quandt']);
    const gone = await fetch(new URL('/actors/dmitri-quandt', dossier.url), { redirect: 'manual' });
    expect([gone.status, gone.headers.get('location')]).toEqual([301, '/actors/dmitry-quandt']);

    await pressEnterOn(page, page.getByRole('link', { name: 'Merges' }));
    await page.getByText('One man.').waitFor();
    await expectAccessible(page);
    await page.setViewportSize({ width: 360, height: 800 });
    await expectAccessible(page);
    await pressEnterOn(page, page.getByRole('button', { name: /^Undo the merge/ }));
    await page.getByText(/^Undone by kim/).waitFor();
    expect(await speaker()).toEqual(['dmitri-quandt']);
  });

  test('that are merged alone are parted by an admin with a reason, if review is required', async ({
    open,
    dossier,
  }) => {
    await mutate(dossier, 'upsertActor', { slug: 'ann-zoller', kind: 'PERSON', name: 'Ann Zoller' });
    await mutate(dossier, 'upsertActor', { slug: 'anne-zoller', kind: 'PERSON', name: 'Anne Zoller' });
    await mutate(dossier, 'upsertSource', { slug: 'zoller', title: 'Zoller speaks' });
    await mutate(dossier, 'recordStatement', {
      ...{ slug: 'zoller-speaks', headline: 'Zoller speaks', occurred: '2026-01-01', publish: true },
      ...{ citations: [{ source: 'zoller' }], participants: [{ actor: 'ann-zoller', role: 'SPEAKER' }] },
    });
    const token = await createToken(dossier.db, { name: 'chief', role: 'ADMIN' });
    const { data } = await dossier.request(
      `mutation { mergeActors(input: { from: "ann-zoller", into: "anne-zoller", reason: "One woman." }) { __typename } }`,
      { token },
    );
    expect(data).toEqual({ mergeActors: { __typename: 'MergeActorsSuccess' } });
    await dossier.db.$executeRaw`UPDATE review_policy SET mode = 'REQUIRED'`;
    try {
      const page = await open('/desk/merges');
      await signIn(page, token);
      const item = page.getByRole('listitem').filter({ hasText: 'One woman.' });
      await pressEnterOn(page, item.getByRole('button', { name: /^Undo the merge/ }));
      await pressEnterOn(page, item.getByRole('button', { name: 'Undo without review…' }));
      await page.getByRole('heading', { name: 'Undo without review: Ann Zoller into Anne Zoller' }).waitFor();
      await expectAccessible(page);
      await typeInto(page, page.getByRole('textbox', { name: 'Reason' }), 'They are two');
      await pressEnterOn(page, page.getByRole('button', { name: 'Undo it' }));
      await item.getByText(/^Undone by chief/).waitFor();
    } finally {
      await dossier.db.$executeRaw`UPDATE review_policy SET mode = 'OPTIONAL'`;
    }
    const { revisions } = await readDevelopment(
      dossier,
      'zoller-speaks',
      'revisions(first: 1) { nodes { reason } }',
    );
    expect(revisions.nodes).toEqual([{ reason: 'Without review: They are two' }]);
  });
});
