import { expect } from 'vitest';
import { createDatabase } from '../../support/database.js';
import { feedHead, toldSince } from '../../support/feed-items.js';
import { describeWithDatabase, publishStatement } from '../../support/fixtures.js';
import { startTestServer, type TestServer } from '../../support/server.js';
import { expectWhole, mutate, newSlug, readDevelopment, test, times } from '../../support/writes.js';

const ONE_WAY = ['ANNOUNCES', 'IMPLEMENTS', 'SUPERSEDES', 'PART_OF'] as const;
const BOTH_WAYS = ['RESPONDS_TO', 'CONTRADICTS'] as const;

/** Publishes statements, and returns their slugs. */
async function publish(record: TestServer, count: number): Promise<string[]> {
  const slugs = Array.from({ length: count }, newSlug);
  for (const slug of slugs) await publishStatement(record, 'Linked', { slug });
  return slugs;
}

const link = (
  record: TestServer,
  slug: string | undefined,
  to: string | undefined,
  relation: string,
  more = {},
) => mutate(record, 'linkDevelopments', { slug, to, relation, ...more }, 'links { relation }');

const linksOf = async (record: TestServer, slug: string | undefined, args = '') =>
  (
    await readDevelopment(
      record,
      slug ?? '',
      `links${args} { relation note citation { key locator } from { slug } to { slug } }`,
    )
  ).links;

/** Returns the path of a `LinkCycleError`, which `mutate` does not select. */
async function pathOf(
  record: TestServer,
  slug: string | undefined,
  to: string | undefined,
  relation: string,
) {
  const { result } = await record.data(
    `mutation ($input: LinkDevelopmentsInput!) {
      result: linkDevelopments(input: $input) { ... on LinkCycleError { relation cycle message } }
    }`,
    { input: { slug, to, relation } },
  );
  expect(result.relation).toBe(relation);
  expect(result.message).toContain(result.cycle.join(' → '));
  return result.cycle;
}

describeWithDatabase('links', () => {
  test('have a note and a supporting citation, at both ends and in the feed', async ({ record }) => {
    const [from = '', to = ''] = await publish(record, 2);
    await mutate(record, 'addCitation', { slug: from, source: 'source', locator: 'p. 7' });
    const { citations } = await readDevelopment(record, from, 'citations { key locator }');
    const start = await feedHead(record);
    const told = { note: 'As it says', citation: citations[1].key };
    expect(await link(record, from, to, 'IMPLEMENTS', told)).toMatchObject({ revision: 3 });
    const seen = {
      ...{ relation: 'IMPLEMENTS', note: 'As it says', citation: citations[1] },
      ...{ from: { slug: from }, to: { slug: to } },
    };
    expect(await linksOf(record, from)).toEqual([seen]);
    expect(await linksOf(record, to)).toEqual([seen]);
    expect(await linksOf(record, to, '(direction: OUT)')).toEqual([]);
    expect(await linksOf(record, to, '(direction: IN, relation: [PART_OF])')).toEqual([]);
    expect(await linksOf(record, to, '(direction: IN, relation: [PART_OF, IMPLEMENTS])')).toEqual([seen]);
    const changes = [
      { field: 'links', before: null, after: [{ to, relation: 'IMPLEMENTS', note: 'As it says' }] },
    ];
    expect(await toldSince(record, start)).toMatchObject([
      { revision: 3, changes, development: { slug: from } },
    ]);
  });

  test('lose a citation that a revision removes, and keep one that remains', async ({ record }) => {
    const [from = '', to = ''] = await publish(record, 2);
    const [citation] = (await readDevelopment(record, from, 'citations { key locator }')).citations;
    await link(record, from, to, 'RESPONDS_TO', { citation: citation.key });
    const citations = [{ source: 'source', locator: 'p. 9' }, { source: 'source' }];
    await mutate(record, 'reviseStatement', { slug: from, citations });
    expect(await linksOf(record, to)).toMatchObject([{ citation }]);
    await mutate(record, 'reviseStatement', { slug: from, citations: citations.slice(0, 1) });
    expect(await linksOf(record, to)).toMatchObject([{ relation: 'RESPONDS_TO', citation: null }]);
    const { revisions } = await readDevelopment(record, from, 'revisions { nodes { changedFields } }');
    expect(revisions.nodes[0].changedFields).toEqual(['citations', 'links']);
  });

  test('must lead to another development, once for each relation', async ({ record }) => {
    const [from, to] = await publish(record, 2);
    await link(record, from, to, 'ANNOUNCES');
    expect(await link(record, from, to, 'ANNOUNCES', { note: 'Again' })).toMatchObject({
      ...{ code: 'INVALID_INPUT', message: expect.stringContaining('to: ') },
    });
    expect(await link(record, from, to, 'CONTRADICTS')).toMatchObject({
      links: [{ relation: 'ANNOUNCES' }, { relation: 'CONTRADICTS' }],
    });
    for (const relation of [...ONE_WAY, ...BOTH_WAYS]) {
      expect(await link(record, from, from, relation), relation).toMatchObject({
        message: expect.stringContaining('to: Expected another development; got the same.'),
      });
    }
  });

  test('can use only citations of the development that they start from', async ({ record }) => {
    const [from, to = ''] = await publish(record, 2);
    const [citation] = (await readDevelopment(record, to, 'citations { key }')).citations;
    expect(await link(record, from, to, 'PART_OF', { citation: citation.key })).toMatchObject({
      __typename: 'UnknownEvidenceError',
    });
  });

  test.for(ONE_WAY)(
    'of %s form no cycle of any length, and the error returns the path',
    async (relation, { record }) => {
      const [a, b, c, d] = await publish(record, 4);
      await link(record, a, b, relation);
      expect(await pathOf(record, b, a, relation)).toEqual([a, b]);
      for (const [from, to] of [
        [b, c],
        [c, d],
        [b, d],
      ] as const)
        await link(record, from, to, relation);
      expect(await pathOf(record, d, a, relation)).toEqual([a, b, d]);
      expect(await pathOf(record, c, a, relation)).toEqual([a, b, c]);
      expect(await linksOf(record, d, '(direction: OUT)')).toEqual([]);

      const other = ONE_WAY.find((one) => one !== relation) ?? '';
      expect(await link(record, d, a, other)).toMatchObject({
        links: expect.arrayContaining([{ relation: other }]),
      });
      await mutate(record, 'unlinkDevelopments', { slug: b, to: c, relation });
      await mutate(record, 'unlinkDevelopments', { slug: b, to: d, relation });
      expect(await link(record, d, a, relation)).toMatchObject({ revision: 3 });
    },
  );

  test.for(BOTH_WAYS)('of %s may form cycles', async (relation, { record }) => {
    const [a, b] = await publish(record, 2);
    expect(await link(record, a, b, relation)).toMatchObject({ revision: 2 });
    expect(await link(record, b, a, relation)).toMatchObject({ revision: 2 });
    expect(await linksOf(record, a)).toHaveLength(2);
  });

  test('form no cycle through drafts and retracted developments either', async ({ record }) => {
    const [a, b = '', c] = await publish(record, 3);
    await link(record, a, b, 'PART_OF');
    await link(record, b, c, 'PART_OF');
    await mutate(record, 'retractDevelopment', { slug: b, reason: 'Wrong' });
    expect(await pathOf(record, c, a, 'PART_OF')).toEqual([a, b, c]);

    const draft = newSlug();
    await mutate(record, 'recordStatement', { slug: draft, headline: 'Draft', occurred: '2019' });
    await link(record, c, draft, 'PART_OF');
    expect(await pathOf(record, draft, a, 'PART_OF')).toEqual([a, b, c, draft]);
  });

  test('made from both ends at once form no cycle: exactly one of two writers succeeds', async ({
    record,
  }) => {
    const pairs = await times(12, () => publish(record, 2));
    for (const [a, b] of pairs) {
      const results = await Promise.all([link(record, a, b, 'SUPERSEDES'), link(record, b, a, 'SUPERSEDES')]);
      const kinds = results.map((result) => result.__typename ?? 'linked');
      expect(kinds.sort()).toEqual(['LinkCycleError', 'linked']);
    }
    await expectWhole(record);
  });

  test('that would close a ring, made at once, succeed except for one', async ({ record }) => {
    const ring = await publish(record, 5);
    const results = await times(5, (index) => link(record, ring[index], ring[(index + 1) % 5], 'ANNOUNCES'));
    expect(results.filter(({ code }) => code === 'LINK_CYCLE')).toHaveLength(1);
    expect(results.filter(({ revision }) => revision === 2)).toHaveLength(4);
  });

  test('can be removed once, and stay in earlier revisions', async ({ record }) => {
    const [from = '', to] = await publish(record, 2);
    await link(record, from, to, 'PART_OF', { note: 'At first' });
    const at = await feedHead(record);
    const gone = { slug: from, to, relation: 'PART_OF', reason: 'Two different exercises' };
    expect(await mutate(record, 'unlinkDevelopments', gone, 'links { note }')).toMatchObject({
      ...{ revision: 3, links: [] },
    });
    expect(await mutate(record, 'unlinkDevelopments', gone)).toMatchObject({
      ...{ code: 'INVALID_INPUT', message: expect.stringContaining('to: Expected an existing link') },
    });
    const { it } = await record.data(
      `query ($at: Cursor!) { it: development(slug: "${from}", asOf: { cursor: $at }) { links { note } } }`,
      { at },
    );
    expect(it.links).toEqual([{ note: 'At first' }]);
    const { revisions } = await readDevelopment(
      record,
      from,
      'revisions { nodes { reason changes { field before after } } }',
    );
    expect(revisions.nodes[0]).toEqual({
      reason: 'Two different exercises',
      changes: [{ field: 'links', before: [{ to, relation: 'PART_OF', note: 'At first' }], after: null }],
    });
  });

  test('nested to more than 10,000 developments are refused even if the cost allows them, and the server keeps working', async () => {
    await using database = await createDatabase();
    const generous = { MAX_COST: '10000000', MAX_TOKENS: '10000', MAX_DEPTH: '50' };
    await using server = await startTestServer(database.location, generous);
    const [hub, ...leaves] = await publish(server, 12);
    for (const leaf of leaves) await link(server, leaf, hub, 'RESPONDS_TO');
    const nested = (depth: number): string =>
      depth === 0 ? 'slug' : `links { from { ${nested(depth - 1)} } to { ${nested(depth - 1)} } }`;
    const ask = (depth: number) => server.request(`{ development(slug: "${hub}") { ${nested(depth)} } }`);
    expect((await ask(2)).errors).toBeUndefined();
    const { errors } = await ask(6);
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining('at most 10000 developments'),
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(await readDevelopment(server, hub ?? '', 'slug')).toEqual({ slug: hub });
  });

  test('and sources nested beyond the cost limit are refused before anything is read', async ({ record }) => {
    const sources = `{ sources(first: 100) { nodes { developments(first: 100) { nodes { citations { source {
      developments(first: 100) { nodes { citations { source { developments(first: 100) { nodes { slug } } } } } } } } } } } } }`;
    expect((await record.request(sources)).errors?.[0]?.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });
});
