import { expect } from 'vitest';
import { decodeCursor, encodeCursor } from '../../../src/feed/cursor.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { mutate, test } from '../../support/writes.js';

const CHANGES = `query ($from: AsOf!, $to: AsOf, $filter: DevelopmentFilter, $first: Int, $after: Cursor, $last: Int) {
  changesBetween(from: $from, to: $to, filter: $filter, first: $first, after: $after, last: $last) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      kind
      before { slug headline revision status }
      after { slug headline revision status }
      changes { field before after }
    }
  }
}`;

const ask = async (server: TestServer, variables: object) =>
  (await server.data(CHANGES, variables))['changesBetween'];

const here = async (server: TestServer) => ({
  cursor: (await server.data('{ feedHead }'))['feedHead'] as string,
});

const statement = (slug: string, more: object = {}) => ({
  ...{ slug, headline: slug, occurred: '2020', publish: true, citations: [{ source: 'source' }] },
  ...more,
});

describeWithDatabase('changesBetween', () => {
  test('lists each development that differs between two points once, and no others', async ({ record }) => {
    await mutate(record, 'recordStatement', statement('untouched'));
    await mutate(record, 'recordStatement', statement('revised'));
    await mutate(record, 'recordStatement', statement('withdrawn'));
    const from = await here(record);
    await mutate(record, 'recordStatement', statement('joined', { topics: ['topic'] }));
    await mutate(record, 'reviseStatement', { slug: 'revised', headline: 'Once' });
    await mutate(record, 'reviseStatement', { slug: 'revised', headline: 'Twice', topics: ['topic'] });
    await mutate(record, 'retractDevelopment', { slug: 'withdrawn', reason: 'Wrong' });
    await mutate(record, 'recordStatement', statement('drafted', { publish: false }));
    await mutate(record, 'recordStatement', statement('fleeting'));
    await mutate(record, 'retractDevelopment', { slug: 'fleeting', reason: 'A mistake' });
    const to = await here(record);
    await mutate(record, 'reviseStatement', { slug: 'revised', headline: 'Later' });

    const { nodes, totalCount } = await ask(record, { from, to });
    expect(totalCount).toBe(4);
    expect(nodes).toMatchObject([
      { kind: 'PUBLISHED', before: null, after: { slug: 'joined', revision: 1 } },
      {
        kind: 'REVISED',
        before: { headline: 'revised', revision: 1 },
        after: { headline: 'Twice', revision: 3 },
        changes: [
          { field: 'headline', before: 'revised', after: 'Twice' },
          { field: 'topics', before: null, after: ['topic'] },
        ],
      },
      {
        kind: 'RETRACTED',
        before: { slug: 'withdrawn', status: 'PUBLISHED' },
        after: { status: 'RETRACTED' },
        changes: [],
      },
      { kind: 'RETRACTED', before: null, after: { slug: 'fleeting', status: 'RETRACTED' } },
    ]);
    expect((await ask(record, { from: to })).nodes).toMatchObject([{ after: { headline: 'Later' } }]);
    expect((await ask(record, { from: to, to })).nodes).toEqual([]);

    // A filter selects developments that match it before or after.
    const filtered = await ask(record, { from, to, filter: { topic: 'topic' } });
    expect(filtered.nodes.map(({ after }: any) => after.slug)).toEqual(['joined', 'revised']);
    const before = await ask(record, { from, to, filter: { not: { topic: 'topic' } } });
    expect(before.nodes.map(({ after }: any) => after.slug)).toEqual(['revised', 'withdrawn', 'fleeting']);

    // Pages follow the order of the last change.
    const first = await ask(record, { from, to, first: 3 });
    expect(first.pageInfo.hasNextPage).toBe(true);
    const rest = await ask(record, { from, to, first: 3, after: first.pageInfo.endCursor });
    expect([...first.nodes, ...rest.nodes]).toEqual(nodes);
    expect((await ask(record, { from, to, last: 1 })).nodes).toEqual(nodes.slice(3));

    const backwards = await record.request(CHANGES, { variables: { from: to, to: from } });
    expect(backwards.errors?.[0]?.message).toMatch(/Expected "from" to be before "to"/);
  });

  test('reports the same about a link to a draft before and after the draft is published', async ({
    record,
  }) => {
    await mutate(record, 'recordStatement', statement('linking'));
    await mutate(record, 'recordStatement', statement('hidden', { publish: false }));
    await mutate(record, 'recordStatement', statement('never-linked', { publish: false }));
    const from = await here(record);
    const link = { slug: 'linking', relation: 'RESPONDS_TO' };
    await mutate(record, 'linkDevelopments', { ...link, to: 'never-linked', note: 'Taken back' });
    await mutate(record, 'unlinkDevelopments', { ...link, to: 'never-linked' });
    await mutate(record, 'linkDevelopments', { ...link, to: 'hidden', note: 'Not public yet' });
    const to = await here(record);
    const told = async () => {
      const { data } = await record.request<any>(
        `query ($from: AsOf!, $to: AsOf) {
          changesBetween(from: $from, to: $to) {
            nodes { after { slug links { note } revisions { nodes { changes { field after } } } } changes { field after } }
          }
        }`,
        { variables: { from, to }, token: null },
      );
      return data.changesBetween.nodes;
    };
    const before = await told();
    expect(before).toMatchObject([{ after: { slug: 'linking', links: [] }, changes: [] }]);
    for (const slug of ['hidden', 'never-linked']) await mutate(record, 'publishDevelopment', { slug });
    expect(await told()).toEqual(before);
    const { linking } = await record.data('{ linking: development(slug: "linking") { links { note } } }');
    expect(linking.links).toEqual([{ note: 'Not public yet' }]);
  });

  test('refuses malformed, unknown and ambiguous points', async ({ record }) => {
    const refused = async (from: object) => {
      const { errors } = await record.request(CHANGES, { variables: { from } });
      return [errors?.[0]?.extensions?.['code'], errors?.[0]?.message];
    };
    const { feedHead } = await record.data('{ feedHead }');
    const head = decodeCursor(feedHead);
    const cursor = (other: object) => ({ cursor: encodeCursor({ ...head, ...other }) });
    expect(await refused({ cursor: 'nonsense' })).toEqual([
      'BAD_USER_INPUT',
      expect.stringMatching(/Expected a feed cursor/),
    ]);
    expect(await refused(cursor({ position: head.position + 1n }))).toEqual([
      'BAD_USER_INPUT',
      expect.stringMatching(/up to the newest change/),
    ]);
    expect(await refused(cursor({ epoch: '00000000-0000-7000-8000-000000000000' }))).toEqual([
      'BAD_USER_INPUT',
      expect.stringMatching(/of the current epoch.*Use a moment instead/),
    ]);
    expect(await refused(cursor({ hash: '0123456789abcdef' }))).toEqual([
      'BAD_USER_INPUT',
      expect.stringMatching(/of this record.*Use a moment instead/),
    ]);
    expect(await refused({ revision: { slug: 'drafted', number: 1 } })).toEqual([
      'BAD_USER_INPUT',
      expect.stringMatching(/"drafted" has none with the number 1/),
    ]);
    expect(await refused({ revision: { slug: 'untouched', number: -1 } })).toEqual([
      'BAD_USER_INPUT',
      expect.stringMatching(/none/),
    ]);
    expect(await refused({})).toEqual(['BAD_USER_INPUT', expect.stringMatching(/exactly one/i)]);
    expect(await refused({ cursor: feedHead, moment: '2020-01-01T00:00Z' })).toEqual([
      'BAD_USER_INPUT',
      expect.stringMatching(/exactly one/i),
    ]);
  });
});
