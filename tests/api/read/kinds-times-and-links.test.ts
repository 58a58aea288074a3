import { expect } from 'vitest';
import { createDatabase } from '../../support/database.js';
import { CITED } from '../../support/example-source.js';
import { describeWithDatabase, publishStatement } from '../../support/fixtures.js';
import { importOne } from '../../support/import-one.js';
import { pick } from '../../support/matching-slugs.js';
import { startTestServer, type TestServer } from '../../support/server.js';
import { test as base } from '../../support/shared.js';

interface Listed {
  readonly slug: string;
  readonly publishedAt: string;
  readonly changedAt: string;
}

const LIST = `query ($field: DevelopmentOrderField!, $direction: OrderDirection!, $asOf: AsOf, $filter: DevelopmentFilter) {
  developments(orderBy: { field: $field, direction: $direction }, asOf: $asOf, filter: $filter) {
    totalCount nodes { slug publishedAt changedAt }
  }
}`;

async function list(server: TestServer, variables: object): Promise<readonly Listed[]> {
  const { developments } = await server.data(LIST, { direction: 'ASC', ...variables });
  expect(developments.totalCount).toBe(developments.nodes.length);
  return developments.nodes;
}

const slugsOf = (nodes: readonly Listed[]) => nodes.map(({ slug }) => slug);

/** `draft` is recorded first and published last; `early` is revised at the end. */
const test = base.extend<{ record: TestServer & { readonly beforeRevision: string } }>({
  record: [
    async ({ server }, use) => {
      const { recordStatement } = await server.data(
        `mutation ($input: RecordStatementInput!) { recordStatement(input: $input) { __typename } }`,
        { input: { slug: 'draft', headline: 'A draft', occurred: '2021', ...CITED } },
      );
      expect(recordStatement.__typename).toBe('RecordStatementSuccess');
      for (const slug of ['early', 'middle']) await publishStatement(server, slug, { slug });
      await importOne(
        { db: server.db, editor: 'import', wake: () => {} },
        {
          kind: 'EVENT',
          input: {
            slug: 'launch',
            headline: 'A launch',
            occurred: '2020',
            type: 'TEST',
            places: [{ name: 'Kapustin Yar', precision: 'REGION' }],
            citations: [{ source: 'source', locator: 'Annex QX-7' }],
          },
          externalIds: [{ dataset: 'acled', value: 'RUS-4711' }],
        },
      );
      await server.tail.refresh();
      await server.data('mutation { publishDevelopment(input: { slug: "draft" }) { __typename } }');
      const { feedHead } = await server.data('{ feedHead }');
      await server.data(
        'mutation { reviseStatement(input: { slug: "early", headline: "Revised" }) { __typename } }',
      );
      await use({ ...server, beforeRevision: feedHead });
    },
    { scope: 'file' },
  ],
});

describeWithDatabase('a development', () => {
  test('has its kind on every object type', async ({ dossier }) => {
    const { developments } = await dossier.data('{ developments(first: 100) { nodes { __typename kind } } }');
    const kinds = new Set(
      developments.nodes.map(
        ({ __typename, kind }: Listed & Record<string, string>) => `${__typename} ${kind}`,
      ),
    );
    expect([...kinds].sort()).toEqual([
      'DoctrineChange DOCTRINE_CHANGE',
      'Event EVENT',
      'Statement STATEMENT',
    ]);
  });

  test('has changedAt of the returned revision, in the present, in the past and in the feed', async ({
    record,
  }) => {
    const { early, past, between } = await record.data(
      `query ($cursor: Cursor!) {
        early: development(slug: "early") { changedAt publishedAt revisions { nodes { recordedAt } } }
        past: development(slug: "early", asOf: { cursor: $cursor }) { changedAt publishedAt }
        between: changesBetween(from: { cursor: $cursor }) { nodes { before { changedAt } after { changedAt } } }
      }`,
      { cursor: record.beforeRevision },
    );
    const [second, first] = early.revisions.nodes;
    expect(early.changedAt).toBe(second.recordedAt);
    expect(past.changedAt).toBe(first.recordedAt);
    expect(past.changedAt).toBe(past.publishedAt);
    expect(between.nodes).toEqual([
      { before: { changedAt: first.recordedAt }, after: { changedAt: second.recordedAt } },
    ]);
    const feed = record.client().iterate<{ feed: { development: { changedAt: string } } }>({
      query:
        'subscription ($after: Cursor) { feed(after: $after) { ... on DevelopmentRevised { development { changedAt } } } }',
      variables: { after: record.beforeRevision },
    });
    const { value } = await feed.next();
    expect(value.data.feed.development.changedAt).toBe(second.recordedAt);
  });

  test('has a permalink below PUBLIC_URL, over HTTP and in the feed, and none without it', async ({
    record,
  }) => {
    expect(await record.data('{ development(slug: "early") { url } }')).toEqual({
      development: { url: null },
    });
    await using database = await createDatabase();
    await using server = await startTestServer(database.location, {
      PUBLIC_URL: 'https://example.org/wire/',
    });
    const feed = server.client().iterate<{ developmentPublished: { url: string } }>({
      query: 'subscription { developmentPublished { url } }',
    });
    const next = feed.next();
    await expect.poll(() => server.fanOut.figures.subscribers).toBe(1);
    await publishStatement(server, 'Said', { slug: 'said' });
    const url = 'https://example.org/wire/d/said';
    expect(await server.data('{ development(slug: "said") { url } }')).toEqual({ development: { url } });
    expect((await next).value.data.developmentPublished.url).toBe(url);
  });
});

describeWithDatabase('a list', () => {
  test('is ordered by publication, now and in the past', async ({ record }) => {
    const order = ['early', 'middle', 'launch', 'draft'];
    expect(slugsOf(await list(record, { field: 'PUBLISHED' }))).toEqual(order);
    const asOf = { cursor: record.beforeRevision };
    expect(slugsOf(await list(record, { field: 'PUBLISHED', direction: 'DESC', asOf }))).toEqual(
      order.toReversed(),
    );
  });

  test('is ordered by the latest change, now and in the past', async ({ record }) => {
    expect(slugsOf(await list(record, { field: 'CHANGED' }))).toEqual(['middle', 'launch', 'draft', 'early']);
    const asOf = { cursor: record.beforeRevision };
    expect(slugsOf(await list(record, { field: 'CHANGED', asOf }))).toEqual([
      'early',
      'middle',
      'launch',
      'draft',
    ]);
  });

  test('by publication leaves out drafts, which an editor sees in other orders', async ({ server }) => {
    await server.data(
      `mutation { recordStatement(input: { slug: "unpublished", headline: "H", occurred: "2020" }) { __typename } }`,
    );
    const filter = { status: ['DRAFT', 'PUBLISHED'] };
    expect(slugsOf(await list(server, { field: 'CHANGED', filter }))).toContain('unpublished');
    expect(slugsOf(await list(server, { field: 'PUBLISHED', filter }))).not.toContain('unpublished');
  });

  test('selects by the times of publication and of the latest change', async ({ record }) => {
    const [early, middle, , draft] = await list(record, { field: 'PUBLISHED' });
    expect(await pick(record, { publishedSince: draft?.publishedAt })).toEqual(['draft']);
    expect(await pick(record, { publishedBefore: middle?.publishedAt })).toEqual(['early']);
    expect(await pick(record, { changedSince: early?.changedAt })).toEqual(['early']);
    expect(await pick(record, { changedBefore: draft?.changedAt })).toEqual(['launch', 'middle']);
    const asOf = { cursor: record.beforeRevision };
    const past = await list(record, { field: 'CHANGED', asOf, filter: { changedBefore: middle?.changedAt } });
    expect(slugsOf(past)).toEqual(['early']);
  });

  test('selects by the id in another data set', async ({ record }) => {
    expect(await pick(record, { externalId: { dataset: 'acled', id: 'RUS-4711' } })).toEqual(['launch']);
    expect(await pick(record, { externalId: { dataset: 'other', id: 'RUS-4711' } })).toEqual([]);
    const { errors } = await record.request(
      '{ developments(filter: { externalId: { dataset: "acled", id: "a\\u0000" } }) { totalCount } }',
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT' });
  });

  test.for([
    ['PLACE', 'yar', 'Kapustin Yar'],
    ['LOCATOR', '"annex qx-7"', 'Annex QX-7'],
    ['EXTERNAL_ID', 'rus-4711', 'RUS-4711'],
  ] as const)('finds and marks the text of a %s', async ([field, text, whole], { record }) => {
    expect(await pick(record, { text })).toEqual(['launch']);
    const { development } = await record.data(
      'query ($text: String!) { development(slug: "launch") { highlights(text: $text) { field parts { text isHit } } } }',
      { text },
    );
    const [highlight] = development.highlights;
    expect(highlight.field).toBe(field);
    expect(highlight.parts.map((part: { text: string }) => part.text).join('')).toBe(whole);
    expect(highlight.parts.some(({ isHit }: { isHit: boolean }) => isHit)).toBe(true);
  });
});
