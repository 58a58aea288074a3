import { expect } from 'vitest';
import { MAX_PAGE } from '../../../src/graphql/page.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { test as counted, expectAtMost } from '../../support/statements.js';
import { mutate, newSlug, test } from '../../support/writes.js';

interface Page {
  readonly totalCount: number;
  readonly totalCountIsExact: boolean;
  readonly nodes: readonly { readonly number: number }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

interface Args {
  readonly first?: number;
  readonly after?: string | null;
  readonly last?: number;
  readonly before?: string | null;
  readonly asOf?: object;
}

const QUERY = `query ($slug: String!, $asOf: AsOf, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
  development(slug: $slug, asOf: $asOf) {
    revisions(first: $first, after: $after, last: $last, before: $before) {
      totalCount totalCountIsExact
      nodes { number }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
}`;

const send = (server: TestServer, slug: string, args: Args = {}, as: 'editor' | 'reader' = 'editor') =>
  server.request<{ development: { revisions: Page } }>(QUERY, {
    variables: { slug, ...args },
    ...(as === 'reader' ? { token: null } : {}),
  });

async function read(...asked: Parameters<typeof send>): Promise<Page> {
  const { data, errors } = await send(...asked);
  expect(errors).toBeUndefined();
  if (!data) throw new Error('The answer has no data.');
  return data.development.revisions;
}

const numbers = ({ nodes }: Page) => nodes.map(({ number }) => number);

/** Records a development with revisions numbered from 1, of which the first two are drafts if asked for. */
async function recorded(server: TestServer, revisions: number, { hasDrafts = false } = {}): Promise<string> {
  const slug = newSlug();
  const input = { slug, headline: '1', occurred: '2020', citations: [{ source: 'source' }] };
  await mutate(server, 'recordStatement', { ...input, publish: !hasDrafts });
  for (let number = 2; number <= revisions; number += 1) {
    if (hasDrafts && number === 3) await mutate(server, 'publishDevelopment', { slug });
    else await mutate(server, 'reviseStatement', { slug, headline: `${number}` });
  }
  return slug;
}

describeWithDatabase('the revisions of a development', () => {
  test('are read newest first by pages in both directions, without gaps', async ({ record }) => {
    const slug = await recorded(record, 7);
    const forwards: number[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const page = await read(record, slug, { first: 3, after });
      expect(page).toMatchObject({ totalCount: 7, totalCountIsExact: true });
      expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
      forwards.push(...numbers(page));
      ({ endCursor: after, hasNextPage: more } = page.pageInfo);
    }
    expect(forwards).toEqual([7, 6, 5, 4, 3, 2, 1]);

    const backwards: number[] = [];
    for (let before: string | null = null, more = true; more; ) {
      const page = await read(record, slug, { last: 3, before });
      expect(page.pageInfo.hasNextPage).toBe(before !== null);
      backwards.unshift(...numbers(page));
      ({ startCursor: before, hasPreviousPage: more } = page.pageInfo);
    }
    expect(backwards).toEqual(forwards);

    const { pageInfo } = await read(record, slug, { first: 1 });
    const until = await read(record, slug, { last: 1 });
    const between = { after: pageInfo.endCursor, before: until.pageInfo.startCursor };
    expect(numbers(await read(record, slug, { first: 2, ...between }))).toEqual([6, 5]);
    expect(numbers(await read(record, slug, { last: 2, ...between }))).toEqual([3, 2]);
  });

  test('are an empty page for first: 0, with its count and whether there are more', async ({ record }) => {
    const slug = await recorded(record, 2);
    expect(await read(record, slug, { first: 0 })).toEqual({
      totalCount: 2,
      totalCountIsExact: true,
      nodes: [],
      pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });

  test('do not shift a page when one is added', async ({ record }) => {
    const slug = await recorded(record, 4);
    const { pageInfo } = await read(record, slug, { first: 2 });
    await mutate(record, 'reviseStatement', { slug, headline: 'Later' });
    expect(numbers(await read(record, slug, { first: 2, after: pageInfo.endCursor }))).toEqual([2, 1]);
  });

  test('end at the point in time that the development is read as of', async ({ record }) => {
    const slug = await recorded(record, 5);
    const asOf = { revision: { slug, number: 3 } };
    const page = await read(record, slug, { first: 2, asOf });
    expect([page.totalCount, numbers(page), page.pageInfo.hasNextPage]).toEqual([3, [3, 2], true]);
    // A cursor of a later state leads to the revisions of this one.
    const newest = await read(record, slug, { first: 1 });
    expect(numbers(await read(record, slug, { asOf, after: newest.pageInfo.endCursor }))).toEqual([3, 2, 1]);
    expect(numbers(await read(record, slug, { asOf, before: newest.pageInfo.endCursor }))).toEqual([]);
  });

  test('have those of drafts for editors only, in pages and in counts', async ({ record }) => {
    const slug = await recorded(record, 4, { hasDrafts: true });
    for (const [as, seen] of [
      ['editor', [4, 3, 2, 1]],
      ['reader', [4, 3]],
    ] as const) {
      const all = await read(record, slug, {}, as);
      expect([all.totalCount, numbers(all)]).toEqual([seen.length, seen]);
      const half = await read(record, slug, { first: 2 }, as);
      expect(half.pageInfo.hasNextPage).toBe(seen.length > 2);
      const rest = await read(record, slug, { first: 2, after: half.pageInfo.endCursor }, as);
      expect([numbers(rest), rest.pageInfo.hasNextPage]).toEqual([seen.slice(2), false]);
      expect(numbers(await read(record, slug, { last: 1 }, as))).toEqual(seen.slice(-1));
      // An editor's cursor of a draft shows a reader nothing else.
      const [draft] = (await read(record, slug, { last: 1 })).nodes;
      const before = Buffer.from(JSON.stringify(['revision', draft?.number])).toString('base64url');
      expect(numbers(await read(record, slug, { before }, as))).toEqual(seen.filter((at) => at > 1));
    }
  });

  test('are refused with a size out of range, two sizes, or a cursor of another list', async ({ record }) => {
    const slug = await recorded(record, 1);
    const { data } = await record.request<any>('{ actors(first: 1) { pageInfo { endCursor } } }');
    const refused: Args[] = [
      { first: MAX_PAGE + 1 },
      { last: -1 },
      { first: 1, last: 1 },
      { after: data.actors.pageInfo.endCursor },
      { after: Buffer.from('["revision","1"]').toString('base64url') },
    ];
    for (const args of refused) {
      const { errors } = await send(record, slug, args);
      expect(errors, JSON.stringify(args)).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });

  test('take cursors with any integer', async ({ record }) => {
    const slug = await recorded(record, 2);
    const cursorOf = (number: number) =>
      Buffer.from(JSON.stringify(['revision', number])).toString('base64url');
    for (const [number, after, before] of [
      [Number.MAX_SAFE_INTEGER, [2, 1], []],
      [Number.MIN_SAFE_INTEGER, [], [2, 1]],
    ] as const) {
      expect(numbers(await read(record, slug, { after: cursorOf(number) }))).toEqual(after);
      expect(numbers(await read(record, slug, { before: cursorOf(number) }))).toEqual(before);
      expect(numbers(await read(record, slug, { last: 5, after: cursorOf(number) }))).toEqual(after);
    }
  });
});

// Apart because it needs a record with many developments.
describeWithDatabase('the revisions of a list of developments', () => {
  counted(
    'take a statement for each size and direction, and one for their counts',
    async ({ statements }) => {
      const page = (first: number, fields: string) =>
        statements.of(`{ developments(first: ${first}) { nodes { ${fields} } } }`);
      const after = Buffer.from('["revision",9]').toString('base64url');
      const many =
        'a: revisions { totalCount totalCountIsExact nodes { number } } b: revisions { edges { cursor } }';
      expect(await page(30, many)).toMatchInlineSnapshot(`
        [
          "development",
          "revision",
          "revision",
        ]
      `);
      expect(await page(30, many)).toEqual(await page(2, many));
      const ends = `newest: revisions(first: 1) { nodes { number } } oldest: revisions(last: 1) { nodes { number } }
      rest: revisions(first: 5, after: "${after}") { nodes { number } pageInfo { hasNextPage hasPreviousPage } }`;
      for (const rows of [2, 30]) expectAtMost({ development: 1, revision: 4 }, await page(rows, ends));
    },
  );
});
