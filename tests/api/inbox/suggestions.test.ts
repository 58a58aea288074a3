import { expect } from 'vitest';
// Loaded here: the first request would wait for it.
import '../../../src/intake/extract/extract.js';
import '../../../src/intake/record-names.js';
import { describeWithDatabase, test } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { expectWhole } from '../../support/writes.js';
import { send } from '../desk/desk-client.js';
import { add } from './inbox-client.js';

const TEXT = `The moratorium on missiles is over, officials in Moscow say.

Deputy Foreign Minister Anna Lebedeva said on Monday that Russia would no longer observe the moratorium on missiles of shorter range. “We see no reason to keep it,” Lebedeva told reporters.

Russia withdrew from the Range Treaty on 4 August 2019, after the other side had left it.

“Nobody should be surprised,” analysts said.`;

const URL = 'https://www.example.org/moratorium?utm_source=x';

/** Actors, a treaty, and an event whose date the article contradicts. Returns the article. */
async function prepare(server: TestServer): Promise<{ id: string }> {
  await server.data(`mutation {
    a: upsertActor(input: { slug: "anna-lebedeva", kind: PERSON, name: "Anna Lebedeva" }) { __typename }
    b: upsertActor(input: { slug: "russia", kind: STATE, name: "Russia", countryCode: "RU" }) { __typename }
    c: upsertTreaty(input: { slug: "range-treaty", name: "Range Treaty" }) { __typename }
    d: upsertSource(input: { slug: "old", title: "Old" }) { __typename }
    e: recordEvent(input: { slug: "withdrawal", headline: "Russia withdraws from the Range Treaty", occurred: "2019-08-02",
      type: TREATY_ACTION, publish: true, participants: [{ actor: "russia", role: INITIATOR }], treaties: ["range-treaty"],
      citations: [{ source: "old" }] }) { __typename }
  }`);
  const { item } = await add(server, {
    text: TEXT,
    url: URL,
    publishedAt: '2025-08-05T10:00:00Z',
    language: 'en',
  });
  return item;
}

const SUGGESTIONS = `query ($id: ID!) { inboxItem(id: $id) { state text suggestions {
  key kind excerpt start end rule grade draft match { claimedDate development { slug } }
  use { act editor development { slug } } } } }`;

const read = async (server: TestServer, id: string): Promise<any> =>
  (await server.data(SUGGESTIONS, { id }))['inboxItem'];

const pick = (item: any, words: string) => {
  const found = item.suggestions.find((one: any) => one.excerpt.includes(words));
  if (!found) throw new Error(`No suggestion has the words ${words}: ${JSON.stringify(item.suggestions)}`);
  return found;
};

const SLUG = 'development { slug status }';

describeWithDatabase('suggestions of an article', () => {
  test('stand literally in the text, with the same keys each time', async ({ server }) => {
    const { id } = await prepare(server);
    const item = await read(server, id);
    expect(item.suggestions.length).toBeGreaterThanOrEqual(4);
    for (const { excerpt, start, end } of item.suggestions) {
      expect(item.text.slice(start, end)).toBe(excerpt);
    }
    expect(await read(server, id)).toEqual(item);
    const { inboxItem } = await server.data(
      `{ inboxItem(id: "${id}") { suggestions(kind: [NAME, DATE]) { kind fields draft } } }`,
    );
    expect(inboxItem.suggestions).toContainEqual({
      ...{ kind: 'NAME', draft: null },
      fields: expect.objectContaining({ slug: 'range-treaty', referenceKind: 'TREATY' }),
    });
  });

  test('have names that were added to the record since', async ({ server }) => {
    const { item } = await add(server, { text: 'Zephyr Quill said that the site was open.' });
    const speaker = async () => {
      const { inboxItem } = await server.data(
        'query ($id: ID!) { inboxItem(id: $id) { suggestions { fields } } }',
        { id: item.id },
      );
      return inboxItem.suggestions[0].fields.speaker;
    };
    expect(await speaker()).toMatchObject({ slug: null });
    await send(
      server,
      'upsertActor',
      { slug: 'zephyr-quill', kind: 'PERSON', name: 'Zephyr Quill' },
      '__typename',
    );
    expect(await speaker()).toMatchObject({ slug: 'zephyr-quill' });
  });

  test('become a draft with citation, source, speaker and office in one act', async ({ server }) => {
    const { id } = await prepare(server);
    const { key } = pick(await read(server, id), 'no reason to keep it');
    const input = { item: id, key, idempotencyKey: 'one' };
    const accepted = await send(server, 'acceptSuggestion', input, SLUG);
    expect(accepted.development.status).toBe('DRAFT');
    expect(await send(server, 'acceptSuggestion', input, SLUG)).toEqual(accepted);
    const { development } = await server.data(`{ development(slug: "${accepted.development.slug}") {
      ... on Statement { quotation }
      occurred { edtf } participants { actor { slug } role capacity }
      citations { excerpt locator source { url title publisher } } } }`);
    expect(development).toMatchObject({
      quotation: 'We see no reason to keep it,',
      participants: [{ actor: { slug: 'anna-lebedeva' }, role: 'SPEAKER' }],
      citations: [
        {
          excerpt: expect.stringContaining('We see no reason to keep it'),
          locator: 'paragraph 2',
          source: { url: 'https://www.example.org/moratorium', publisher: 'example.org' },
        },
      ],
    });
    const after = await read(server, id);
    expect(after.state).toBe('DRAFTED');
    expect(pick(after, 'no reason to keep it').use).toEqual({
      ...{ act: 'DRAFTED', editor: 'ADMIN_TOKEN', development: { slug: accepted.development.slug } },
    });
    const again = await send(server, 'acceptSuggestion', { item: id, key }, SLUG);
    expect(again.code).toBe('SUGGESTION_USED');
    const other = pick(after, 'Nobody should be surprised');
    const second = await send(server, 'acceptSuggestion', { item: id, key: other.key, publish: true }, SLUG);
    expect(second.development.status).toBe('PUBLISHED');
    expect(await server.db.source.count({ where: { url: { contains: 'moratorium' } } })).toBe(1);
    const { it } = await server.data(
      `{ it: development(slug: "${second.development.slug}") { occurred { edtf } ... on Statement { attribution } } }`,
    );
    expect(it).toEqual({ occurred: { edtf: '../2025-08-05' }, attribution: 'analysts' });
    await expectWhole(server);
  });

  test('become what the editor makes of them', async ({ server }) => {
    const { id } = await prepare(server);
    const { key, draft } = pick(await read(server, id), 'would no longer observe');
    const { headline: _, ...rest } = draft;
    const refused = await send(
      server,
      'acceptSuggestion',
      { item: id, key, statement: { headline: ' ', ...rest } },
      SLUG,
    );
    expect(refused).toMatchObject({ code: 'INVALID_INPUT', path: 'statement.headline' });
    const nowhere = { ...rest, headline: 'Over', topics: ['nowhere'] };
    const unknown = await send(server, 'acceptSuggestion', { item: id, key, statement: nowhere }, SLUG);
    expect(unknown).toMatchObject({ code: 'UNKNOWN_SLUG', path: 'statement.topics.0' });
    expect(await server.db.source.findFirst({ where: { url: { contains: 'moratorium' } } })).toBeNull();
    const statement = { ...rest, headline: 'Russia ends its moratorium' };
    const accepted = await send(server, 'acceptSuggestion', { item: id, key, statement }, SLUG);
    expect(accepted.development.slug).toBe('russia-ends-its-moratorium');
  });

  test('that look like a development are added to it, a competing date as a claim', async ({ server }) => {
    const { id } = await prepare(server);
    const found = pick(await read(server, id), 'withdrew from the Range Treaty');
    expect(found.match).toEqual({ claimedDate: '2019-08-04', development: { slug: 'withdrawal' } });
    const input = { item: id, key: found.key, slug: 'withdrawal', idempotencyKey: 'one' };
    const fields = 'development { slug disputed citations { excerpt } claims { field value rank } }';
    const added = await send(server, 'addSuggestionToDevelopment', input, fields);
    expect(added.development).toMatchObject({
      citations: [{ excerpt: null }, { excerpt: expect.stringContaining('withdrew') }],
      claims: [{ field: 'OCCURRED', value: '2019-08-04', rank: 'NORMAL' }],
    });
    expect(await send(server, 'addSuggestionToDevelopment', input, fields)).toEqual(added);
    expect(await server.db.development.count()).toBe(1);
    const after = pick(await read(server, id), 'withdrew from the Range Treaty');
    expect(after.use).toMatchObject({ act: 'CITED', development: { slug: 'withdrawal' } });
    await expectWhole(server);
  });

  test('that are dismissed are not offered again, in a changed version neither', async ({ server }) => {
    const { id } = await prepare(server);
    const { key } = pick(await read(server, id), 'Nobody should be surprised');
    for (const _ of ['once', 'again']) {
      expect(await send(server, 'dismissSuggestion', { item: id, key }, 'item { id }')).toMatchObject({
        item: { id },
      });
    }
    const excerpts = async () =>
      (await read(server, id)).suggestions.map(({ excerpt }: any) => excerpt).join();
    expect(await excerpts()).not.toContain('Nobody should be surprised');
    await add(server, { text: `Corrected on Tuesday.\n\n${TEXT}`, url: URL, language: 'en' });
    expect(await excerpts()).toContain('no reason to keep it');
    expect(await excerpts()).not.toContain('Nobody should be surprised');
    const stale = await send(server, 'acceptSuggestion', { item: id, key }, SLUG);
    expect(stale.code).toBe('UNKNOWN_SUGGESTION');
  });

  test('are taken once by two editors at the same time', async ({ server }) => {
    const { id } = await prepare(server);
    const { key } = pick(await read(server, id), 'no reason to keep it');
    const results = await Promise.all(
      Array.from({ length: 4 }, () => send(server, 'acceptSuggestion', { item: id, key }, SLUG)),
    );
    expect(results.map(({ __typename }) => __typename).sort()).toEqual([
      'AcceptSuggestionSuccess',
      ...Array(3).fill('SuggestionUsedError'),
    ]);
    expect(await server.db.development.count()).toBe(2);
  });
});

describeWithDatabase('articles', () => {
  test('are dismissed with a reason, put off, and made unread again, all or none', async ({ server }) => {
    const ids = [];
    for (const at of [1, 2, 3]) ids.push((await add(server, { text: `Text ${at}` })).item.id);
    const fields = 'items { state reason snoozedUntil changedBy }';
    const items = ids.slice(0, 2);
    const dismissed = await send(server, 'dismissInboxItems', { items, reason: 'Sport' }, fields);
    expect(dismissed.items).toEqual(
      Array(2).fill({ state: 'DISMISSED', reason: 'Sport', snoozedUntil: null, changedBy: 'ADMIN_TOKEN' }),
    );
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const snoozed = await send(server, 'snoozeInboxItems', { items: [ids[2]], until }, fields);
    expect(snoozed.items).toMatchObject([{ state: 'SNOOZED', snoozedUntil: until }]);
    const unread = await send(server, 'snoozeInboxItems', { items: [ids[0]] }, fields);
    expect(unread.items).toMatchObject([{ state: 'UNREAD', reason: null }]);
    const gone = Buffer.from('InboxItem:0197f0c4-6a1e-7c3b-9d52-0e8f6a7b1c2d').toString('base64');
    const refused = await send(server, 'dismissInboxItems', { items: [ids[0], gone] }, fields);
    expect(refused).toMatchObject({ code: 'UNKNOWN_INBOX_ITEM', path: 'items.1' });
    const malformed = await send(server, 'dismissInboxItems', { items: ['no id'] }, fields);
    expect(malformed).toMatchObject({ code: 'INVALID_INPUT', path: 'items.0' });
    const past = await send(server, 'snoozeInboxItems', { items, until: '2020-01-01T00:00:00Z' }, fields);
    expect(past).toMatchObject({ code: 'INVALID_INPUT', path: 'until' });
    const { inboxCounts } = await server.data('{ inboxCounts { state count } }');
    expect(inboxCounts.map(({ count }: { count: number }) => count)).toEqual([1, 1, 0, 1]);
  });
});
