import { expect } from 'vitest';
import { describeWithDatabase } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { mutate, newSlug, readDevelopment, test } from '../../support/writes.js';

interface Dispute {
  field: string;
  values: { value: unknown; text: string; isPreferred: boolean; claims: Claim[] }[];
}

interface Claim {
  key: string;
  rank: string;
  citation: { locator: string; source: { slug: string } };
}

const DISPUTES = `disputed disputes {
  field values { value text isPreferred claims { key rank citation { locator source { slug } } } }
}`;
const KINDS = {
  Event: { type: 'TEST' },
  Statement: {},
  DoctrineChange: { doctrine: 'doctrine', changeType: 'ADOPTED' },
};

/** Publishes a development with one citation for each claimed value: `p. 1`, `p. 2`, …. */
async function claimed(
  record: TestServer,
  kind: keyof typeof KINDS,
  field: string,
  values: readonly unknown[],
) {
  const slug = newSlug();
  const citations = values.map((value, index) => ({
    ...{ source: 'source', locator: `p. ${index + 1}` },
    claims: [{ field, value }],
  }));
  const input = { slug, headline: 'Disputed', occurred: '2019', publish: true, citations, ...KINDS[kind] };
  const made = await mutate(record, `record${kind}`, input);
  expect(made.message).toBeUndefined();
  return slug;
}

/** Returns `disputed`, and expects the filter and its negation to agree with it. */
async function isDisputed(record: TestServer, slug: string): Promise<boolean> {
  const { it, disputed, undisputed } = await record.data(`{
    it: development(slug: "${slug}") { disputed disputes { field } }
    disputed: developments(first: 100, filter: { disputed: true }) { nodes { slug } }
    undisputed: developments(first: 100, filter: { disputed: false }) { nodes { slug } }
  }`);
  const has = ({ nodes }: { nodes: { slug: string }[] }) => nodes.some((node) => node.slug === slug);
  expect([has(disputed), has(undisputed)]).toEqual([it.disputed, !it.disputed]);
  expect(it.disputes.length > 0).toBe(it.disputed);
  return it.disputed;
}

const place = (name: string, countryCode = 'RU') => ({ name, countryCode, precision: 'LOCALITY' });
const count = (low: number, high: number, name = 'missiles') => ({ name, low, high });
const office = (capacity: string, actor = 'speaker') => ({ actor, capacity });

const VALUES: [field: string, kind: keyof typeof KINDS, agreeing: unknown[], other: unknown][] = [
  ['OCCURRED', 'Statement', ['2019', '2019-08-02', '2019-08'], '2019-02'],
  ['PLACES', 'Event', [[place('Site')], [place(' SITE '), place('Base')]], [place('Site', 'UA')]],
  [
    'QUANTITIES',
    'Event',
    [[count(10, 14)], [count(11, 12)], [count(1, 2, 'crews')]],
    [count(10, 15), count(3, 4, 'crews')],
  ],
  [
    'RANGE',
    'Event',
    [{ low: 500, high: 5500 }, { low: 1000, high: 2000 }, { low: 500 }],
    { low: 400, high: 1500 },
  ],
  ['SPEAKER', 'Statement', [['speaker'], ['state', 'speaker']], ['state']],
  [
    'ROLE',
    'Statement',
    [[office('Minister')], [office('minister '), office('Host', 'state')]],
    [office('Deputy')],
  ],
  ['QUOTATION', 'Statement', ['Words', 'Words'], 'words'],
  ['CHANGE_TYPE', 'DoctrineChange', ['ADOPTED', 'ADOPTED'], 'AMENDED'],
  ['EFFECTIVE_DATE', 'DoctrineChange', ['2020', '2020-06-02'], '2021'],
  ['BEFORE', 'DoctrineChange', ['This', 'This'], 'That'],
  ['AFTER', 'DoctrineChange', ['This', 'This'], 'That'],
];

describeWithDatabase('claims', () => {
  test.for(VALUES)(
    'on %s are disputed when they disagree, not when one is less precise than the other',
    async ([field, kind, agreeing, other], { record }) => {
      const slug = await claimed(record, kind, field, agreeing);
      expect(await isDisputed(record, slug)).toBe(false);

      const claims = [{ field, value: other }];
      const disputing = { slug, source: 'source', locator: 'p. 99', claims };
      const { disputes } = await mutate(record, 'addCitation', disputing, DISPUTES);
      expect(await isDisputed(record, slug)).toBe(true);
      expect(disputes).toMatchObject([{ field }]);
      const [{ values }] = disputes as [Dispute];
      const cited = values.flatMap((value) => value.claims).map(({ citation }) => citation.locator);
      expect(cited.sort()).toEqual([...agreeing.map((_, index) => `p. ${index + 1}`), 'p. 99'].sort());

      const claim = values.at(-1)?.claims[0]?.key;
      const deprecation = { slug, claim, rank: 'DEPRECATED', reason: 'A misprint' };
      expect(await mutate(record, 'rankClaim', deprecation, DISPUTES)).toMatchObject({ disputes: [] });
      expect(await isDisputed(record, slug)).toBe(false);
    },
  );

  test('in dispute are grouped by value with their citations, the preferred value first', async ({
    record,
  }) => {
    await mutate(record, 'upsertSource', { slug: 'agency', title: 'Agency' });
    const slug = await claimed(record, 'Statement', 'OCCURRED', ['2019', '2020', '2019']);
    const claims = [{ field: 'OCCURRED', value: '2021-05' }];
    await mutate(record, 'addCitation', { slug, source: 'agency', locator: 'p. 4', claims });
    const { claims: all } = await readDevelopment(record, slug, 'claims { key }');
    const rank = (index: number, to: string) =>
      mutate(record, 'rankClaim', { slug, claim: all[index].key, rank: to, reason: 'Closer' }, DISPUTES);
    const { disputes } = await rank(3, 'PREFERRED');
    const from = (locator: string, source = 'source') => ({
      citation: { locator, source: { slug: source } },
    });
    expect(disputes).toMatchObject([
      {
        field: 'OCCURRED',
        values: [
          { value: '2021-05', text: 'May 2021', isPreferred: true, claims: [from('p. 4', 'agency')] },
          { value: '2019', text: '2019', isPreferred: false, claims: [from('p. 1'), from('p. 3')] },
          { value: '2020', text: '2020', isPreferred: false, claims: [from('p. 2')] },
        ],
      },
    ]);
    expect(disputes[0].values[0].claims[0].rank).toBe('PREFERRED');

    await rank(0, 'DEPRECATED');
    expect((await rank(2, 'DEPRECATED')).disputes[0].values).toMatchObject([
      { value: '2021-05' },
      { value: '2020' },
    ]);
    expect(await rank(1, 'DEPRECATED')).toMatchObject({ disputed: false, disputes: [] });
    expect(await rank(1, 'NORMAL')).toMatchObject({ disputed: true });
  });

  test('are disputed when two of three disagree, even if both agree with the third', async ({ record }) => {
    const slug = await claimed(record, 'Statement', 'OCCURRED', ['2019-02', '2019', '2019-08']);
    expect(await isDisputed(record, slug)).toBe(true);
  });

  test('are disputed for each field separately, in a fixed order', async ({ record }) => {
    const slug = await claimed(record, 'Event', 'RANGE', [
      { low: 1, high: 2 },
      { low: 3, high: 4 },
    ]);
    const claims = [
      { field: 'OCCURRED', value: '2018' },
      { field: 'OCCURRED', value: '2017' },
    ];
    const { disputes } = await mutate(record, 'addCitation', { slug, source: 'source', claims }, DISPUTES);
    expect(disputes.map(({ field }: Dispute) => field)).toEqual(['OCCURRED', 'RANGE']);
  });
});
