import { expect } from 'vitest';
import { CITED } from '../../support/example-source.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import { ADMIN_TOKEN, type TestServer } from '../../support/server.js';
import { mutate, newSlug, test } from '../../support/writes.js';

interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
}

interface Revision {
  number: number;
  changedFields: string[];
  changes: FieldChange[];
}

/** A development's revisions, newest first, as an editor or a reader sees them. */
async function revisionsOf(server: TestServer, slug: string, as: 'editor' | 'reader' = 'editor') {
  const { data, errors } = await server.request<{ development: { revisions: { nodes: Revision[] } } }>(
    `{ development(slug: "${slug}") { revisions { nodes { number changedFields changes { field before after } } } } }`,
    as === 'reader' ? { token: null } : {},
  );
  if (errors || !data) throw new Error(`Not read: ${JSON.stringify(errors)}`);
  return data.development.revisions.nodes;
}

/** The revisions that the feed sends after a cursor, up to now. */
async function toldRevisions(server: TestServer, after: string, as: 'editor' | 'reader' = 'editor') {
  const client = server.client(as === 'editor' ? { authorization: `Bearer ${ADMIN_TOKEN}` } : {});
  const items = client.iterate<{ feed: { __typename: string } & Revision }>({
    query: `subscription ($after: Cursor) {
      feed(after: $after) {
        __typename ... on DevelopmentRevised { number: revision changedFields changes { field before after } }
      }
    }`,
    variables: { after },
  });
  const told: Revision[] = [];
  for await (const { data, errors } of items) {
    if (!data) throw new Error(`No item: ${JSON.stringify(errors)}`);
    const { __typename, ...revision } = data.feed;
    if (__typename === 'FeedCaughtUp') break;
    if (__typename === 'DevelopmentRevised') told.push(revision);
  }
  return told;
}

const cursor = async (server: TestServer) =>
  (await server.data<{ feedHead: string }>('{ feedHead }')).feedHead;

const CITATION = {
  source: 'source',
  locator: 'p. 3',
  excerpt: null,
  language: 'ru',
  stance: 'SUPPORTS',
  credibility: 2,
  claims: [{ field: 'OCCURRED', value: '../2019', rank: 'PREFERRED', note: null }],
};
/** The shortest citation. A published development needs one. */
const BARE_CITATION = {
  source: 'source',
  locator: null,
  excerpt: null,
  language: null,
  stance: 'SUPPORTS',
  credibility: 6,
  claims: [],
};
const PARTICIPANT = { actor: 'speaker', role: 'SPEAKER', capacity: 'Minister' };
const PLACE = { name: 'Here', countryCode: 'RU', latitude: 1.5, longitude: 2, precision: 'REGION' };
const QUANTITY = { name: 'missiles', unit: null, low: 1, best: null, high: 3.5 };

const FILLED = {
  summary: 'Summary',
  confidence: 'MODERATE',
  confidenceReason: 'A guess',
  participants: [PARTICIPANT],
  topics: ['topic'],
  treaties: ['treaty'],
  weaponSystems: ['system'],
  doctrines: ['doctrine'],
  citations: [CITATION],
  places: [PLACE],
  quantities: [QUANTITY],
};
const EMPTIED = {
  summary: null,
  participants: [],
  topics: [],
  treaties: null,
  weaponSystems: [],
  doctrines: [],
  citations: [BARE_CITATION],
  places: [],
  quantities: [],
};

const byField = (fields: object, change: (value: unknown) => Omit<FieldChange, 'field'>) =>
  Object.entries(fields)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([field, value]) => ({ field, ...change(value) }));

describeWithDatabase('the changes of a revision', () => {
  test('show each field before and after in the form of inputs, in the history and in the feed', async ({
    record,
  }) => {
    const slug = newSlug();
    const start = await cursor(record);
    const citations = [BARE_CITATION];
    const least = {
      slug,
      headline: 'Headline',
      occurred: '2019-08~',
      type: 'TEST',
      citations,
      publish: true,
    };
    await mutate(record, 'recordEvent', least);
    const revised = { ...FILLED, headline: 'Corrected', occurred: '../2019', type: 'EXERCISE' };
    await mutate(record, 'reviseEvent', { slug, ...revised });
    await mutate(record, 'reviseEvent', { slug, ...EMPTIED });

    const revisions = await revisionsOf(record, slug);
    const [emptied, filled, first] = revisions;
    const known: Record<string, unknown> = { ...least, confidence: 'LOW' };
    expect(filled?.changes).toEqual(
      byField(revised, (after) => ({ before: null, after })).map((change) => ({
        ...change,
        before: known[change.field] ?? null,
      })),
    );
    const { confidence: _, confidenceReason: __, ...emptiable } = FILLED;
    expect(emptied?.changes).toEqual(
      byField(emptiable, (before) => ({ before, after: null })).map((change) => ({
        ...change,
        after: change.field === 'citations' ? citations : null,
      })),
    );
    const { publish, ...recorded } = { ...least, confidence: 'LOW' };
    expect(first?.changes).toEqual(byField(recorded, (after) => ({ before: null, after })));

    const told = await toldRevisions(record, start, 'reader');
    expect(told).toEqual([filled, emptied]);
    expect(told[0]?.changedFields).toEqual([...Object.keys(revised), 'claims'].sort());
  });

  test('include the fields that only statements or doctrine changes have', async ({ record }) => {
    const statement = newSlug();
    const words = {
      attribution: 'an analyst',
      setting: 'a hall',
      originalLanguage: 'ru',
      originalScript: 'Cyrl',
      quotation: 'слова',
      translation: 'words',
      translator: 'an agency',
    };
    await mutate(record, 'recordStatement', { slug: statement, headline: 'Said', occurred: '2019' });
    await mutate(record, 'reviseStatement', { slug: statement, ...words });
    expect((await revisionsOf(record, statement))[0]?.changes).toEqual(
      byField(words, (after) => ({ before: null, after })),
    );

    await mutate(record, 'upsertDoctrine', { slug: 'other-doctrine', name: 'Other' });
    const change = newSlug();
    const before = {
      doctrine: 'doctrine',
      changeType: 'ADOPTED',
      before: 'a',
      after: 'b',
      effective: '2019-08',
    };
    const after: Record<string, string | null> = {
      doctrine: 'other-doctrine',
      changeType: 'AMENDED',
      before: null,
      after: 'c',
      effective: '2020/..',
    };
    await mutate(record, 'recordDoctrineChange', {
      slug: change,
      headline: 'Changed',
      occurred: '2019',
      ...before,
    });
    await mutate(record, 'reviseDoctrineChange', { slug: change, ...after });
    const [revised] = await revisionsOf(record, change);
    expect(revised?.changes).toEqual(
      byField(before, (value) => ({ before: value, after: null })).map((it) => ({
        ...it,
        after: after[it.field],
      })),
    );
    expect(revised?.changedFields).toEqual(['after', 'before', 'changeType', 'doctrine', 'effective']);
  });

  test('leave out a field that was set to the same value', async ({ record }) => {
    const slug = newSlug();
    const input = { slug, headline: 'Cited', occurred: '../2019', citations: [CITATION] };
    await mutate(record, 'recordStatement', input);
    await mutate(record, 'reviseStatement', { slug, setting: 'Here', citations: [CITATION] });
    expect((await revisionsOf(record, slug))[0]?.changes).toEqual([
      { field: 'setting', before: null, after: 'Here' },
    ]);
  });

  test('never show readers a link to a development that was a draft at the time, even once it is published', async ({
    record,
  }) => {
    const [slug, draft] = [newSlug(), newSlug()];
    const start = await cursor(record);
    const common = { occurred: '2019', ...CITED };
    await mutate(record, 'recordStatement', { slug, headline: 'From', publish: true, ...common });
    await mutate(record, 'recordStatement', { slug: draft, headline: 'To', ...common });
    await mutate(record, 'linkDevelopments', { slug, to: draft, relation: 'ANNOUNCES', note: 'Soon' });
    const links = [
      { field: 'links', before: null, after: [{ to: draft, relation: 'ANNOUNCES', note: 'Soon' }] },
    ];
    const seenBy = async (as: 'editor' | 'reader') => [
      (await revisionsOf(record, slug, as))[0]?.changes,
      (await toldRevisions(record, start, as))[0]?.changes,
    ];
    expect(await seenBy('editor')).toEqual([links, links]);
    expect(await seenBy('reader')).toEqual([[], []]);
    await mutate(record, 'publishDevelopment', { slug: draft });
    expect(await seenBy('reader')).toEqual([[], []]); // It was a draft when the links changed.
  });

  test('and its changedFields show readers nothing of earlier drafts', async ({ record }) => {
    const slug = newSlug();
    await mutate(record, 'recordStatement', {
      slug,
      headline: 'Secret',
      occurred: '2019',
      setting: 'Secret',
      quotation: 'Secret',
      ...CITED,
    });
    await mutate(record, 'reviseStatement', { slug, headline: 'Open', setting: null, quotation: 'Open' });
    await mutate(record, 'publishDevelopment', { slug });
    await mutate(record, 'reviseStatement', { slug, headline: 'Open still' });

    const seen = await revisionsOf(record, slug, 'reader');
    const shown = { citations: [BARE_CITATION], confidence: 'LOW', headline: 'Open', occurred: '2019' };
    expect(seen).toEqual([
      {
        number: 4,
        changedFields: ['headline'],
        changes: [{ field: 'headline', before: 'Open', after: 'Open still' }],
      },
      {
        number: 3,
        changedFields: [
          'citations',
          'confidence',
          'derivedConfidence',
          'headline',
          'occurred',
          'quotation',
          'slug',
        ],
        changes: byField({ ...shown, quotation: 'Open', slug }, (after) => ({ before: null, after })),
      },
    ]);
    const edited = await revisionsOf(record, slug);
    expect(edited.map(({ changedFields }) => changedFields)).toEqual([
      ['headline'],
      [],
      ['headline', 'quotation', 'setting'],
      [
        'citations',
        'confidence',
        'derivedConfidence',
        'headline',
        'occurred',
        'quotation',
        'setting',
        'slug',
      ],
    ]);
    expect(edited[1]?.changes).toEqual([]);
    expect(edited[2]?.changes[0]).toEqual({ field: 'headline', before: 'Secret', after: 'Open' });
  });
});
