import { describe, expect } from 'vitest';
import { publishStatement } from '../support/fixtures.js';
import { skipped } from '../support/processes/browser.js';
import type { TestServer } from '../support/server.js';
import { headlines, live, test } from './wire-page.js';

/** Erases a development, or its quotation only, in the two steps of an admin. */
async function erase(server: TestServer, input: object): Promise<void> {
  const { requested } = await server.data(
    `mutation ($input: RequestErasureInput!) {
      requested: requestErasure(input: $input) { ... on RequestErasureSuccess { confirmationCode } }
    }`,
    { input: { ground: 'PERSONAL_DATA', reason: 'Case 7', ...input } },
  );
  const { erased } = await server.data(
    'mutation ($code: String!) { erased: erase(input: { code: $code }) { __typename } }',
    { code: requested.confirmationCode },
  );
  expect(erased.__typename).toBe('EraseSuccess');
}

const SENTENCE = 'erased from the record just now, to protect personal data.';

describe(`an erasure while pages are open${skipped}`, { skip: skipped !== '' }, () => {
  test('drops a development from lists, its page and frames, and says so', async ({ open, dossier }) => {
    const slug = await publishStatement(dossier, 'Xylograph speaks', { occurred: '2026-03-01' });
    const list = await open('/');
    const other = await open('/?kind=EVENT');
    const page = await open(`/d/${slug}`);
    const frame = await open('/embed');
    for (const one of [list, other, page]) await live(one);
    await expect.poll(() => frame.getByText('Xylograph').count()).toBe(1);
    await erase(dossier, { slug, target: 'DEVELOPMENT' });
    await list.locator('.mark', { hasText: `A development was ${SENTENCE}` }).waitFor();
    expect((await headlines(list)).filter((text) => text.includes('Xylograph'))).toEqual([]);
    await page.locator('.mark', { hasText: `This development was ${SENTENCE}` }).waitFor();
    await page.getByRole('heading', { name: 'Erased', level: 1 }).waitFor();
    await expect.poll(() => page.title()).toBe('Erased · Doctrine Wire');
    for (const one of [list, page, frame]) {
      await expect.poll(() => one.locator('body').innerText()).not.toContain('Xylograph');
    }
    expect(await other.locator('.mark').count()).toBe(0);
  });

  test('takes a quotation from the page of its statement, which stays', async ({ open, dossier }) => {
    const slug = await publishStatement(dossier, 'Words that go', {
      quotation: 'Kwyjibo zanzibar.',
      originalLanguage: 'en',
    });
    const page = await open(`/d/${slug}`);
    const list = await open('/');
    for (const one of [page, list]) await live(one);
    await erase(dossier, { slug, target: 'QUOTATION' });
    await page.locator('.mark', { hasText: `The quotation was ${SENTENCE}` }).waitFor();
    expect(await page.locator('h1').innerText()).toBe('Words that go');
    for (const one of [page, list]) {
      await expect.poll(() => one.locator('body').innerText()).not.toContain('Kwyjibo');
    }
  });

  test('removes an erased actor from lists, and empties its page', async ({ open, dossier }) => {
    await dossier.data(
      'mutation { upsertActor(input: { slug: "kwyjibo", name: "Kwyjibo Zanzibar", kind: PERSON }) { __typename } }',
    );
    await publishStatement(dossier, 'Words that stay', {
      participants: [{ actor: 'kwyjibo', role: 'SPEAKER' }],
    });
    const page = await open('/actors/kwyjibo');
    const list = await open('/');
    for (const one of [page, list]) await live(one);
    expect(await list.locator('body').innerText()).toContain('Kwyjibo Zanzibar');
    await erase(dossier, { slug: 'kwyjibo', target: 'ACTOR' });
    await page.locator('.mark', { hasText: `This actor was ${SENTENCE}` }).waitFor();
    await page.getByRole('heading', { name: 'Erased', level: 1 }).waitFor();
    await expect.poll(() => page.title()).toBe('Erased · Doctrine Wire');
    for (const one of [page, list]) {
      await expect.poll(() => one.locator('body').innerText()).not.toContain('Kwyjibo');
    }
    expect(await headlines(list)).toContain('Words that stay');
  });
});

test('the header of a reference follows a change of the reference alone, and says so', {
  skip: skipped !== '',
}, async ({ open, dossier }) => {
  const name =
    'mutation ($name: String!) { upsertTopic(input: { slug: "drills", name: $name }) { __typename } }';
  await dossier.data(name, { name: 'Drills' });
  await publishStatement(dossier, 'On drills', { topics: ['drills'] });
  const page = await open('/topics/drills');
  await live(page);
  await dossier.data(name, { name: 'Drills and more' });
  await page.getByRole('heading', { name: 'Drills and more', level: 1 }).waitFor();
  await page.locator('.reference .mark', { hasText: 'Revised just now' }).waitFor();
});
