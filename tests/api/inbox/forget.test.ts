import { decodeGlobalID } from '@pothos/plugin-relay';
import { expect } from 'vitest';
import { forgetTexts } from '../../../src/intake/inbox/forget-texts.js';
import { describeWithDatabase, publishStatement, test } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { add, article } from './inbox-client.js';

const DAY = 86_400_000;
const QUOTATION = 'Kwyjibo zanzibar quotidian flummox.';

const itemOf = async (server: TestServer, id: string): Promise<any> =>
  (await server.data('query ($id: ID!) { inboxItem(id: $id) { title text suggestions { key } } }', { id }))[
    'inboxItem'
  ];

async function eraseQuotation(server: TestServer, slug: string): Promise<void> {
  const { asked } = await server.data(
    `mutation ($slug: String!) { asked: requestErasure(input: {
      slug: $slug, target: QUOTATION, ground: PERSONAL_DATA, reason: "Case 7" }) {
      ... on RequestErasureSuccess { confirmationCode } } }`,
    { slug },
  );
  const { erased } = await server.data(
    'mutation ($code: String!) { erased: erase(input: { code: $code }) { __typename } }',
    { code: asked.confirmationCode },
  );
  expect(erased).toEqual({ __typename: 'EraseSuccess' });
}

describeWithDatabase('texts of articles', () => {
  test('are deleted after their days, and the article is known when it comes again', async ({ server }) => {
    const url = 'https://example.org/old';
    const { item: old } = await add(server, { text: article(1), url });
    const { item: young } = await add(server, { text: article(2), url: 'https://example.org/young' });
    await server.db.inboxItem.update({
      where: { id: decodeGlobalID(old.id).id },
      data: { receivedAt: new Date(Date.now() - 91 * DAY) },
    });
    await forgetTexts(server.db, 90);
    expect(await itemOf(server, old.id)).toEqual({ title: old.title, text: null, suggestions: [] });
    expect(await itemOf(server, young.id)).toMatchObject({ text: young.text });
    const again = await add(server, { text: article(1), url });
    expect(again).toMatchObject({ isNew: false, item: { id: old.id, text: null } });
  });

  test('with erased words lose title and text in all versions, and get none again', async ({ server }) => {
    const url = 'https://example.org/secret';
    const text = `${article(1)}\n\nHe said: “Kwyjibo zanzibar\nquotidian flummox.”`;
    const { item: first } = await add(server, { title: 'A secret', text, url });
    await add(server, { text: `${article(2)} Corrected.`, url });
    const { item: other } = await add(server, { text: article(3), url: 'https://example.org/other' });
    const slug = await publishStatement(server, 'Somebody speaks', {
      ...{ quotation: QUOTATION, originalLanguage: 'en', citations: [{ source: 'source' }] },
    });
    await eraseQuotation(server, slug);
    expect(await itemOf(server, first.id)).toEqual({ title: 'Erased', text: null, suggestions: [] });
    const kept = await server.db.inboxVersion.findMany({ select: { title: true, text: true } });
    expect(JSON.stringify(kept)).not.toMatch(/kwyjibo|secret/i);
    expect(await add(server, { text, url })).toMatchObject({ isNew: false, item: { text: null } });
    expect(await itemOf(server, other.id)).toMatchObject({ text: other.text });
  });
});
