import { expect } from 'vitest';
import { feedHead, toldSince } from '../../support/feed-items.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { mutate, newSlug, readDevelopment, test } from '../../support/writes.js';

interface Claim {
  key: string;
  field: string;
  value: unknown;
  rank: string;
}

/** Publishes an event whose one citation makes these claims. */
async function publishEvent(record: TestServer, claims: object[] = [], input: object = {}) {
  const slug = newSlug();
  const common = { headline: 'Ranked', occurred: '2019', type: 'TEST', publish: true };
  const citations = [{ source: 'source', claims }];
  const made = await mutate(record, 'recordEvent', { slug, ...common, citations, ...input });
  expect(made.message).toBeUndefined();
  return slug;
}

const claimsOf = async (record: TestServer, slug: string): Promise<Claim[]> =>
  (await readDevelopment(record, slug, 'claims { key field value rank }')).claims;

const ranks = async (record: TestServer, slug: string) =>
  (await claimsOf(record, slug)).map(({ value, rank }) => [value, rank]);

/** Ranks the claim at the index. */
async function rank(record: TestServer, slug: string, index: number, to: string, fields = '__typename') {
  const claim = (await claimsOf(record, slug))[index]?.key;
  return mutate(record, 'rankClaim', { slug, claim, rank: to, reason: 'Because' }, fields);
}

const occurred = (value: string, more: object = {}) => ({ field: 'OCCURRED', value, ...more });
const OWN = 'occurred { edtf }';

describeWithDatabase('the preferred claim', () => {
  test('is the only one on its field: when another replaces it, it becomes NORMAL', async ({ record }) => {
    const claims = [occurred('2019-08-02'), occurred('2019-08-03'), { field: 'RANGE', value: { low: 500 } }];
    const slug = await publishEvent(record, claims);
    await rank(record, slug, 2, 'PREFERRED');
    expect(await rank(record, slug, 0, 'PREFERRED', OWN)).toMatchObject({ occurred: { edtf: '2019-08-02' } });
    expect(await rank(record, slug, 1, 'PREFERRED', OWN)).toMatchObject({
      occurred: { edtf: '2019-08-03' },
      revision: 4,
    });
    expect(await ranks(record, slug)).toEqual([
      ['2019-08-02', 'NORMAL'],
      ['2019-08-03', 'PREFERRED'],
      [{ low: 500, high: null }, 'PREFERRED'],
    ]);
  });

  test("leaves the development's value unchanged when it is ranked lower", async ({ record }) => {
    const slug = await publishEvent(record, [occurred('2020')]);
    await rank(record, slug, 0, 'PREFERRED');
    expect(await rank(record, slug, 0, 'DEPRECATED', OWN)).toMatchObject({
      ...{ revision: 3, occurred: { edtf: '2020' } },
    });
    expect(await ranks(record, slug)).toEqual([['2020', 'DEPRECATED']]);
  });

  test('makes no revision and no feed item when its rank stays the same', async ({ record }) => {
    const slug = await publishEvent(record, [occurred('2020')]);
    await rank(record, slug, 0, 'PREFERRED');
    const start = await feedHead(record);
    expect(await rank(record, slug, 0, 'PREFERRED')).toMatchObject({ revision: 2 });
    expect(await toldSince(record, start)).toEqual([]);
  });

  test('of a draft makes a revision but no feed item', async ({ record }) => {
    const slug = await publishEvent(record, [occurred('2020')], { publish: false });
    const start = await feedHead(record);
    expect(await rank(record, slug, 0, 'PREFERRED', OWN)).toMatchObject({
      ...{ status: 'DRAFT', revision: 2, occurred: { edtf: '2020' } },
    });
    expect(await toldSince(record, start)).toEqual([]);
  });

  test('is shown in the history with its reason', async ({ record }) => {
    const slug = await publishEvent(record, [occurred('2020')]);
    await rank(record, slug, 0, 'PREFERRED');
    const { revisions } = await readDevelopment(
      record,
      slug,
      'revisions { nodes { number reason editor changes { field before after } } }',
    );
    expect(revisions.nodes[0]).toMatchObject({
      ...{ number: 2, reason: 'Because', editor: 'ADMIN_TOKEN' },
      changes: [{ field: 'citations' }, { field: 'occurred', before: '2019', after: '2020' }],
    });
  });

  test.for(['', ' ', 'x'.repeat(1_001)])(
    'cannot be ranked with the reason %j',
    async (reason, { record }) => {
      const slug = await publishEvent(record, [occurred('2020')]);
      const [claim] = await claimsOf(record, slug);
      const input = { slug, claim: claim?.key, rank: 'PREFERRED', reason };
      expect(await mutate(record, 'rankClaim', input)).toMatchObject({
        message: expect.stringContaining('reason: Expected'),
      });
    },
  );

  test('must equal the value of the development that it is recorded with', async ({ record }) => {
    const preferred = occurred('2020', { rank: 'PREFERRED' });
    const slug = await publishEvent(record, [preferred], { occurred: '2020' });
    expect(await ranks(record, slug)).toEqual([['2020', 'PREFERRED']]);

    const other = { headline: 'Apart', occurred: '2019', type: 'TEST' };
    const citations = [{ source: 'source', claims: [preferred] }];
    expect(await mutate(record, 'recordEvent', { ...other, citations })).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('occurred: Expected the value of the preferred claim on OCCURRED'),
    });
  });

  test('keeps its value from being revised, unless the citations are revised too', async ({ record }) => {
    const preferred = occurred('2020', { rank: 'PREFERRED' });
    const slug = await publishEvent(record, [preferred], { occurred: '2020' });
    const revise = (input: object) =>
      mutate(record, 'reviseEvent', { slug, ...input }, `... on Event { ${OWN} }`);
    expect(await revise({ occurred: '2021' })).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining(
        'occurred: Expected the value of the preferred claim on OCCURRED, "2020"',
      ),
    });
    expect(await revise({ headline: 'The same otherwise' })).toMatchObject({ occurred: { edtf: '2020' } });
    const citations = [{ source: 'source', claims: [occurred('2021', { rank: 'PREFERRED' })] }];
    expect(await revise({ occurred: '2021', citations })).toMatchObject({ occurred: { edtf: '2021' } });
  });

  test("can come with an added citation if it has the development's value and is the only one", async ({
    record,
  }) => {
    const slug = await publishEvent(record);
    const add = (value: string) => {
      const claims = [{ field: 'RANGE', value: { low: 1 } }, occurred(value, { rank: 'PREFERRED' })];
      return mutate(record, 'addCitation', { slug, source: 'source', claims });
    };
    expect(await add('2020')).toMatchObject({
      message: expect.stringContaining(
        'claims.1.value: Expected the value of the preferred claim on OCCURRED',
      ),
    });
    expect(await add('2019')).toMatchObject({ revision: 2 });
    expect(await add('2019')).toMatchObject({
      message: expect.stringContaining('claims.1.rank: Expected at most one PREFERRED claim about OCCURRED'),
    });
  });

  test('on RANGE must not contradict the one on QUANTITIES', async ({ record }) => {
    const range = { name: 'range', unit: 'km', low: 500 };
    const slug = await publishEvent(record, [
      { field: 'QUANTITIES', value: [range] },
      { field: 'RANGE', value: { low: 500 } },
      { field: 'RANGE', value: { low: 1000 } },
    ]);
    expect(await rank(record, slug, 0, 'PREFERRED')).toMatchObject({ revision: 2 });
    expect(await rank(record, slug, 1, 'PREFERRED')).toMatchObject({ revision: 3 });
    expect(await rank(record, slug, 2, 'PREFERRED')).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(
        /claim: .*preferred claim on QUANTITIES.*Rank the other claim NORMAL first/,
      ),
    });
    await rank(record, slug, 0, 'NORMAL');
    expect(await rank(record, slug, 2, 'PREFERRED', '... on Event { quantities { low } }')).toMatchObject({
      quantities: [{ low: 1000 }],
    });
  });

  test("on ROLE must name offices of the statement's speakers", async ({ record }) => {
    const slug = newSlug();
    const office = [{ actor: 'speaker', capacity: 'Minister' }];
    const claims = [
      { field: 'ROLE', value: office },
      { field: 'SPEAKER', value: ['state', 'speaker'] },
    ];
    const statement = { slug, headline: 'Said', occurred: '2019', citations: [{ source: 'source', claims }] };
    await mutate(record, 'recordStatement', statement);
    expect(await rank(record, slug, 0, 'PREFERRED')).toMatchObject({
      message: expect.stringContaining("claim: Expected offices of the statement's speakers"),
    });
    await rank(record, slug, 1, 'PREFERRED');
    const speakers = '... on Statement { speakers { capacity actor { slug } } }';
    expect(await rank(record, slug, 0, 'PREFERRED', speakers)).toMatchObject({
      speakers: [
        { capacity: null, actor: { slug: 'state' } },
        { capacity: 'Minister', actor: { slug: 'speaker' } },
      ],
    });
  });
});
