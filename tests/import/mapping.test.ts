import { describe, expect, test } from 'vitest';
import { applyMapping } from '../../src/import/mapping/apply.js';
import { faultOfFormat, readDate } from '../../src/import/mapping/date.js';
import { parseMapping } from '../../src/import/mapping/mapping.js';
import { NamedReferences } from '../../src/import/mapping/named-references.js';
import { rowOf } from '../../src/import/read/row.js';
import { speeches } from './fixture.js';

/** Evaluates the expression as the `summary` of a row. */
function summaryOf(expression: string, values: object) {
  const mapping = parseMapping(speeches(`  summary: ${expression}`));
  const { input, defects } = applyMapping(
    mapping,
    rowOf('rows.json', 1, { id: 'a', ...values }),
    new NamedReferences(),
  );
  const defect = defects.find(({ field }) => field === 'summary');
  return defect ? { reason: defect.reason } : input['summary'];
}

describe('an expression', () => {
  test.for<[string, object, unknown]>([
    ['plain text', {}, 'plain text'],
    ['$$5 million', {}, '$5 million'],
    ['$a', { a: ' x ' }, ' x '],
    ['$a.b.0', { a: { b: ['first'] } }, 'first'],
    ['$a.b.0', { 'a.b.0': 'a column with dots' }, 'a column with dots'],
    ['$UNTERM English Short', { 'UNTERM English Short': 'Namibia' }, 'Namibia'],
    ['$a', { a: ' \u00a0' }, undefined],
    ['$a', { a: null }, undefined],
    ['$constructor', {}, undefined],
    ['$__proto__', {}, undefined],
    ['$a', { a: 'NA' }, 'NA'],
    ['{ from: [$a, $b] }', { a: '', b: 'second' }, 'second'],
    ['{ from: $a, trim: true }', { a: '\n x \n' }, 'x'],
    ['{ from: $a, split: "|" }', { a: 'x | |y' }, ['x', 'y']],
    ['{ from: $a, pattern: "(Q[0-9]+)$" }', { a: 'https://www.wikidata.org/wiki/Q159' }, 'Q159'],
    ['{ from: $a, lookup: { yes: Y }, otherwise: N }', { a: 'no' }, 'N'],
    ['{ from: $a, lookup: { true: machine } }', { a: true }, 'machine'],
    ['{ from: $a, unlessEqual: $b }', { a: ' same ', b: 'same' }, undefined],
    ['{ from: $a, as: slug }', { a: 'Côte d’Ivoire' }, 'cote-d-ivoire'],
    ['{ from: $a, as: number }', { a: ' 55.7 ' }, 55.7],
    ['{ join: [id, $a], with: " " }', { a: 7 }, 'id 7'],
    ['{ join: [id, $a] }', {}, undefined],
  ])('%s of %j is %j', ([expression, values, expected]) => {
    expect(summaryOf(expression, values)).toEqual(expected);
  });

  test.for<[string, object, RegExp]>([
    ['{ from: $a, as: number }', { a: 'many' }, /Expected a number/],
    ['{ from: $a, lookup: { yes: Y } }', { a: 'no' }, /Expected one of yes/],
    ['{ from: $a, pattern: "^Q" }', { a: 'P1' }, /fits the pattern \^Q/],
    ['{ join: [$a] }', { a: 2 ** 60 }, /more digits than JSON numbers keep/],
    ['{ join: [$a] }', { a: {} }, /Expected text; got object/],
  ])('%s of %j is a defect of the field', ([expression, values, reason]) => {
    expect(summaryOf(expression, values)).toEqual({ reason: expect.stringMatching(reason) });
  });
});

describe('a list', () => {
  test('omits items without a value in the row, and duplicates', () => {
    const mapping = parseMapping(`
record: actor
fields:
  slug: $slug
  kind: STATE
  name: $en
  names:
    - { name: $en, language: en }
    - { name: $ru, language: ru }
    - { name: $en, language: en }
`);
    const row = rowOf('a.csv', 2, { slug: 'a', en: 'A', ru: ' ' });
    expect(applyMapping(mapping, row, new NamedReferences()).input['names']).toEqual([
      { name: 'A', language: 'en' },
    ]);
  });

  test('includes every item of an expression that returns several', () => {
    const mapping = parseMapping(speeches('  treaties: [{ from: $treaties, split: "|" }]'));
    const row = rowOf('a.csv', 2, { id: 'a', treaties: 'inf|new-start' });
    const { input } = applyMapping(mapping, row, new NamedReferences());
    expect(input['treaties']).toEqual(['inf', 'new-start']);
  });
});

describe('a date', () => {
  test.for<[string, string[] | undefined, string]>([
    ['2022-05-17T23:48:46', undefined, '2022-05-17T23:48:46'],
    ['2022-05-17 23:48:46.120+0300', undefined, '2022-05-17T23:48:46+03:00'],
    ['2019-08~', undefined, '2019-08~'],
    ['17.05.2022', ['dd.MM.yyyy'], '2022-05-17'],
    ['May 2022', ['dd.MM.yyyy', 'LLLL yyyy'], '2022-05'],
    ['2022', ['yyyy'], '2022'],
    ['17.05.2022 9:05', ['dd.MM.yyyy H:mm'], '2022-05-17T09:05'],
    ['17.05.2022 09:05:07 +03:00', ['dd.MM.yyyy HH:mm:ss ZZ'], '2022-05-17T09:05:07+03:00'],
  ])('%s in the format %j is read as %s, with the same precision', ([text, formats, edtf]) => {
    expect(readDate(text, formats)).toBe(edtf);
  });

  test.for<[string, string[] | undefined, RegExp]>([
    ['2022-03-11T24:04:30', undefined, /24:04:30 is an impossible time of day/],
    ['2022-03-11T24:00:00', undefined, /impossible time of day/],
    ['2022-03-11T23:60:00', undefined, /impossible time of day/],
    ['11.03.2022 24:04', ['dd.MM.yyyy HH:mm'], /impossible time of day/],
    ['11.03.2022 24:00', ['dd.MM.yyyy HH:mm'], /impossible time of day/],
    ['30.02.2022', ['dd.MM.yyyy'], /does not exist/],
    ['2022-03-11', ['dd.MM.yyyy'], /Expected a date written as dd\.MM\.yyyy/],
    ['', ['dd.MM.yyyy'], /Expected a date/],
  ])('%s in the format %j is refused', ([text, formats, reason]) => {
    expect(() => readDate(text, formats)).toThrow(reason);
  });

  test('ambiguous formats are refused', () => {
    expect(faultOfFormat('dd.MM.yy')).toMatch(/century is not guessed/);
    expect(faultOfFormat('dd.MM')).toMatch(/Expected a year/);
    expect(faultOfFormat('hh:mm dd.MM.yyyy')).toMatch(/AM or PM/);
    expect(faultOfFormat('kkkk-WW')).toMatch(/not among the tokens/);
  });
});

/** Nine levels of nine aliases: 400 million values. */
const billion = Array.from(
  { length: 9 },
  (_, level) =>
    `l${level + 1}: &l${level + 1} [${Array(9)
      .fill(level === 0 ? '*a' : `*l${level}`)
      .join(', ')}]`,
).join('\n');

test('a pattern takes time that is linear in the text', () => {
  const x = `${'a'.repeat(100_000)}b`;
  expect(summaryOf('{ from: $x, pattern: "^(a+)+$" }', { x })).toMatchObject({
    reason: 'Expected text that fits the pattern ^(a+)+$.',
  });
  expect(summaryOf(String.raw`{ from: $x, pattern: '(?<day>\u00e9\p{L}|Ä)' }`, { x: 'xéж' })).toBe('éж');
});

test('aliases of some values are put in', () => {
  const text = speeches('  summary: &s { from: $x, pattern: "a" }\n  place: *s');
  expect(() => parseMapping(text)).toThrow(/fields: Unrecognized key: "place"/);
  expect(parseMapping(text.replace('place', 'quotation')).fields).toMatchObject({
    summary: { from: '$x' },
    quotation: { from: '$x' },
  });
});

describe('an invalid mapping is refused with the path of the error', () => {
  test.for<[string, RegExp]>([
    ['record: treaty', /record: Expected `record: statement`/],
    ['record: [', /line 1: /],
    ['record: actor\nrecord: actor', /line 2: Map keys must be unique/],
    [speeches('  headlin: $x'), /fields: Unrecognized key: "headlin"/],
    [speeches('  summary: { from: $x, as: dat }'), /fields\.summary\.as: /],
    [
      speeches('  summary: { from: $x, pattern: "(" }'),
      /line \d+: fields\.summary\.pattern: Expected a regular expression that RE2 takes.*missing closing \)/,
    ],
    ...['(?=x)', '(?<!x)y', '(x)\\\\1'].map((pattern): [string, RegExp] => [
      speeches(`  summary:\n    from: $x\n    pattern: "${pattern}"`),
      /line 19: fields\.summary\.pattern: .*RE2 takes, without look-around and backreferences/,
    ]),
    [`a: &a [${'[x],'.repeat(99)}x]\n${billion}`, /line \d+: Expected aliases that add at most 10000 values/],
    ['record: &a { from: [*a] }', /line 1: Expected an alias of a value that is complete/],
    [
      speeches('  summary: { from: $x, as: date, format: dd.MM.yy }'),
      /fields\.summary\.format: .*four digits/,
    ],
    [speeches('  treaties: inf'), /fields\.treaties: Expected a list/],
    [speeches().replace('role: SPEAKER', 'rol: SPEAKER'), /fields\.participants\.0.*"rol"/],
    [speeches().replace('kind: PERSON, ', ''), /fields\.participants\.0\.actor\.kind: /],
    [
      speeches().replace(/ {2}citations:[\s\S]*/, '  citations: []'),
      /fields\.citations: Expected at least one citation/,
    ],
  ])('%#', ([text, message]) => {
    expect(() => parseMapping(text, 'm.yaml')).toThrow(message);
  });
});
