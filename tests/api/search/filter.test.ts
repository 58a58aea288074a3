import { expect } from 'vitest';
import { DEVELOPMENTS } from '../../../src/dossier/developments.js';
import { AROUND_ARTICLE } from '../../support/around-article.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import { pick } from '../../support/matching-slugs.js';
import { test } from '../../support/shared.js';

const EXERCISES = ['exercise-denmark-2024', 'exercise-philippines-2024'];
const PUTIN = ['putin-federal-assembly-address-2019', 'putin-missile-production-2024'];
const CHANGES = ['inf-moratorium-begins-2019', 'inf-moratorium-ends-2025', 'nuclear-doctrine-update-2024'];
const DISPUTED = ['nuclear-doctrine-update-2024', ...PUTIN];
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
    'doctrine, changed or referred to',
    { doctrine: ['basic-principles-nuclear-deterrence'] },
    ['analysts-on-nuclear-doctrine', 'nuclear-doctrine-update-2024'],
  ],
  ['source', { source: ['putin-address-2019-02-20'] }, ['putin-federal-assembly-address-2019']],
  [
    'the only sources it rests on',
    { restsOnlyOn: ['ryabkov-interview-article'] },
    [
      'analysts-on-nuclear-doctrine',
      'missile-production-ready-2024',
      'russian-officials-on-protection',
      'ryabkov-missile-threats-2025',
    ],
  ],
  [
    'minimum confidence',
    { minConfidence: 'HIGH' },
    ['inf-moratorium-ends-2025', 'russia-suspends-inf-2019', 'united-states-leaves-inf-2019'],
  ],
  ['disputed', { disputed: true }, DISPUTED],
  ['status', { status: ['RETRACTED'] }, []],
  ['a recording time in the future', { recordedSince: '2999-01-01T00:00:00Z' }, []],
  [
    'words in any case and any English form, in texts and in names',
    { text: 'PUTIN says decree' },
    ['russia-suspends-inf-2019'],
  ],
  ['all words, not only some', { text: 'SECURITY necessity' }, []],
  ['words of a translation', { text: 'Decision  CENTERS' }, ['putin-federal-assembly-address-2019']],
  [
    'words split between headline and summary',
    { text: 'ryabkov asymmetry' },
    ['ryabkov-missile-threats-2025'],
  ],
  ['a percent sign, which is not a word', { text: '%' }, []],
  ['an underscore, which is not a word', { text: '_' }, []],
  ['a backslash, which is not a word', { text: '\\' }, []],
  [
    'a day, possible dates included',
    { occurred: { within: '2024-06-28' } },
    [
      ...EXERCISES,
      'putin-missile-production-2024',
      'russian-officials-on-protection',
      'ryabkov-missile-threats-2025',
    ],
  ],
  [
    'a day, certain dates only',
    { occurred: { within: '2024-06-28', certainty: 'CERTAIN' } },
    ['putin-missile-production-2024'],
  ],
  [
    'a year, certain dates only',
    { occurred: { within: '2025', certainty: 'CERTAIN' } },
    ['foreign-ministry-announces-moratorium-end-2025', 'inf-moratorium-ends-2025'],
  ],
  [
    'an open range, certain dates only',
    { occurred: { within: '2025/..', certainty: 'CERTAIN' } },
    ['foreign-ministry-announces-moratorium-end-2025', 'inf-moratorium-ends-2025'],
  ],
  [
    'a range up to a day, possible dates included',
    { occurred: { within: '../2019-02-01', certainty: 'POSSIBLE' } },
    ['inf-moratorium-begins-2019', 'russian-officials-on-protection', 'united-states-leaves-inf-2019'],
  ],
  [
    'a range up to a day, certain dates only',
    { occurred: { within: '../2019-02-20', certainty: 'CERTAIN' } },
    ['putin-federal-assembly-address-2019'],
  ],
  [
    'all conditions together',
    { kind: ['STATEMENT'], treaty: ['inf'], minConfidence: 'MODERATE' },
    ['foreign-ministry-announces-moratorium-end-2025', 'putin-federal-assembly-address-2019'],
  ],
  ['and', { and: [{ disputed: true }, { kind: ['STATEMENT'] }] }, PUTIN],
  ['or', { or: [{ disputed: true }, { eventType: ['EXERCISE'] }] }, [...EXERCISES, ...DISPUTED]],
  [
    'not',
    { kind: ['DOCTRINE_CHANGE'], not: { disputed: true } },
    ['inf-moratorium-begins-2019', 'inf-moratorium-ends-2025'],
  ],
  [
    'not, for a field that only one kind has',
    { kind: ['EVENT'], not: { eventType: ['EXERCISE'] } },
    ['missile-production-ready-2024', 'russia-suspends-inf-2019', 'united-states-leaves-inf-2019'],
  ],
  [
    'nested not, or and and',
    {
      and: [
        { or: [{ kind: ['EVENT'] }, { not: { participant: { actor: 'russia' } } }] },
        { not: { treaty: ['inf'] } },
      ],
    },
    ['analysts-on-nuclear-doctrine', ...EXERCISES, 'missile-production-ready-2024'],
  ],
];

describeWithDatabase('the filter selects by', () => {
  test.for(FILTERS)('%s', async ([, filter, slugs], { dossier }) => {
    const around = await pick(dossier, AROUND_ARTICLE);
    expect((await pick(dossier, filter)).filter((slug) => around.includes(slug))).toEqual([...slugs].sort());
  });

  test('no condition, and so everything, if it or its lists are empty, null, blank or an unknown date', async ({
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
      { or: [] },
      { or: [{ kind: [] }] },
      { not: {} },
      { not: { topic: [] } },
      { not: { or: [], not: { topic: [] } } },
      { kind: [], status: [], topic: [], country: [], source: [], restsOnlyOn: [] },
      { recordedSince: '0001-01-01T00:00:00Z' },
    ];
    for (const filter of filters) expect(await pick(dossier, filter)).toHaveLength(DEVELOPMENTS.length);
  });

  test('any role of a participant, if the list of roles is empty', async ({ dossier }) => {
    const participant = { actor: 'vladimir-putin' };
    const all = await pick(dossier, { participant });
    expect(all.length).toBeGreaterThan(0);
    expect(await pick(dossier, { participant: { ...participant, role: [] } })).toEqual(all);
  });

  test('the kind of the list too', async ({ dossier }) => {
    expect(await pick(dossier, { treaty: ['inf'], ...AROUND_ARTICLE }, 'events')).toEqual([
      'russia-suspends-inf-2019',
      'united-states-leaves-inf-2019',
    ]);
    expect(await pick(dossier, { kind: ['EVENT'] }, 'statements')).toEqual([]);
  });
});
