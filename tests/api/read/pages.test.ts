import fc from 'fast-check';
import { expect } from 'vitest';
import { recordInputs } from '../../../src/domain/development/content/input.js';
import { recordMany } from '../../../src/domain/development/write/record.js';
import { parseInput } from '../../../src/domain/input.js';
import { appendToFeed } from '../../../src/feed/position.js';
import { CITED } from '../../support/example-source.js';
import { describeWithDatabase, publishStatement } from '../../support/fixtures.js';
import { runs } from '../../support/random/runs.js';
import type { TestServer } from '../../support/server.js';
import { test as base } from '../../support/shared.js';

const DATES = ['2020-05-01', '2020-05', '2020', '201X', '../2020', '2020/..', 'XXXX', '1999-12-31?'];
const TOTAL = 130;

const test = base.extend<{ record: TestServer }>({
  record: [
    async ({ server }, use) => {
      const items = Array.from({ length: TOTAL }, (_, index) => ({
        kind: 'STATEMENT' as const,
        fields: parseInput(recordInputs.STATEMENT, {
          slug: `s-${index}`,
          headline: `Statement ${index}`,
          occurred: DATES[index % DATES.length],
          ...CITED,
        }),
      }));
      // Two batches, each recorded at one instant, so that all rows have ties.
      for (const lot of [items.slice(0, 70), items.slice(70)]) {
        await server.db.$transaction(async (tx) => {
          const { feed } = await recordMany(tx, lot, true, { editor: 'test', reason: null });
          await appendToFeed(tx, feed);
        });
      }
      await use(server);
    },
    { scope: 'file' },
  ],
});

const PAGE = `query ($first: Int, $after: Cursor, $last: Int, $before: Cursor, $orderBy: DevelopmentOrder, $filter: DevelopmentFilter) {
  developments(first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy, filter: $filter) {
    totalCount
    edges { cursor node { slug occurred { earliest latest } recordedAt publishedAt changedAt } }
    nodes { slug }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

type Edge = {
  cursor: string;
  node: {
    slug: string;
    occurred: { earliest: string | null; latest: string | null };
    recordedAt: string;
    publishedAt: string;
    changedAt: string;
  };
};

async function readPage(server: TestServer, variables: object) {
  const { developments: page } = await server.data(PAGE, variables);
  expect(page.nodes).toEqual(page.edges.map(({ node: { slug } }: Edge) => ({ slug })));
  expect(page.pageInfo.startCursor).toBe(page.edges[0]?.cursor ?? null);
  expect(page.pageInfo.endCursor).toBe(page.edges.at(-1)?.cursor ?? null);
  return page as {
    totalCount: number;
    edges: Edge[];
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
  };
}

/** Reads the whole list, forwards or backwards. Returns the edges in list order. */
async function readAll(
  server: TestServer,
  size: number,
  backwards: boolean,
  variables: object,
): Promise<Edge[]> {
  const edges: Edge[] = [];
  for (let at: string | null = null; ; ) {
    const page = await readPage(server, {
      ...variables,
      ...(backwards ? { last: size, before: at } : { first: size, after: at }),
    });
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
    expect(backwards ? hasNextPage : hasPreviousPage).toBe(at !== null);
    if (backwards) edges.unshift(...page.edges);
    else edges.push(...page.edges);
    if (!(backwards ? hasPreviousPage : hasNextPage)) return edges;
    expect(page.edges).toHaveLength(size);
    at = backwards ? startCursor : endCursor;
  }
}

const slugsOf = (edges: readonly Edge[]) => edges.map(({ node }) => node.slug);
const KEYS = {
  EARLIEST: ({ node }: Edge) => node.occurred.earliest ?? '0000',
  LATEST: ({ node }: Edge) => node.occurred.latest ?? '9999-99',
  RECORDED: ({ node }: Edge) => node.recordedAt,
  PUBLISHED: ({ node }: Edge) => node.publishedAt,
  CHANGED: ({ node }: Edge) => node.changedAt,
};
const ORDERS = Object.keys(KEYS).flatMap((field) =>
  ['ASC', 'DESC'].map((direction) => ({ field: field as keyof typeof KEYS, direction })),
);

describeWithDatabase('pages', () => {
  test.for(ORDERS)(
    'by $field $direction contain every row exactly once, 50 at a time from either end',
    async (orderBy, { record }) => {
      const forwards = await readAll(record, 50, false, { orderBy });
      expect(new Set(slugsOf(forwards)).size).toBe(TOTAL);
      expect(forwards).toHaveLength(TOTAL);

      const keys = forwards.map(KEYS[orderBy.field]);
      const sorted = [...keys].sort();
      expect(keys).toEqual(orderBy.direction === 'ASC' ? sorted : sorted.reverse());

      expect(slugsOf(await readAll(record, 50, true, { orderBy }))).toEqual(slugsOf(forwards));
    },
  );

  test('in opposite directions are the reverse of each other, ties included', async ({ record }) => {
    for (const field of Object.keys(KEYS)) {
      const [up, down] = await Promise.all(
        ['ASC', 'DESC'].map((direction) => readAll(record, 100, false, { orderBy: { field, direction } })),
      );
      expect(slugsOf(up ?? [])).toEqual(slugsOf(down ?? []).reverse());
    }
  });

  test('of any size between any cursors equal that part of the whole list', async ({ record }) => {
    const all = await readAll(record, 100, false, {});
    const place = fc.integer({ min: 0, max: TOTAL - 1 });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 100 }),
        place,
        place,
        fc.boolean(),
        async (size, start, end, backwards) => {
          const between = all.slice(start + 1, Math.max(end, start + 1));
          const page = await readPage(record, {
            ...(backwards ? { last: size } : { first: size }),
            after: all[start]?.cursor,
            before: all[end]?.cursor,
          });
          expect(slugsOf(page.edges)).toEqual(
            slugsOf(backwards ? between.slice(-size) : between.slice(0, size)),
          );
          expect(page.pageInfo[backwards ? 'hasPreviousPage' : 'hasNextPage']).toBe(between.length > size);
          expect(page.totalCount).toBe(TOTAL);
        },
      ),
      { numRuns: runs(40), seed: 20260101 },
    );
  });

  test('contain 20 rows by default, and totalCount counts what the filter selects', async ({ record }) => {
    expect((await readPage(record, {})).edges).toHaveLength(20);
    const { totalCount, edges } = await readPage(record, {
      filter: { occurred: { within: '2020-05', certainty: 'CERTAIN' } },
      first: 1,
    });
    expect({ totalCount, edges: edges.length }).toEqual({ totalCount: 34, edges: 1 });
    const none = await readPage(record, { filter: { text: 'no such words' } });
    expect(none).toMatchObject({
      totalCount: 0,
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, endCursor: null },
    });
  });
});

describeWithDatabase('while the list grows', () => {
  test('pages that were read do not shift, and no row is repeated or missed', async ({ record }) => {
    const before = await readAll(record, 100, false, {});
    const first = await readPage(record, { first: 50 });
    for (const [index, occurred] of ['2020-05-01', '9000', 'XXXX', '2020'].entries()) {
      await publishStatement(record, 'Added', { slug: `added-${index}`, occurred });
    }
    const rest = [];
    for (let after: string | null = first.pageInfo.endCursor; after; ) {
      const page = await readPage(record, { first: 50, after });
      rest.push(...slugsOf(page.edges));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    }
    const read = [...slugsOf(first.edges), ...rest];
    expect(read.filter((slug) => !slug.startsWith('added-'))).toEqual(slugsOf(before));
    expect(new Set(read).size).toBe(read.length);
    expect(read).toContain('added-2');
    expect(read).not.toContain('added-1'); // The newest: it sorts before the first page.
  });
});
