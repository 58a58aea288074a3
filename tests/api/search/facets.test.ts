import fc from 'fast-check';
import { expect } from 'vitest';
import { recordDevelopment } from '../../../src/domain/development/write/record.js';
import { retractDevelopment } from '../../../src/domain/development/write/revise.js';
import type { DevelopmentFilter } from '../../../src/domain/filter/types.js';
import { upsertActor } from '../../../src/domain/references/actor.js';
import { upsertDoctrine } from '../../../src/domain/references/doctrine.js';
import { upsertSource } from '../../../src/domain/references/source.js';
import { upsertTopic } from '../../../src/domain/references/topic.js';
import { upsertTreaty } from '../../../src/domain/references/treaty.js';
import { upsertWeaponSystem } from '../../../src/domain/references/weapon-system.js';
import { Prisma } from '../../../src/generated/prisma/client.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import { countries, dates, developments, WORLD } from '../../support/random/random-record.js';
import { runs } from '../../support/random/runs.js';
import type { TestServer } from '../../support/server.js';
import { test as base } from '../../support/shared.js';

const SEED = 20261125;
const RECORDED = 60;

const test = base.extend<{ record: TestServer }>({
  record: [
    async ({ server }, use) => {
      const writer = { db: server.db, editor: 'generated', wake: () => {} };
      for (const [index, slug] of WORLD.actors.entries()) {
        const countryCode = ['RU', 'US', null, 'RU', null][index] ?? null;
        await upsertActor(writer, { slug, kind: 'ORGANISATION', name: slug, countryCode });
      }
      for (const slug of WORLD.sources) await upsertSource(writer, { slug, title: slug });
      for (const slug of WORLD.topics) await upsertTopic(writer, { slug, name: slug });
      for (const slug of WORLD.treaties) await upsertTreaty(writer, { slug, name: slug });
      for (const slug of WORLD.weaponSystems) await upsertWeaponSystem(writer, { slug, name: slug });
      for (const slug of WORLD.doctrines) await upsertDoctrine(writer, { slug, name: slug });
      const generated = fc.sample(developments, { seed: SEED, numRuns: RECORDED });
      for (const [index, { kind, input }] of generated.entries()) {
        const slug = `development-${index}`;
        await recordDevelopment(writer, kind, { ...input, slug }, { publish: index % 6 !== 0 });
        if (index % 12 === 1) await retractDevelopment(writer, slug, { reason: 'Not so' });
      }
      await use(server);
    },
    { scope: 'file' },
  ],
});

/** For each facet, the selection of a value and the filter for developments that have it. */
const FACETS: Readonly<Record<string, { value: string; only: (value: any) => DevelopmentFilter }>> = {
  kind: { value: 'kind', only: (kind) => ({ kind: [kind] }) },
  eventType: { value: 'eventType', only: (eventType) => ({ eventType: [eventType] }) },
  changeType: { value: 'changeType', only: (changeType) => ({ changeType: [changeType] }) },
  disputed: { value: 'disputed', only: (disputed) => ({ disputed }) },
  country: { value: 'country', only: (country) => ({ country: [country] }) },
  participant: { value: 'actor { slug }', only: ({ slug }) => ({ participant: { actor: slug } }) },
  topic: { value: 'topic { slug }', only: ({ slug }) => ({ topic: [slug] }) },
  treaty: { value: 'treaty { slug }', only: ({ slug }) => ({ treaty: [slug] }) },
  weaponSystem: { value: 'weaponSystem { slug }', only: ({ slug }) => ({ weaponSystem: [slug] }) },
  doctrine: { value: 'doctrine { slug }', only: ({ slug }) => ({ doctrine: [slug] }) },
  source: { value: 'source { slug }', only: ({ slug }) => ({ source: [slug] }) },
};

const SELECTION = Object.entries(FACETS)
  .map(([facet, { value }]) => `${facet} { values { value: ${value} count } more }`)
  .join(' ');
const QUERY = `query ($filter: DevelopmentFilter, $first: Int, $asOf: AsOf) {
  developmentFacets(filter: $filter, first: $first, asOf: $asOf) { ${SELECTION} }
}`;

interface Counted {
  readonly values: readonly { readonly value: any; readonly count: number }[];
  readonly more: number;
}

async function readFacets(server: TestServer, variables: object): Promise<Record<string, Counted>> {
  return (await server.data<{ developmentFacets: Record<string, Counted> }>(QUERY, variables))
    .developmentFacets;
}

/** Returns the `totalCount` of several lists, read in one request. */
async function countEach(
  server: TestServer,
  filters: readonly DevelopmentFilter[],
  asOf: object | null,
): Promise<number[]> {
  if (filters.length === 0) return [];
  const names = filters.map((_, index) => `$f${index}: DevelopmentFilter`).join(', ');
  const lists = filters.map(
    (_, index) => `l${index}: developments(filter: $f${index}, asOf: $asOf) { totalCount }`,
  );
  const variables = Object.fromEntries(filters.map((filter, index) => [`f${index}`, filter]));
  const data = await server.data(`query ($asOf: AsOf, ${names}) { ${lists.join(' ')} }`, {
    ...variables,
    asOf,
  });
  return filters.map((_, index) => data[`l${index}`].totalCount);
}

const textOf = (value: any): string => String(value?.slug ?? value);

/** Filters for large, small and empty lists. */
const filters: fc.Arbitrary<DevelopmentFilter> = fc.oneof(
  fc.constant({}),
  fc.record({ country: fc.array(countries, { minLength: 1, maxLength: 2 }) }),
  fc.record({ topic: fc.constantFrom(...WORLD.topics).map((topic) => [topic]), disputed: fc.boolean() }),
  fc.record({
    kind: fc.constantFrom(null, ['EVENT' as const], ['STATEMENT' as const, 'DOCTRINE_CHANGE' as const]),
    status: fc.constantFrom(null, ['DRAFT' as const, 'PUBLISHED' as const]),
    occurred: fc.record({
      within: fc.oneof(dates, fc.constantFrom('1900/2100', '2010/2030')),
      certainty: fc.constantFrom('CERTAIN' as const, null),
    }),
  }),
  fc
    .constantFrom(...WORLD.actors)
    .map((actor) => ({ not: { participant: { actor } }, status: ['RETRACTED' as const, 'DRAFT' as const] })),
);

const slugged = (slugs: readonly string[]) => slugs.map((slug) => ({ slug }));

/** All values of each facet, whether or not a list has them. */
const KNOWN: Readonly<Record<string, readonly unknown[]>> = {
  country: ['RU', 'US', 'DK', 'KZ'],
  participant: slugged(WORLD.actors),
  topic: slugged(WORLD.topics),
  treaty: slugged(WORLD.treaties),
  weaponSystem: slugged(WORLD.weaponSystems),
  doctrine: slugged(WORLD.doctrines),
  source: slugged(WORLD.sources),
};

/** Expects each count to be the `totalCount` with the value added to the filter. Returns the number of counts. */
async function checkCounts(record: TestServer): Promise<number> {
  const { feedHead } = await record.data('{ feedHead }');
  const places = fc.constantFrom(null, { cursor: feedHead as string });
  let values = 0;
  await fc.assert(
    fc.asyncProperty(filters, places, async (filter, asOf) => {
      const facets = await readFacets(record, { filter, asOf, first: 100 });
      const buckets = Object.entries(facets).flatMap(([facet, { values }]) => {
        const told = new Set(values.map(({ value }) => textOf(value)));
        expect(told.size, facet).toBe(values.length);
        const untold = (KNOWN[facet] ?? []).filter((value) => !told.has(textOf(value)));
        return [...values, ...untold.map((value) => ({ value, count: 0 }))].map((it) => ({ facet, ...it }));
      });
      const added = buckets.map(({ facet, value }) => ({
        and: [filter, FACETS[facet]?.only(value) ?? {}],
      }));
      const totals: number[] = [];
      for (let start = 0; start < added.length; start += 10)
        totals.push(...(await countEach(record, added.slice(start, start + 10), asOf)));
      expect(buckets.map(({ count }) => count)).toEqual(totals);
      values += buckets.length;
      // Each development has exactly one value of these facets, so their counts add up to the list.
      const [total] = await countEach(record, [filter], asOf);
      for (const facet of ['kind', 'disputed'])
        expect(facets[facet]?.values.reduce((sum, { count }) => sum + count, 0)).toBe(total);
    }),
    { seed: SEED, numRuns: runs(15, 10) },
  );
  return values;
}

/** Copies every development 80 times, enough for each country to be counted through its mentions. */
async function multiply({ db }: TestServer): Promise<void> {
  const columns = Prisma.raw(
    `revision, kind, status, confidence, disputed, occurred_earliest, occurred_latest, event_type, change_type, actor_ids,
     parts, place_countries, topic_ids, treaty_ids, weapon_system_ids, doctrine_ids, source_ids, links, words,
     id_words, recorded_at, published_at, changed_at`,
  );
  // In parts: the embedded database holds the event loop, and so idle connections, for the time of a statement.
  for (let first = 1; first <= 80; first += 10) {
    await db.$executeRaw`
      INSERT INTO development (id, slug, ${columns})
      SELECT gen_random_uuid(), slug || '-copy-' || number, ${columns}
      FROM development, generate_series(${first}::int, ${first + 9}::int) AS number WHERE slug NOT LIKE '%-copy-%'`;
  }
}

describeWithDatabase('facets', () => {
  test('report for each value the totalCount of the list with that value added to its filter', async ({
    record,
  }) => {
    expect(await checkCounts(record)).toBeGreaterThan(200);
  });

  test('list the most frequent values first, ties by name, and say how many more there are', async ({
    record,
  }) => {
    const whole = await readFacets(record, { first: 100 });
    const short = await readFacets(record, { first: 2 });
    for (const [facet, { values, more }] of Object.entries(whole)) {
      expect(more, facet).toBe(0);
      const sorted = [...values].sort(
        (a, b) => b.count - a.count || (textOf(a.value) < textOf(b.value) ? -1 : 1),
      );
      expect(values, facet).toEqual(sorted);
      const rest = Math.max(values.length - 2, 0);
      expect(short[facet], facet).toEqual({ values: values.slice(0, 2), more: rest });
    }
    expect(whole['participant']?.values.length).toBeGreaterThan(3);
  });

  test('count drafts only for viewers who may see them', async ({ record }) => {
    const query = '{ developmentFacets(filter: { status: [DRAFT] }) { kind { values { count } } } }';
    const { data } = await record.request<any>(query, { token: null });
    expect(data?.developmentFacets.kind.values).toEqual([]);
    const { developmentFacets } = await record.data(query);
    expect(developmentFacets.kind.values).not.toEqual([]);
  });

  test('are counted by one SQL statement, and only if selected', async ({ record }) => {
    const seen: string[] = [];
    record.db.onStatement(({ query }) => seen.push(query));
    const statements = async (selection: string) => {
      seen.length = 0;
      await record.data(`{ developmentFacets { ${selection} } }`);
      // The tail polls the log and the embargo the queue, independently of the request.
      return seen.filter((sql) => !/feed_entry|clock_timestamp\(\) AS now/.test(sql));
    };
    const all = await statements(SELECTION);
    expect(all.filter((sql) => sql.includes('unnest'))).toHaveLength(1);
    expect(all).toHaveLength(1 + 6); // One more for each kind of reference shown.
    const [kind, ...others] = await statements('kind { values { count } } again: kind { more }');
    expect(others).toEqual([]);
    expect(kind).not.toContain('unnest');
    expect(await statements('__typename')).toEqual([]);
  });

  test.for([0, -1, 101])(
    'are refused with first: %s, also where none is selected',
    async (first, { record }) => {
      for (const selected of ['kind { more }', '__typename']) {
        const { errors } = await record.request(`{ developmentFacets(first: ${first}) { ${selected} } }`);
        expect(errors?.[0]?.message).toBe(`Expected first from 1 to 100; got ${first}.`);
      }
    },
  );

  test('cost the list that they count, plus each value that they may show', async ({ record }) => {
    const costOf = async (query: string) => {
      const response = await fetch(record.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      const { extensions } = (await response.json()) as { extensions: { cost: { requested: number } } };
      return extensions.cost.requested;
    };
    // 10 for the request, 20 for the list, 100 for the facet, and for each of `first` values their count.
    expect(await costOf('{ developmentFacets { kind { values { count } } } }')).toBe(10 + 20 + 100 + 1 + 20);
    expect(await costOf('{ developmentFacets(first: 1) { kind { values { count } } } }')).toBe(
      10 + 20 + 100 + 1 + 1,
    );
    expect(await costOf('{ developmentFacets(first: 100) { kind { more } } }')).toBe(10 + 20 + 100 + 1);
  });

  // Must run last, because it changes the record.
  test('count the same in a list so long that each value is counted separately', async ({ record }) => {
    await multiply(record);
    const whole = await readFacets(record, { first: 100 });
    expect(whole['kind']?.values.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(4 * 26 * 26);
    expect(await checkCounts(record)).toBeGreaterThan(200);
  });
});
