import { expect } from 'vitest';
import { describeWithDatabase, publishStatement } from '../support/fixtures.js';
import { complaints, refuseFailure } from '../support/raw.js';
import type { TestServer } from '../support/server.js';
import { test as base } from '../support/shared.js';

/** A server with a statement, an actor, a state and a weapon system to trip over. */
const test = base.extend<{ record: TestServer }>({
  record: [
    async ({ server }, use) => {
      await publishStatement(server, 'First', { slug: 'first' });
      await publishStatement(server, 'Second', { slug: 'second' });
      await server.data(`mutation {
        upsertActor(input: { slug: "state", kind: STATE, name: "State", countryCode3: "AAA" }) { __typename }
        upsertTopic(input: { slug: "topic", name: "Topic" }) { __typename }
        upsertDoctrine(input: { slug: "doctrine", name: "Doctrine" }) { __typename }
        upsertWeaponSystem(input: { slug: "system", name: "System", rangeMinKm: 500 }) { __typename }
      }`);
      await use(server);
    },
    { scope: 'file' },
  ],
});

const ERROR = '__typename ... on Error { code message }';
const STATEMENT = ['recordStatement', { headline: 'A headline', occurred: '2020' }] as const;
const EVENT = ['recordEvent', { headline: 'A headline', occurred: '2020', type: 'TEST' }] as const;
const CHANGE = [
  'recordDoctrineChange',
  { headline: 'A headline', occurred: '2020', doctrine: 'doctrine', changeType: 'ADOPTED' },
] as const;
const ACTOR = ['upsertActor', { slug: 'x', name: 'X', kind: 'PERSON' }] as const;
const SOURCE = ['upsertSource', { slug: 'x', title: 'X' }] as const;
const SYSTEM = ['upsertWeaponSystem', { slug: 'x', name: 'X' }] as const;
const TREATY = ['upsertTreaty', { slug: 'x', name: 'X' }] as const;
const LINK = ['linkDevelopments', { slug: 'first', to: 'second', relation: 'PART_OF' }] as const;
const CITATION = ['addCitation', { slug: 'first', source: 'x' }] as const;
const REVISION = ['reviseStatement', { slug: 'first' }] as const;
const RETRACTION = ['retractDevelopment', { slug: 'first', reason: 'Wrong' }] as const;

type Row = [
  name: string,
  mutation: readonly [string, object],
  input: object,
  code: string,
  message: RegExp | string,
];

const SAME = { actor: 'state', role: 'SPEAKER' };
const PLACE = { name: 'Somewhere', precision: 'EXACT' };
const EDTF = /Expected an EDTF date of the years 1000 to 9998, such as 2019-08-02/;
const UNKNOWN_SLUGS: Row[] = [
  ['an unknown actor', STATEMENT, { participants: [{ actor: 'nobody', role: 'SPEAKER' }] }],
  ['an unknown topic', STATEMENT, { topics: ['nothing'] }],
  ['an unknown treaty', STATEMENT, { treaties: ['nothing'] }],
  ['an unknown weapon system', STATEMENT, { weaponSystems: ['nothing'] }],
  ['an unknown doctrine', STATEMENT, { doctrines: ['nothing'] }],
  ['an unknown doctrine that is changed', CHANGE, { doctrine: 'nothing' }],
  ['an unknown source', STATEMENT, { citations: [{ source: 'nothing' }] }],
  ['an unknown source of a citation', CITATION, { source: 'nothing' }],
  ['an unknown development', REVISION, { slug: 'nothing' }],
  ['an unknown end of a link', LINK, { to: 'nothing' }],
  ['an unknown party', TREATY, { parties: ['nobody'] }],
  ["an unknown source of a weapon system's name", SYSTEM, { aliases: [{ name: 'A', source: 'nothing' }] }],
].map(([name, mutation, input]) => [name, mutation, input, 'UNKNOWN_SLUG', /No \w+ has the slug "no/] as Row);

const DATES: Row[] = [
  'yesterday',
  '2019-13',
  '2019-02-30',
  '2020/2019',
  '0999',
  '9999',
  '2019-2-1',
  ' ',
  '',
  '1-1-1',
  '2019/2020/2021',
  '../..',
  '２０１９',
  `2019${' '.repeat(99)}x`,
].flatMap((date) =>
  (
    [
      [STATEMENT, { occurred: date }],
      [CHANGE, { effective: date }],
      [REVISION, { occurred: date }],
      [SOURCE, { published: date }],
      [TREATY, { states: [{ state: 'SIGNED', since: date }] }],
    ] as const
  ).map(
    ([mutation, input]): Row => [
      `${JSON.stringify(date).slice(0, 20)} as a date of ${mutation[0]}`,
      mutation,
      input,
      'INVALID_INPUT',
      EDTF,
    ],
  ),
);

const RULES: Row[] = [
  ['a slug used a second time', STATEMENT, { slug: 'first' }, 'SLUG_TAKEN', /"first" belongs to another/],
  ['a slug in capitals', STATEMENT, { slug: 'First' }, 'INVALID_INPUT', /Expected a slug such as/],
  ['a slug of 121 characters', STATEMENT, { slug: 'a'.repeat(121) }, 'INVALID_INPUT', /at most 120/],
  [
    'a headline of 100,000 characters',
    STATEMENT,
    { headline: 'a'.repeat(100_000) },
    'INVALID_INPUT',
    /headline: Expected at most 300 characters; got 100000/,
  ],
  ['an empty headline', STATEMENT, { headline: '' }, 'INVALID_INPUT', /headline: Expected text; got none/],
  [
    'a headline of white space',
    STATEMENT,
    { headline: ' \t\n\u00a0\u2003' },
    'INVALID_INPUT',
    /only white space/,
  ],
  [
    'a quotation too long',
    STATEMENT,
    { quotation: 'a'.repeat(100_001) },
    'INVALID_INPUT',
    /quotation: Expected at most 100000/,
  ],
  ['a headline revised to null', REVISION, { headline: null }, 'INVALID_INPUT', /headline/],
  ['no language', STATEMENT, { originalLanguage: 'Russian!' }, 'INVALID_INPUT', /Expected a language tag/],
  [
    'a language without end',
    STATEMENT,
    { originalLanguage: `ru${'-abcdefgh'.repeat(1_000)}` },
    'INVALID_INPUT',
    /at most 35/,
  ],
  [
    'an actor twice in one role',
    STATEMENT,
    { participants: [SAME, SAME] },
    'INVALID_INPUT',
    /participants\.1: Expected each actor once in a role; got "state"/,
  ],
  [
    '101 topics',
    STATEMENT,
    { topics: Array(101).fill('topic') },
    'INVALID_INPUT',
    /topics: Expected at most 100 items; got 101/,
  ],
  [
    'a credibility of 7',
    STATEMENT,
    { citations: [{ source: 'x', credibility: 7 }] },
    'INVALID_INPUT',
    /Expected 1 \(confirmed\) to 6/,
  ],
  [
    'half a coordinate',
    EVENT,
    { places: [{ ...PLACE, latitude: 1 }] },
    'INVALID_INPUT',
    /both latitude and longitude/,
  ],
  [
    'a latitude beyond the pole',
    EVENT,
    { places: [{ ...PLACE, latitude: 91, longitude: 0 }] },
    'INVALID_INPUT',
    /latitude: .*[Ee]xpected/,
  ],
  ['a quantity of 1e308', EVENT, { quantities: [{ name: 'n', best: 1e308 }] }, 'INVALID_INPUT', /10\^15/],
  [
    'quantities out of order',
    EVENT,
    { quantities: [{ name: 'n', low: 2, high: 1 }] },
    'INVALID_INPUT',
    /low ≤ best ≤ high/,
  ],
  ['a country in small letters', ACTOR, { countryCode: 'ru' }, 'INVALID_INPUT', /such as "RU"; got "ru"/],
  ['an alpha-3 code of no state', ACTOR, { countryCode3: 'RUS' }, 'INVALID_INPUT', /for states only/],
  [
    'an alpha-3 code of another state',
    ACTOR,
    { kind: 'STATE', countryCode3: 'AAA' },
    'INVALID_INPUT',
    /no other state has; "AAA" is that of "state"/,
  ],
  [
    'a state that becomes a person and keeps its code',
    ACTOR,
    { slug: 'state' },
    'INVALID_INPUT',
    /Expected null, as "state" is to be no state/,
  ],
  ['no Wikidata item', ACTOR, { wikidataId: 'Q0' }, 'INVALID_INPUT', /such as "Q159"/],
  [
    'an empty range',
    SYSTEM,
    { rangeMinKm: 2, rangeMaxKm: 1 },
    'INVALID_INPUT',
    /Expected rangeMinKm ≤ rangeMaxKm; got 2 and 1/,
  ],
  ['a range that becomes empty', SYSTEM, { slug: 'system', rangeMaxKm: 1 }, 'INVALID_INPUT', /got 500 and 1/],
  ['a negative range', SYSTEM, { rangeMinKm: -1 }, 'INVALID_INPUT', /[Ee]xpected/],
  [
    'an address of another scheme',
    SOURCE,
    { url: 'javascript:alert(1)' },
    'INVALID_INPUT',
    /Expected an http or https address/,
  ],
  [
    'an address of 10,000 characters',
    SOURCE,
    { url: `http://a/${'x'.repeat(10_000)}` },
    'INVALID_INPUT',
    /at most 2000 characters/,
  ],
  ['an address with NUL', SOURCE, { url: 'http://a/\u0000' }, 'INVALID_INPUT', /without NUL/],
  ['a link to itself', LINK, { to: 'first' }, 'INVALID_INPUT', /Expected another development/],
  ['a note too long', LINK, { note: 'a'.repeat(1_001) }, 'INVALID_INPUT', /note: Expected at most 1000/],
  ['a retraction without a reason', RETRACTION, { reason: '' }, 'INVALID_INPUT', /reason: Expected text/],
  [
    'an idempotency key too long',
    STATEMENT,
    { idempotencyKey: 'a'.repeat(201) },
    'INVALID_INPUT',
    /idempotencyKey: Expected at most 200/,
  ],
  [
    'an empty idempotency key',
    STATEMENT,
    { idempotencyKey: '' },
    'INVALID_INPUT',
    /idempotencyKey: Expected text/,
  ],
  [
    'a revision of the future',
    REVISION,
    { expectedRevision: 2 ** 31 - 1 },
    'REVISION_CONFLICT',
    /is at revision 1, not 2147483647/,
  ],
  [
    'the revision of another kind',
    ['reviseEvent', {}],
    { slug: 'first' },
    'INVALID_INPUT',
    /of kind EVENT; "first" is STATEMENT/,
  ],
];

describeWithDatabase('a mutation refuses', () => {
  test.for([...UNKNOWN_SLUGS, ...DATES, ...RULES])(
    '%s',
    async ([, [mutation, fields], input, code, message], { record }) => {
      const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
      const answer = await record.request(
        `mutation ($input: ${type}!) { result: ${mutation}(input: $input) { ${ERROR} } }`,
        { variables: { input: { ...fields, ...input } } },
      );
      refuseFailure(record, answer);
      expect(answer).toMatchObject({ status: 200, data: { result: { code } } });
      expect(complaints(answer)).toMatch(message);
    },
  );
});
