import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { buildSchema, GraphQLEnumType, isInputObjectType } from 'graphql';
import { expect, expectTypeOf, test } from 'vitest';
import type { DevelopmentFilter } from '../../packages/client/src/generated/filter.js';
import { type FilterInput, VOCABULARIES } from '../../src/parameters/filter-input.js';
import { FILTER_LISTS, FILTER_SINGLES } from '../../src/parameters/filter-parameters.js';
import { ParameterError } from '../../src/parameters/parameter-error.js';
import { pageArguments } from '../../src/parameters/points.js';
import {
  formatSelection,
  parseSelection,
  type Selection,
  type Takes,
} from '../../src/parameters/selection.js';
import { runs } from '../support/random/runs.js';

const parse = (query: string, takes?: Takes) => parseSelection(new URLSearchParams(query), takes);
const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));

const slug = fc.stringMatching(/^[a-z0-9]+(-[a-z0-9]+){0,2}$/);
const word = (name: keyof typeof VOCABULARIES) => fc.constantFrom<any>(...VOCABULARIES[name]);
const text = fc.string({ unit: 'binary' });
const nullable = (values: fc.Arbitrary<any>) => fc.option(values, { freq: 20 });
const list = (values: fc.Arbitrary<any>) => nullable(fc.array(values, { maxLength: 3 }));
const day = fc
  .date({ min: new Date('0100-01-01T00:00:00Z'), max: new Date('9998-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const instant = fc.oneof(
  day,
  day.map((iso) => `${iso.slice(0, 10)}T00:00:00Z`),
  day.map((iso) => `${iso.slice(0, 10)}T23:59:59.999Z`),
  day.map((iso) => iso.replace('Z', '+03:00')),
);
const end = fc.oneof(
  fc.constant('..'),
  fc.constant('2019-02-30'),
  fc.tuple(day, fc.constantFrom(4, 7, 10)).map(([iso, length]) => iso.slice(0, length)),
);
const range = fc.oneof(
  fc.tuple(end, end).map((ends) => ends.join('/')),
  end,
  text,
  fc.constantFrom('2019/', '2019/2020/2021', '2019-XX'),
);

/** Filters that are nested at most `depth` deep. */
const filters = (depth: number): fc.Arbitrary<FilterInput> =>
  fc.record(
    {
      text: nullable(text),
      kind: list(word('DevelopmentKind')),
      eventType: list(word('EventType')),
      changeType: list(word('ChangeType')),
      participant: nullable(
        fc.record({ actor: slug, role: list(word('ParticipantRole')) }, { requiredKeys: ['actor'] }),
      ),
      country: list(fc.stringMatching(/^[A-Z]{2}$/)),
      topic: list(slug),
      treaty: list(slug),
      weaponSystem: list(slug),
      doctrine: list(slug),
      source: list(slug),
      restsOnlyOn: list(slug),
      occurred: nullable(
        fc.record({ within: range, certainty: nullable(word('Certainty')) }, { requiredKeys: ['within'] }),
      ),
      recordedSince: nullable(instant),
      publishedSince: nullable(instant),
      publishedBefore: nullable(instant),
      changedSince: nullable(instant),
      changedBefore: nullable(instant),
      externalId: nullable(fc.record({ dataset: text, id: text })),
      minConfidence: nullable(word('Confidence')),
      disputed: nullable(fc.boolean()),
      status: list(word('DevelopmentStatus')),
      ...(depth > 0 && {
        and: list(filters(depth - 1)),
        or: list(filters(depth - 1)),
        not: nullable(filters(depth - 1)),
      }),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<FilterInput>;

const wellFormed = fc.string({ unit: 'binary', minLength: 1 }).filter((value) => value.isWellFormed());
const size = fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined });
const selections = fc
  .record({
    filter: filters(2),
    order: fc.option(
      fc.record({ field: word('DevelopmentOrderField'), direction: fc.constantFrom('ASC', 'DESC') }),
    ),
    asOf: fc.option(
      fc.oneof(
        fc.record({ moment: instant }),
        fc.record({ cursor: wellFormed }),
        fc.record({ revision: fc.record({ slug, number: fc.integer({ min: 1, max: 999_999_999 }) }) }),
      ),
    ),
    first: size,
    cursor: fc.option(fc.tuple(fc.constantFrom('after', 'before'), wellFormed)),
  })
  .map(
    ({ filter, order, asOf, first, cursor }) =>
      ({
        filter,
        ...(order && { order }),
        ...(asOf && { asOf }),
        page: { ...(first !== undefined && { first }), ...(cursor && { [cursor[0]]: cursor[1] }) },
      }) as Selection,
  );

test('any selection has a URL that leads back to it', () => {
  fc.assert(
    fc.property(selections, (selection) => {
      expect(parse(formatSelection(selection))).toEqual(selection);
    }),
    { numRuns: runs(2_000) },
  );
});

test('any text that is parsed is formatted to a text with the same meaning', () => {
  const names = fc.constantFrom(...FILTER_LISTS, ...FILTER_SINGLES, 'order', 'asOf', 'first', 'after');
  const values = fc.oneof(slug, range, instant, fc.constantFrom('EVENT', 'RU,US', '-EARLIEST', 'true', '{}'));
  fc.assert(
    fc.property(fc.array(fc.tuple(names, values), { maxLength: 4 }), (pairs) => {
      let selection: Selection;
      try {
        selection = parseSelection(new URLSearchParams(pairs));
      } catch (error) {
        expect(error).toBeInstanceOf(ParameterError);
        return;
      }
      expect(parse(formatSelection(selection))).toEqual(selection);
    }),
    { numRuns: runs(2_000) },
  );
});

test('links are short and readable', () => {
  const query =
    'q=missile%20test&kind=EVENT,STATEMENT&country=RU&disputed=true&confidence=MODERATE&publishedSince=2026-01-01' +
    '&actor=vladimir-putin&role=SPEAKER&since=2019-01-01&until=2019-12-31&certainty=CERTAIN' +
    '&order=-EARLIEST&asOf=inf-withdrawal@2&first=50';
  const selection = parse(query);
  expect(selection).toEqual({
    filter: {
      text: 'missile test',
      kind: ['EVENT', 'STATEMENT'],
      country: ['RU'],
      disputed: true,
      minConfidence: 'MODERATE',
      publishedSince: '2026-01-01T00:00:00Z',
      participant: { actor: 'vladimir-putin', role: ['SPEAKER'] },
      occurred: { within: '2019-01-01/2019-12-31', certainty: 'CERTAIN' },
    },
    order: { field: 'EARLIEST', direction: 'DESC' },
    asOf: { revision: { slug: 'inf-withdrawal', number: 2 } },
    page: { first: 50 },
  });
  expect(formatSelection(selection)).toBe(query);
});

test('a form may send all of its fields and repeat boxes that are ticked', () => {
  expect(parse('q=&kind=EVENT&kind=STATEMENT&since=2019&until=&actor=&order=').filter).toEqual({
    kind: ['EVENT', 'STATEMENT'],
    occurred: { within: '2019/..' },
  });
});

test('a day in asOf is its end, and the beginning in a condition', () => {
  expect(parse('asOf=2026-01-31&changedBefore=2026-01-31')).toMatchObject({
    asOf: { moment: '2026-01-31T23:59:59.999Z' },
    filter: { changedBefore: '2026-01-31T00:00:00Z' },
  });
});

test.each([
  ['foo=1', 'foo', 'Expected only the parameters'],
  ['q=a&q=b', 'q', 'Expected q once; got "q=a&q=b".'],
  ['kind=WAR', 'kind', 'Expected kind to be one of EVENT, STATEMENT, DOCTRINE_CHANGE; got "WAR".'],
  ['kind=EVENT,', 'kind', 'got "".'],
  ['country=ru', 'country', 'Expected country to be an ISO 3166-1 alpha-2 code such as RU; got "ru".'],
  ['topic=A%20b', 'topic', 'Expected topic to be a slug such as inf-treaty; got "A b".'],
  ['disputed=yes', 'disputed', 'Expected disputed to be true or false; got "yes".'],
  ['changedSince=2026-02-30', 'changedSince', 'Expected changedSince to be a day such as'],
  ['since=June', 'since', 'Expected since to be a year, month or day such as'],
  ['since=2019-02-29', 'since', 'got "2019-02-29".'],
  ['since=2019&within=2020', 'within', 'Expected either within, or since and until; got "2020".'],
  ['certainty=CERTAIN', 'certainty', 'Expected certainty only together with since, until or within'],
  ['role=SPEAKER', 'role', 'Expected role only together with actor; got "SPEAKER".'],
  ['dataset=acled', 'dataset', 'Expected dataset only together with externalId; got "acled".'],
  ['externalId=1', 'externalId', 'Expected externalId only together with dataset; got "1".'],
  ['order=NEWEST', 'order', 'Expected order to be one of EARLIEST'],
  ['asOf=yesterday', 'asOf', 'Expected asOf to be a day such as 2026-01-31, an instant, a revision'],
  ['asOf=slug@0', 'asOf', 'got "slug@0".'],
  ['asOf=cursor:', 'asOf', 'got "cursor:".'],
  ['first=0', 'first', 'Expected first from 1 to 100; got "0".'],
  ['first=101', 'first', 'got "101".'],
  ['after=a&before=b', 'before', 'Expected either after or before; got "b".'],
  ['filter=x', 'filter', 'Expected filter to be a DevelopmentFilter as JSON; got "x".'],
  ['filter=[]', 'filter', 'Expected filter to be an object; got "[]".'],
  ['filter={"or":{}}', 'filter', 'Expected filter.or to be a list; got "{}".'],
  ['filter={"or":[{"kind":["WAR"]}]}', 'filter', 'Expected filter.or.0.kind.0 to be one of EVENT'],
  ['filter={"occurred":{}}', 'filter', 'Expected filter.occurred.within to be a text; got "nothing".'],
  ['filter={"knd":[]}', 'filter', 'Expected filter to have only'],
  ['filter={"__proto__":[]}', 'filter', 'Expected filter to have only'],
  ['kind=EVENT&filter={"kind":["EVENT"]}', 'filter', 'Expected kind either in filter or as a parameter'],
])('%s is refused, with the name of the parameter and valid values', (query, parameter, message) => {
  const refused = () => parse(query);
  expect(refused).toThrow(ParameterError);
  expect(refused).toThrow(message);
  expect(refused).toThrow(expect.objectContaining({ parameter, code: 'BAD_PARAMETER' }));
});

test('filters nested too deep are refused', () => {
  const nested = (depth: number) => `filter=${'{"not":'.repeat(depth)}{}${'}'.repeat(depth)}`;
  expect(() => parse(nested(16))).not.toThrow();
  expect(() => parse(nested(2_000))).toThrow('Expected filters nested at most 16 deep');
});

test('a path takes parameters of its own, and no others', () => {
  expect(parse('columns=slug', { own: ['columns'] })).toEqual({ filter: {}, page: {} });
  expect(() => parse('first=2', { without: ['first'] })).toThrow(ParameterError);
});

test('a page before a cursor is counted from its end', () => {
  expect(pageArguments({ before: 'b' }, 20)).toEqual({ last: 20, before: 'b' });
  expect(pageArguments({ after: 'a', first: 5 }, 20)).toEqual({ first: 5, after: 'a' });
});

test('the parameters cover the filter of the schema and its vocabularies', () => {
  for (const [name, words] of Object.entries(VOCABULARIES)) {
    const type = schema.getType(name);
    expect(type, name).toBeInstanceOf(GraphQLEnumType);
    const known = (type as GraphQLEnumType).getValues().map((value) => value.name);
    expect([...words].sort(), name).toEqual(known.sort());
  }
  const input = schema.getType('DevelopmentFilter');
  if (!isInputObjectType(input)) throw new Error('Expected an input type.');
  for (const field of Object.keys(input.getFields())) {
    expect(() => parse(`filter={"${field}":null}`), field).not.toThrow();
  }
  expectTypeOf<FilterInput>().toExtend<DevelopmentFilter>();
  expectTypeOf<keyof FilterInput>().toEqualTypeOf<keyof DevelopmentFilter>();
});
