import fc from 'fast-check';
import { expect } from 'vitest';
import { ANONYMOUS } from '../../../src/domain/access.js';
import { recordInputs } from '../../../src/domain/development/content/input.js';
import { listDevelopments } from '../../../src/domain/development/read/list.js';
import { newestByYear, newestOf } from '../../../src/domain/development/read/newest-matches.js';
import { recordMany } from '../../../src/domain/development/write/record.js';
import { parseInput } from '../../../src/domain/input.js';
import { appendToFeed } from '../../../src/feed/position.js';
import type { Prisma } from '../../../src/generated/prisma/client.js';
import { CITED } from '../../support/example-source.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import { complaints, refuseFailure } from '../../support/hostile/raw.js';
import { runs } from '../../support/random/runs.js';
import type { TestServer } from '../../support/server.js';
import { test as base } from '../../support/shared.js';

/** Records and publishes statements, all at one instant. */
async function publishAll(server: TestServer, statements: readonly object[]): Promise<void> {
  await server.db.$transaction(async (tx) => {
    const items = statements.map((statement) => ({
      kind: 'STATEMENT' as const,
      fields: parseInput(recordInputs.STATEMENT, { occurred: '2020', ...CITED, ...statement }),
    }));
    const { feed } = await recordMany(tx, items, true, { editor: 'test', reason: null });
    await appendToFeed(tx, feed);
  });
}

const test = base.extend<{ record: TestServer }>({
  record: [
    async ({ server }, use) => {
      await server.data(
        'mutation { upsertTopic(input: { slug: "missiles", name: "Missiles" }) { __typename } }',
      );
      await publishAll(server, [
        { slug: 'said', headline: 'An answer', translation: 'A missile will fly.' },
        { slug: 'in-the-headline', headline: 'A missile is tested' },
        { slug: 'filed', headline: 'A hearing', topics: ['missiles'] },
        { slug: 'summed-up', headline: 'A launch', summary: 'A missile flew.' },
        { slug: 'none', headline: 'Talks on trade' },
        { slug: 'everywhere', headline: 'Missile talks', summary: 'On missiles.', topics: ['missiles'] },
        ...Array.from({ length: 40 }, (_, index) => ({
          slug: `tie-${index}`,
          occurred: index < 20 ? '2020' : `${1990 + index}-0${(index % 9) + 1}`,
          headline: `Rocket ${index}`,
          summary: index % 3 === 0 ? 'A rocket.' : undefined,
        })),
      ]);
      await use(server);
    },
    { scope: 'file' },
  ],
});

const PAGE = `query ($filter: DevelopmentFilter, $direction: OrderDirection!, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
  developments(
    filter: $filter, orderBy: { field: RELEVANCE, direction: $direction }
    first: $first, after: $after, last: $last, before: $before
  ) {
    totalCount
    nodes { slug }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

async function readPage(server: TestServer, variables: object) {
  const { developments } = await server.data(PAGE, { direction: 'DESC', ...variables });
  const { nodes, pageInfo, totalCount } = developments;
  return { slugs: nodes.map(({ slug }: { slug: string }) => slug) as string[], pageInfo, totalCount };
}

describeWithDatabase('ordering by relevance', () => {
  test('ranks a word in the headline first, then in the summary, in names and in the translation', async ({
    record,
  }) => {
    const best = ['everywhere', 'in-the-headline', 'summed-up', 'filed', 'said'];
    const filter = { text: 'missile' };
    expect((await readPage(record, { filter })).slugs).toEqual(best);
    expect((await readPage(record, { filter, direction: 'ASC' })).slugs).toEqual(best.toReversed());
  });

  test('counts texts inside "and" and "or", but not excluded words', async ({ record }) => {
    const filter = { or: [{ text: 'hearing' }, { and: [{ text: 'launch or talks -missile' }] }] };
    const { slugs } = await readPage(record, { filter });
    expect(slugs.toSorted()).toEqual(['filed', 'none', 'summed-up']);
  });

  test.for(['ASC', 'DESC'])(
    'shows each match once, %s, forwards and backwards',
    async (direction, { record }) => {
      const filter = { text: 'rocket' };
      const whole = await readPage(record, { filter, direction, first: 100 });
      expect(whole.totalCount).toBe(40);
      expect(new Set(whole.slugs).size).toBe(40);
      const forwards: string[] = [];
      for (let after: string | null = null; ; ) {
        const page = await readPage(record, { filter, direction, first: 7, after });
        forwards.push(...page.slugs);
        after = page.pageInfo.endCursor;
        if (!page.pageInfo.hasNextPage) break;
      }
      expect(forwards).toEqual(whole.slugs);
      const back: string[] = [];
      for (let before: string | null = null; ; ) {
        const page = await readPage(record, { filter, direction, last: 9, before });
        back.unshift(...page.slugs);
        before = page.pageInfo.startCursor;
        if (!page.pageInfo.hasPreviousPage) break;
      }
      expect(back).toEqual(whole.slugs);
    },
  );

  test.for<[string, object | null]>([
    ['no filter', null],
    ['no text', { kind: ['STATEMENT'] }],
    ['a blank text', { text: ' ' }],
    ['only excluded words', { text: '-missile' }],
    ['a text only inside "not"', { not: { text: 'missile' } }],
  ])('is refused for a list with %s', async ([, filter], { record }) => {
    const answer = await record.request(PAGE, { variables: { filter, direction: 'DESC' } });
    refuseFailure(record, answer);
    expect(complaints(answer)).toMatch(/^Expected a text in the filter to order by RELEVANCE/);
  });

  test('ranks and pages through the newest 1,000 matches, and counts all', async ({ server }) => {
    const words = Array.from({ length: 1_003 }, (_, index) => ({
      slug: `many-${index}`,
      headline: `Exercise ${index}`,
      occurred: index < 3 ? '1901' : '2021',
    }));
    for (let start = 0; start < words.length; start += 200)
      await publishAll(server, words.slice(start, start + 200));
    const seen: string[] = [];
    for (let after: string | null = null; ; ) {
      const page = await readPage(server, { filter: { text: 'exercise' }, first: 100, after });
      expect(page.totalCount).toBe(1_003);
      seen.push(...page.slugs);
      after = page.pageInfo.endCursor;
      if (!page.pageInfo.hasNextPage) break;
    }
    expect(new Set(seen).size).toBe(1_000);
    expect(seen.filter((slug) => ['many-0', 'many-1', 'many-2'].includes(slug))).toEqual([]);
  });

  test('finds the same newest matches year by year as by date', async ({ record }) => {
    const words = fc.constantFrom(
      'missile',
      'rocket',
      'exercise or missile',
      '-missile',
      'talks',
      '"a rocket"',
      'missile -talks',
    );
    const filters = fc.record(
      {
        text: words,
        kind: fc.constantFrom(['STATEMENT' as const], ['EVENT' as const]),
        not: words.map((text) => ({ text })),
        or: fc.array(
          words.map((text) => ({ text })),
          { maxLength: 2 },
        ),
      },
      { requiredKeys: ['text'] },
    );
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        const { rows, within } = await listDevelopments(record.db, ANONYMOUS, {
          filter,
          onUnknownSlug: () => {},
        });
        if (!within) throw new Error('Expected a text that all rows match.');
        const ids = async (found: Prisma.Sql) =>
          (await record.db.$queryRaw<{ id: string }[]>`SELECT it.id::text AS id FROM (${found}) AS it`).map(
            ({ id }) => id,
          );
        expect(await ids(newestByYear(within))).toEqual(await ids(newestOf(rows)));
      }),
      { numRuns: runs(100, 10) },
    );
  });
});
