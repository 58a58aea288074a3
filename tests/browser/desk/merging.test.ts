import { describe, expect } from 'vitest';
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
});
