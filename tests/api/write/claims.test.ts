import { isEnumType } from 'graphql';
import { expect } from 'vitest';
import { schema } from '../../../src/graphql/schema.js';
import { feedHead, toldSince } from '../../support/feed-items.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { mutate, newSlug, readDevelopment, test } from '../../support/writes.js';

const KINDS = {
  Event: { type: 'TEST' },
  Statement: {},
  DoctrineChange: { doctrine: 'doctrine', changeType: 'ADOPTED' },
};

/** Publishes a development with one citation; returns its slug and the citation's key. */
async function publish(record: TestServer, kind: keyof typeof KINDS, input: object = {}) {
  const slug = newSlug();
  const common = { headline: 'Claimed', occurred: '2019', publish: true, citations: [{ source: 'source' }] };
  const fields = `... on ${kind} { citations { key } }`;
  const made = await mutate(
    record,
    `record${kind}`,
    { slug, ...common, ...KINDS[kind], ...input },
    `${fields}`,
  );
  if (!made.citations) throw new Error(`Not recorded: ${made.message}`);
  return { slug, citation: made.citations[0].key as string };
}

/** The key of the development's last claim. */
const lastClaim = async (record: TestServer, slug: string): Promise<string> =>
  (await readDevelopment(record, slug, 'claims { key }')).claims.at(-1).key;

interface Row {
  field: string;
  kind: keyof typeof KINDS;
  /** Input fields that set the development's own value. */
  input?: object;
  value: unknown;
  /** The claim's value as returned, if it has more fields than the value sent. */
  stored?: unknown;
  text: string;
  own: string;
  before: unknown;
  after: unknown;
  /** The input field that changes, with its values before and after. */
  changes: [field: string, before: unknown, after: unknown];
}

const PLACE = {
  name: 'Kapustin Yar',
  countryCode: 'RU',
  latitude: null,
  longitude: null,
  precision: 'LOCALITY',
};
const COUNT = { name: 'missiles', unit: null, low: 10, best: null, high: 14 };
const RANGE = { name: 'range', unit: 'km', low: 500, best: null, high: 5500 };
const NARROW = { ...RANGE, high: 2500 };
const person = (actor: string, capacity: string | null) => ({ actor, role: 'SPEAKER', capacity });

const ROWS: Row[] = [
  {
    ...{ field: 'OCCURRED', kind: 'Statement', value: '2019-08-02', text: '2 August 2019' },
    ...{ own: 'occurred { edtf }', before: { edtf: '2019' }, after: { edtf: '2019-08-02' } },
    changes: ['occurred', '2019', '2019-08-02'],
  },
  {
    ...{ field: 'PLACES', kind: 'Event', text: 'Kapustin Yar (RU)' },
    value: [{ name: 'Kapustin Yar', countryCode: 'RU', precision: 'LOCALITY' }],
    stored: [PLACE],
    ...{ own: 'places { name countryCode latitude longitude precision }', before: [], after: [PLACE] },
    changes: ['places', null, [PLACE]],
  },
  {
    ...{ field: 'QUANTITIES', kind: 'Event', text: 'missiles: 10 to 14' },
    ...{ value: [{ name: 'missiles', low: 10, high: 14 }], stored: [COUNT] },
    ...{ own: 'quantities { name unit low best high }', before: [], after: [COUNT] },
    changes: ['quantities', null, [COUNT]],
  },
  {
    ...{ field: 'RANGE', kind: 'Event', value: { low: 500, high: 5500 }, text: '500 to 5,500 km' },
    input: { quantities: [COUNT, NARROW] },
    ...{ own: 'quantities { name unit low best high }', before: [COUNT, NARROW], after: [COUNT, RANGE] },
    changes: ['quantities', [COUNT, NARROW], [COUNT, RANGE]],
  },
  {
    ...{ field: 'SPEAKER', kind: 'Statement', value: ['speaker'], text: 'speaker' },
    ...{ input: { participants: [person('state', null)] }, own: 'speakers { actor { slug } }' },
    ...{ before: [{ actor: { slug: 'state' } }], after: [{ actor: { slug: 'speaker' } }] },
    changes: ['participants', [person('state', null)], [person('speaker', null)]],
  },
  {
    ...{ field: 'ROLE', kind: 'Statement', text: 'speaker: Minister' },
    value: [{ actor: 'speaker', capacity: 'Minister' }],
    ...{ input: { participants: [person('speaker', 'Deputy')] }, own: 'speakers { capacity }' },
    ...{ before: [{ capacity: 'Deputy' }], after: [{ capacity: 'Minister' }] },
    changes: ['participants', [person('speaker', 'Deputy')], [person('speaker', 'Minister')]],
  },
  {
    ...{ field: 'QUOTATION', kind: 'Statement', value: ' «Слова»\n', text: '«Слова»' },
    ...{ stored: '«Слова»', own: 'quotation', before: null, after: '«Слова»' },
    changes: ['quotation', null, '«Слова»'],
  },
  {
    ...{ field: 'CHANGE_TYPE', kind: 'DoctrineChange', value: 'SUSPENDED', text: 'suspended' },
    ...{ own: 'changeType', before: 'ADOPTED', after: 'SUSPENDED' },
    changes: ['changeType', 'ADOPTED', 'SUSPENDED'],
  },
  {
    ...{ field: 'EFFECTIVE_DATE', kind: 'DoctrineChange', value: '2020~', text: 'about 2020' },
    ...{ own: 'effective { edtf }', before: null, after: { edtf: '2020~' } },
    changes: ['effective', null, '2020~'],
  },
  {
    ...{ field: 'BEFORE', kind: 'DoctrineChange', value: 'This', text: 'This', own: 'before' },
    ...{ before: null, after: 'This', changes: ['before', null, 'This'] },
  },
  {
    ...{ field: 'AFTER', kind: 'DoctrineChange', input: { after: 'These' }, value: 'Those', text: 'Those' },
    ...{ own: 'after', before: 'These', after: 'Those', changes: ['after', 'These', 'Those'] },
  },
];

describeWithDatabase('claims', () => {
  test.for(ROWS)(
    "on $field are listed beside the development's own value, and replace it once preferred",
    async ({ field, kind, input, value, stored = value, text, own, before, after, changes }, { record }) => {
      const { slug, citation } = await publish(record, kind, input);
      const start = await feedHead(record);
      const fields = `claims { field value text rank note citation { key } } ... on ${kind} { it: ${own} }`;
      const claim = { field, value: stored, text, note: 'Page 3', citation: { key: citation } };
      const asserted = { slug, field, value, citation, note: 'Page 3' };
      expect(await mutate(record, 'assertClaim', asserted, fields)).toEqual({
        ...{ slug, status: 'PUBLISHED', revision: 2, it: before },
        claims: [{ ...claim, rank: 'NORMAL' }],
      });

      const preferred = { slug, claim: await lastClaim(record, slug), rank: 'PREFERRED', reason: 'Better' };
      const ranked = await mutate(record, 'rankClaim', preferred, fields);
      expect(ranked).toEqual({
        ...{ slug, status: 'PUBLISHED', revision: 3, it: after },
        claims: [{ ...claim, rank: 'PREFERRED' }],
      });
      expect(await readDevelopment(record, slug, `slug status revision ${fields}`)).toEqual(ranked);

      const told = await toldSince(record, start, `slug ${fields}`);
      expect(told.map(({ __typename, revision }) => [__typename, revision])).toEqual([
        ['DevelopmentRevised', 2],
        ['DevelopmentRevised', 3],
      ]);
      const claimed = (rank: string) => [
        expect.objectContaining({ claims: [{ field, value: stored, rank, note: 'Page 3' }] }),
      ];
      const [changed, from, to] = changes;
      const byName = [
        { field: 'citations', before: claimed('NORMAL'), after: claimed('PREFERRED') },
        { field: changed, before: from, after: to },
      ].sort((a, b) => (a.field < b.field ? -1 : 1));
      expect(told[0]?.changes).toMatchObject([{ field: 'citations', after: claimed('NORMAL') }]);
      expect(told[1]).toMatchObject({ reason: 'Better', changes: byName, development: { slug, it: after } });
    },
  );

  test('are tested on every field that can have them', () => {
    const fields = schema.getType('ClaimField');
    if (!isEnumType(fields)) throw new Error('ClaimField is not an enum.');
    const names = fields.getValues().map(({ name }) => name);
    expect(ROWS.map(({ field }) => field).sort()).toEqual(names.sort());
  });

  test('accept values written in the document, including enums and variables', async ({ record }) => {
    const event = await publish(record, 'Event');
    const change = await publish(record, 'DoctrineChange');
    const assertion = (name: string, { slug, citation }: typeof event, rest: string) =>
      `${name}: assertClaim(input: { slug: "${slug}", citation: "${citation}", ${rest} }) {
        ... on AssertClaimSuccess { development { claims { field value } } } ... on Error { message }
      }`;
    const answer = await record.data(
      `mutation ($high: Float, $whole: JSON!) {
        ${assertion('places', event, 'field: PLACES, value: [{ name: "Site", latitude: 48.5, longitude: 45, precision: EXACT }]')}
        ${assertion('open', event, 'field: RANGE, value: { low: 500, high: null }')}
        ${assertion('range', event, 'field: RANGE, value: { low: 500, high: $high }')}
        ${assertion('whole', event, 'field: QUANTITIES, value: $whole')}
        ${assertion('type', change, 'field: CHANGE_TYPE, value: SUSPENDED')}
      }`,
      { high: 5500.5, whole: [{ name: 'missiles', best: 3 }] },
    );
    expect(answer['whole'].development.claims.map(({ value }: { value: unknown }) => value)).toEqual([
      [{ name: 'Site', countryCode: null, latitude: 48.5, longitude: 45, precision: 'EXACT' }],
      { low: 500, high: null },
      { low: 500, high: 5500.5 },
      [{ name: 'missiles', unit: null, low: null, best: 3, high: null }],
    ]);
    expect(answer['type'].development.claims).toEqual([{ field: 'CHANGE_TYPE', value: 'SUSPENDED' }]);
  });

  test.for([
    ['Statement', 'PLACES', [PLACE], 'field', 'only EVENT has PLACES'],
    ['Event', 'SPEAKER', ['speaker'], 'field', 'only STATEMENT has SPEAKER'],
    ['Statement', 'EFFECTIVE_DATE', '2020', 'field', 'only DOCTRINE_CHANGE has EFFECTIVE_DATE'],
    ['Statement', 'OCCURRED', 'last summer', 'value', 'EDTF'],
    ['Statement', 'OCCURRED', 2019, 'value', 'an EDTF date such as'],
    ['Event', 'PLACES', [], 'value', 'Expected at least one item'],
    ['Event', 'PLACES', [{ name: 'Site', precision: 'ROUGH' }], 'value.0.precision', 'EXACT'],
    ['Event', 'QUANTITIES', [{ name: 'missiles', low: 3, high: 2 }], 'value.0', 'low ≤ best ≤ high'],
    ['Event', 'RANGE', { low: null }, 'value', 'got neither'],
    ['Event', 'RANGE', '500 to 5,500 km', 'value', 'a range in km such as'],
    ['Statement', 'SPEAKER', ['Mr Speaker'], 'value.0', 'Expected a slug'],
    ['Statement', 'ROLE', [{ actor: 'speaker' }], 'value.0.capacity', 'expected string'],
    ['Statement', 'QUOTATION', ' ', 'value', 'only white space'],
    ['DoctrineChange', 'CHANGE_TYPE', 'RUMOURED', 'value', 'one of ADOPTED'],
  ] as const)(
    'with kind %s, field %s and value %j are refused at the path %s',
    async ([kind, field, value, path, message], { record }) => {
      const { slug, citation } = await publish(record, kind);
      const refused = await mutate(record, 'assertClaim', { slug, citation, field, value });
      expect(refused).toMatchObject({ __typename: 'InvalidInputError', code: 'INVALID_INPUT' });
      expect(refused.message).toMatch(new RegExp(`valid\\. ${path}: .*${message}`));
      expect(await readDevelopment(record, slug, 'revision claims { key }')).toEqual({
        revision: 1,
        claims: [],
      });
    },
  );
});
