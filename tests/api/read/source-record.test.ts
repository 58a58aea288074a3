import { expect } from 'vitest';
import { describeWithDatabase } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { mutate, newSlug, readDevelopment, test } from '../../support/writes.js';

let sources = 0;

/** Creates a source that nothing cites yet. */
async function makeSource(record: TestServer): Promise<string> {
  sources += 1;
  const slug = `cited-${sources}`;
  await mutate(record, 'upsertSource', { slug, title: 'Cited' });
  return slug;
}

const occurred = (rank = 'NORMAL', value = '2019') => ({ field: 'OCCURRED', value, rank });

/** Records a statement that cites the sources, the first with the claims. */
async function cite(record: TestServer, cited: string[], claims: object[] = [], input: object = {}) {
  const slug = newSlug();
  const citations = cited.map((source, index) => ({ source, claims: index === 0 ? claims : [] }));
  const fields = { slug, headline: 'Cited', occurred: '2019', publish: true, citations, ...input };
  const made = await mutate(record, 'recordStatement', fields);
  expect(made.message).toBeUndefined();
  return slug;
}

const agreementOf = async (record: TestServer, slug: string) =>
  (await record.data(`{ source(slug: "${slug}") { agreement { preferred normal deprecated } } }`))['source']
    .agreement;

const counts = (preferred: number, normal: number, deprecated: number) => ({ preferred, normal, deprecated });

/** The slugs that a filter selects, in alphabetical order. */
async function picked(record: TestServer, filter: object): Promise<string[]> {
  const { developments } = await record.data(
    'query ($filter: DevelopmentFilter) { developments(first: 100, filter: $filter) { nodes { slug } } }',
    { filter },
  );
  return developments.nodes.map(({ slug }: { slug: string }) => slug).sort();
}

describeWithDatabase('a source', () => {
  test('is cited nowhere at first', async ({ record }) => {
    const source = await makeSource(record);
    expect(
      await record.data(`{ source(slug: "${source}") {
        agreement { preferred normal deprecated } developments { totalCount nodes { slug } }
      } }`),
    ).toEqual({
      source: { agreement: counts(0, 0, 0), developments: { totalCount: 0, nodes: [] } },
    });
  });

  test('counts how many of its claims are preferred, normal and deprecated', async ({ record }) => {
    const [source, other] = [await makeSource(record), await makeSource(record)];
    const quotation = { field: 'QUOTATION', value: 'Words', rank: 'DEPRECATED' };
    await cite(record, [source, other], [occurred('PREFERRED'), quotation]);
    await cite(record, [source], [occurred('PREFERRED')]);
    const slug = await cite(
      record,
      [source, source],
      [occurred('NORMAL', '2020'), occurred('NORMAL', '2021')],
    );
    expect(await agreementOf(record, source)).toEqual(counts(2, 2, 1));
    expect(await agreementOf(record, other)).toEqual(counts(0, 0, 0));

    const { claims } = await readDevelopment(record, slug, 'claims { key }');
    const rank = (index: number, to: string) =>
      mutate(record, 'rankClaim', { slug, claim: claims[index].key, rank: to, reason: 'Because' });
    await rank(0, 'PREFERRED');
    await rank(1, 'DEPRECATED');
    expect(await agreementOf(record, source)).toEqual(counts(3, 0, 2));
    await rank(1, 'PREFERRED');
    expect(await agreementOf(record, source)).toEqual(counts(3, 1, 1));
  });

  test('is not judged by drafts and retracted developments', async ({ record }) => {
    const source = await makeSource(record);
    const draft = await cite(record, [source], [occurred('PREFERRED')], { publish: false });
    const wrong = await cite(record, [source], [occurred('DEPRECATED')]);
    expect(await agreementOf(record, source)).toEqual(counts(0, 0, 1));
    await mutate(record, 'retractDevelopment', { slug: wrong, reason: 'Wrong' });
    expect(await agreementOf(record, source)).toEqual(counts(0, 0, 0));
    await mutate(record, 'publishDevelopment', { slug: draft });
    expect(await agreementOf(record, source)).toEqual(counts(1, 0, 0));
  });

  test('lists the developments that cite it, once each, with any filter and order', async ({ record }) => {
    const [source, other] = [await makeSource(record), await makeSource(record)];
    const late = await cite(record, [source, source], [], { occurred: '2020-05' });
    const early = await cite(record, [source], [], { occurred: '2018', topics: ['topic'] });
    const draft = await cite(record, [source], [], { publish: false });
    await cite(record, [other]);
    const developments = async (rest: string) => {
      const { it } = await record.data(
        `{ it: source(slug: "${source}") { developments${rest} { totalCount nodes { slug } pageInfo { hasNextPage } } } }`,
      );
      return it.developments;
    };
    const page = (slugs: string[], totalCount = slugs.length) => ({
      ...{ totalCount, nodes: slugs.map((slug) => ({ slug })) },
      pageInfo: { hasNextPage: totalCount > slugs.length },
    });
    expect(await developments('')).toEqual(page([late, early]));
    expect(await developments('(orderBy: { field: EARLIEST, direction: ASC })')).toEqual(page([early, late]));
    expect(await developments('(first: 1)')).toEqual(page([late], 2));
    expect(await developments('(filter: { topic: ["topic"] })')).toEqual(page([early]));
    expect(await developments(`(filter: { source: ["${other}"] })`)).toEqual(page([]));
    expect(await developments('(filter: { status: [DRAFT] })')).toEqual(page([draft]));
  });

  test('matches restsOnlyOn for a development that cites no other', async ({ record }) => {
    const [one, two, three] = [await makeSource(record), await makeSource(record), await makeSource(record)];
    const onOne = await cite(record, [one, one]);
    const onTwo = await cite(record, [two]);
    const onBoth = await cite(record, [one, two]);
    await cite(record, [one, three]);
    await cite(record, [], [], { publish: false });
    expect(await picked(record, { restsOnlyOn: [one] })).toEqual([onOne]);
    expect(await picked(record, { restsOnlyOn: [one, two] })).toEqual([onOne, onTwo, onBoth].sort());
    expect(await picked(record, { restsOnlyOn: [three] })).toEqual([]);
    expect(await picked(record, { source: [one], not: { restsOnlyOn: [one] } })).toHaveLength(2);
    expect(await picked(record, { status: ['DRAFT'], restsOnlyOn: [one, two, three] })).toEqual([]);

    await mutate(record, 'addCitation', { slug: onOne, source: three });
    expect(await picked(record, { restsOnlyOn: [one] })).toEqual([]);
    expect(await picked(record, { restsOnlyOn: [three, one] })).toHaveLength(2);
  });
});
