import { expect } from 'vitest';
import { CITED } from '../../support/example-source.js';
import { describeWithDatabase, publishStatement } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { test as base } from '../../support/shared.js';
import { mutate } from '../../support/writes.js';

const SLUGS = ['a', 'b', 'c'];

const test = base.extend<{ record: TestServer }>({
  record: [
    async ({ server }, use) => {
      for (const [index, slug] of SLUGS.entries()) {
        await mutate(server, 'upsertTopic', { slug, name: slug });
        await publishStatement(server, `Missile ${slug}`, { slug, occurred: `202${index}` });
      }
      await use(server);
    },
    { scope: 'file' },
  ],
});

type Page = {
  totalCount: number;
  edges: { cursor: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
};

/** Each connection with three objects: its path, its field and the arguments it needs. */
const SOURCE = CITED.citations[0]?.source;
const ENDING = 'from: { moment: "2000-01-01T00:00:00Z" }, ';
const LISTS: [what: string, open: string, args: string][] = [
  ['a list of developments', '{ list: developments', ''],
  ['a list of one kind', '{ list: statements', ''],
  [
    'a ranked list',
    '{ list: developments',
    'filter: { text: "missile" }, orderBy: { field: RELEVANCE, direction: DESC }, ',
  ],
  ['a list of references', '{ list: topics', ''],
  ['the developments of a source', `{ source(slug: "${SOURCE}") { list: developments`, ''],
  ['the changes between two points', '{ list: changesBetween', ENDING],
];

function readPage(server: TestServer) {
  return async (open: string, args: string): Promise<Page> => {
    const close = open.split('{').length > 2 ? '} }' : '}';
    const data = await server.data(
      `${open}(${args}) { totalCount edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } ${close}`,
    );
    return data['list'] ?? data['source'].list;
  };
}

describeWithDatabase('the page info of', () => {
  test.for(LISTS)(
    '%s tells in both directions whether there is more',
    async ([, open, fixed], { record }) => {
      const read = (args: string) => readPage(record)(open, fixed + args);
      const whole = await read('first: 100');
      const [first, second, third] = whole.edges.map(({ cursor }) => cursor);
      expect(whole).toMatchObject({
        totalCount: 3,
        pageInfo: { hasNextPage: false, hasPreviousPage: false },
      });

      const told = async (args: string) => {
        const { edges, pageInfo } = await read(args);
        return { objects: edges.length, previous: pageInfo.hasPreviousPage, next: pageInfo.hasNextPage };
      };
      expect(await told('first: 1')).toEqual({ objects: 1, previous: false, next: true });
      expect(await told(`first: 1, after: "${first}"`)).toEqual({ objects: 1, previous: true, next: true });
      expect(await told(`first: 1, after: "${second}"`)).toEqual({ objects: 1, previous: true, next: false });
      expect(await told(`first: 1, after: "${third}"`)).toEqual({ objects: 0, previous: true, next: false });
      expect(await told('last: 1')).toEqual({ objects: 1, previous: true, next: false });
      expect(await told(`last: 1, before: "${third}"`)).toEqual({ objects: 1, previous: true, next: true });
      expect(await told(`last: 1, before: "${second}"`)).toEqual({ objects: 1, previous: false, next: true });
      expect(await told(`last: 1, before: "${first}"`)).toEqual({ objects: 0, previous: false, next: true });
      // Between two cursors, the direction of paging ends at the other cursor.
      expect(await told(`first: 1, after: "${first}", before: "${third}"`)).toEqual({
        ...{ objects: 1, previous: true, next: false },
      });
      expect(await told(`last: 1, after: "${first}", before: "${third}"`)).toEqual({
        ...{ objects: 1, previous: false, next: true },
      });
    },
  );

  test.for(LISTS)('%s comes with an empty page', async ([, open, fixed], { record }) => {
    for (const size of ['first: 0', 'last: 0']) {
      expect(await readPage(record)(open, `${fixed}${size}`), size).toEqual({
        totalCount: 3,
        edges: [],
        pageInfo: {
          hasNextPage: size === 'first: 0',
          hasPreviousPage: size === 'last: 0',
          startCursor: null,
          endCursor: null,
        },
      });
    }
  });

  test('a list whose ends were withdrawn promises nothing beyond them', async ({ record }) => {
    const read = (args: string) => readPage(record)('{ list: statements', args);
    const [newest, , oldest] = (await read('first: 3')).edges.map(({ cursor }) => cursor);
    for (const slug of ['a', 'c']) await mutate(record, 'retractDevelopment', { slug, reason: 'Not so' });
    expect((await read(`first: 1, after: "${newest}"`)).pageInfo).toMatchObject({
      ...{ hasPreviousPage: false, hasNextPage: false },
    });
    expect((await read(`last: 1, before: "${oldest}"`)).pageInfo).toMatchObject({
      ...{ hasPreviousPage: false, hasNextPage: false },
    });
  });
});
