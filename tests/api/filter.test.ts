import { expect } from 'vitest';
import { describeWithDatabase, publishStatement } from '../support/fixtures.js';
import { complaints, refuseFailure } from '../support/raw.js';
import type { TestServer } from '../support/server.js';
import { test } from '../support/shared.js';

async function pick(server: TestServer, filter: object, list = 'developments'): Promise<string[]> {
  const data = await server.data(
    `query ($filter: DevelopmentFilter) {
      list: ${list}(first: 100, filter: $filter, orderBy: { field: RECORDED, direction: ASC }) { totalCount nodes { slug } }
      timeline(filter: $filter, interval: YEAR) { count }
    }`,
    { filter },
  );
  const slugs = data['list'].nodes.map(({ slug }: { slug: string }) => slug);
  expect(data['list'].totalCount).toBe(slugs.length);
  const counted = data['timeline'].reduce((sum: number, { count }: { count: number }) => sum + count, 0);
  if (list === 'developments') expect(counted).toBe(slugs.length);
  return slugs.sort();
}

const EXERCISES = ['exercise-denmark-2024', 'exercise-philippines-2024'];
const PUTIN = ['putin-federal-assembly-address-2019', 'putin-missile-production-2024'];
const CHANGES = ['inf-moratorium-begins-2019', 'inf-moratorium-ends-2025', 'nuclear-doctrine-update-2024'];
const DISPUTED = ['nuclear-doctrine-update-2024', 'putin-missile-production-2024'];
const INF = [
  'foreign-ministry-announces-moratorium-end-2025',
  'inf-moratorium-begins-2019',
  'inf-moratorium-ends-2025',
  'putin-federal-assembly-address-2019',
  'russia-suspends-inf-2019',
  'united-states-leaves-inf-2019',
];

const FILTERS: [what: string, filter: object, slugs: string[]][] = [
  ['kind', { kind: ['DOCTRINE_CHANGE'] }, CHANGES],
  ['no kind at all', { kind: [] }, []],
  ['event type', { eventType: ['EXERCISE', 'STRIKE'] }, EXERCISES],
  [
    'change type',
    { changeType: ['ADOPTED', 'AMENDED'] },
    ['inf-moratorium-begins-2019', 'nuclear-doctrine-update-2024'],
  ],
  ['participant', { participant: { actor: 'denmark' } }, ['exercise-denmark-2024']],
  ['participant in a role', { participant: { actor: 'vladimir-putin', role: ['SPEAKER'] } }, PUTIN],
  [
    'participant in one of several roles',
    { participant: { actor: 'vladimir-putin', role: ['APPROVER', 'TARGET'] } },
    ['nuclear-doctrine-update-2024', 'russia-suspends-inf-2019'],
  ],
  ['country of a place or participant', { country: ['DK', 'PH'] }, EXERCISES],
  [
    'topic',
    { topic: ['nuclear-doctrine'] },
    ['analysts-on-nuclear-doctrine', 'nuclear-doctrine-update-2024', 'russian-officials-on-protection'],
  ],
  [
    'one of several topics',
    { topic: ['military-exercises', 'missile-production'] },
    [...EXERCISES, 'missile-production-ready-2024', 'putin-missile-production-2024'],
  ],
  ['treaty', { treaty: ['inf'] }, INF],
  [
    'weapon system',
    { weaponSystem: ['intermediate-and-shorter-range-missiles'], eventType: ['PRODUCTION'] },
    ['missile-production-ready-2024'],
  ],
  [
    'doctrine, changed or spoken of',
    { doctrine: ['basic-principles-nuclear-deterrence'] },
    ['analysts-on-nuclear-doctrine', 'nuclear-doctrine-update-2024'],
  ],
  ['source', { source: ['putin-address-2019-02-20'] }, ['putin-federal-assembly-address-2019']],
  [
    'least confidence',
    { minConfidence: 'HIGH' },
    ['inf-moratorium-ends-2025', 'russia-suspends-inf-2019', 'united-states-leaves-inf-2019'],
  ],
  ['disputed', { disputed: true }, DISPUTED],
  ['status', { status: ['RETRACTED'] }, []],
  ['the future', { recordedSince: '2999-01-01T00:00:00Z' }, []],
  ['words of the headline and the summary, in any case', { text: 'PUTIN says decree' }, []],
  ['words in any case', { text: 'SECURITY necessity' }, []],
  ['words said', { text: 'Decision  CENTERS' }, ['putin-federal-assembly-address-2019']],
  ['words of headline and summary together', { text: 'ryabkov asymmetry' }, ['ryabkov-missile-threats-2025']],
  ['a percent sign as itself', { text: '%' }, []],
  ['an underscore as itself', { text: '_' }, []],
  ['a backslash as itself', { text: '\\' }, []],
  [
    'a day, possibly',
    { occurred: { within: '2024-06-28' } },
    [...EXERCISES, 'putin-missile-production-2024', 'russian-officials-on-protection'],
  ],
  [
    'a day, certainly',
    { occurred: { within: '2024-06-28', certainty: 'CERTAIN' } },
    ['putin-missile-production-2024'],
  ],
  [
    'a year, certainly',
    { occurred: { within: '2025', certainty: 'CERTAIN' } },
    [
      'foreign-ministry-announces-moratorium-end-2025',
      'inf-moratorium-ends-2025',
      'ryabkov-missile-threats-2025',
    ],
  ],
  [
    'an open range, certainly',
    { occurred: { within: '2025/..', certainty: 'CERTAIN' } },
    [
      'foreign-ministry-announces-moratorium-end-2025',
      'inf-moratorium-ends-2025',
      'ryabkov-missile-threats-2025',
    ],
  ],
  [
    'before a day, possibly',
    { occurred: { within: '../2019-02-01', certainty: 'POSSIBLE' } },
    ['inf-moratorium-begins-2019', 'russian-officials-on-protection', 'united-states-leaves-inf-2019'],
  ],
  [
    'before a day, certainly',
    { occurred: { within: '../2019-02-20', certainty: 'CERTAIN' } },
    ['putin-federal-assembly-address-2019'],
  ],
  [
    'all conditions together',
    { kind: ['STATEMENT'], treaty: ['inf'], minConfidence: 'MODERATE' },
    ['foreign-ministry-announces-moratorium-end-2025', 'putin-federal-assembly-address-2019'],
  ],
  ['and', { and: [{ disputed: true }, { kind: ['STATEMENT'] }] }, ['putin-missile-production-2024']],
  ['or', { or: [{ disputed: true }, { eventType: ['EXERCISE'] }] }, [...EXERCISES, ...DISPUTED]],
  ['or of nothing', { or: [] }, []],
  [
    'not',
    { kind: ['DOCTRINE_CHANGE'], not: { disputed: true } },
    ['inf-moratorium-begins-2019', 'inf-moratorium-ends-2025'],
  ],
  [
    'not of what only one kind has',
    { kind: ['EVENT'], not: { eventType: ['EXERCISE'] } },
    ['missile-production-ready-2024', 'russia-suspends-inf-2019', 'united-states-leaves-inf-2019'],
  ],
  [
    'not, or and and in each other',
    {
      and: [
        { or: [{ kind: ['EVENT'] }, { not: { participant: { actor: 'russia' } } }] },
        { not: { treaty: ['inf'] } },
      ],
    },
    ['analysts-on-nuclear-doctrine', ...EXERCISES, 'missile-production-ready-2024'],
  ],
];

describeWithDatabase('the filter picks by', () => {
  test.for(FILTERS)('%s', async ([, filter, slugs], { dossier }) => {
    expect(await pick(dossier, filter)).toEqual([...slugs].sort());
  });

  test('nothing, everything: an empty filter, nulls, an empty text, a date of which nothing is known', async ({
    dossier,
  }) => {
    const nothing = {
      kind: null,
      topic: null,
      participant: null,
      occurred: null,
      and: null,
      or: null,
      not: null,
      disputed: null,
      text: null,
    };
    const filters = [
      {},
      nothing,
      { text: ' ' },
      { occurred: { within: 'XXXX' } },
      { and: [] },
      { recordedSince: '0001-01-01T00:00:00Z' },
    ];
    for (const filter of filters) expect(await pick(dossier, filter)).toHaveLength(14);
  });

  test('kind of the list as well', async ({ dossier }) => {
    expect(await pick(dossier, { treaty: ['inf'] }, 'events')).toEqual([
      'russia-suspends-inf-2019',
      'united-states-leaves-inf-2019',
    ]);
    expect(await pick(dossier, { kind: ['EVENT'] }, 'statements')).toEqual([]);
  });

  test('when it was written down, that instant included', async ({ server }) => {
    for (const slug of ['earlier', 'later']) await publishStatement(server, slug, { slug });
    const { development } = await server.data('{ development(slug: "later") { recordedAt } }');
    expect(await pick(server, { recordedSince: development.recordedAt })).toContain('later');
    const { developments } = await server.data(
      '{ developments(orderBy: { field: RECORDED, direction: ASC }) { nodes { recordedAt } } }',
    );
    expect(await pick(server, { recordedSince: developments.nodes[0].recordedAt })).toEqual([
      'earlier',
      'later',
    ]);
  });

  test('status, wherever it stands, and otherwise only what is published', async ({ server }) => {
    await publishStatement(server, 'Withdrawn', { slug: 'withdrawn', occurred: '1900' });
    await server.data(
      'mutation { retractDevelopment(input: { slug: "withdrawn", reason: "Wrong" }) { __typename } }',
    );
    await publishStatement(server, 'Draft', { slug: 'drafted', occurred: '1900', publish: false });
    const inYear = { occurred: { within: '1900' } };
    expect(await pick(server, inYear)).toEqual([]);
    expect(await pick(server, { ...inYear, status: ['RETRACTED', 'DRAFT'] })).toEqual([
      'drafted',
      'withdrawn',
    ]);
    expect(await pick(server, { and: [inYear, { status: ['RETRACTED'] }] })).toEqual(['withdrawn']);
    expect(await pick(server, { ...inYear, not: { status: ['DRAFT'] } })).toEqual(['withdrawn']);
  });
});

describeWithDatabase('the filter refuses', () => {
  const deep = (levels: number): object => (levels === 0 ? {} : { not: deep(levels - 1) });

  test.for<[string, object, RegExp]>([
    ['an unknown topic', { topic: ['nothing'] }, /^No Topic has the slug "nothing"/],
    ['an unknown actor', { participant: { actor: 'nobody' } }, /^No Actor has the slug "nobody"/],
    [
      'an unknown source deep inside',
      { or: [{ not: { source: ['nothing'] } }] },
      /^No Source has the slug "nothing"/,
    ],
    ['a malformed slug', { treaty: ['INF Treaty'] }, /treaty: Expected a slug such as/],
    ['a malformed country', { country: ['Russia'] }, /country: Expected an ISO 3166-1 alpha-2 code/],
    ['a malformed range', { occurred: { within: 'last week' } }, /within: Expected an EDTF date/],
    [
      '17 words',
      { text: 'a '.repeat(17) },
      /Expected text of at most 16 words and 1000 characters.*got 17 words/,
    ],
    ['1,001 characters', { text: 'a'.repeat(1_001) }, /got 1 words, 1001 characters/],
    ['101 parts', { and: Array(100).fill({}) }, /Expected a filter of at most 100 parts/],
    ['17 levels', deep(17), /nested at most 16 deep/],
  ])('%s', async ([, filter, message], { dossier }) => {
    for (const field of [
      'developments(filter: $filter) { totalCount }',
      'timeline(filter: $filter, interval: DAY) { count }',
    ]) {
      const answer = await dossier.request(`query ($filter: DevelopmentFilter) { ${field} }`, {
        variables: { filter },
      });
      refuseFailure(dossier, answer);
      expect(complaints(answer)).toMatch(message);
    }
  });

  test('nothing that is within its limits', async ({ dossier }) => {
    expect(await pick(dossier, deep(16))).toHaveLength(14);
    expect(await pick(dossier, { or: Array(99).fill({ disputed: true }) })).toEqual(DISPUTED);
    expect(await pick(dossier, { text: 'missiles '.repeat(16) })).not.toEqual([]);
  });
});
