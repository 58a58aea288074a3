import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyMapping } from '../../src/import/mapping/apply.js';
import { parseMapping } from '../../src/import/mapping/mapping.js';
import { NamedReferences } from '../../src/import/mapping/named-references.js';
import { faultOfFormat, readDate } from '../../src/import/mapping/values/date.js';
import { readNumber } from '../../src/import/mapping/values/number.js';
import { rowOf } from '../../src/import/read/row.js';
import { runs } from '../support/random/runs.js';
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
    ['{ from: $a, pattern: "^Q" }', { a: 'P1' }, undefined],
    ['{ from: $a, pattern: "^Q", otherwise: none }', { a: 'P1' }, 'none'],
    ['{ from: $a, pattern: "^Q[0-9]", otherwise: none }', { a: 'Q1' }, 'Q1'],
    ['{ from: $a, pattern: "^[0-9]", as: number, otherwise: "2" }', { a: 'P1' }, 2],
    ['{ columns: "Country*" }', { Country1: 'A', Country2: '', Other: 'B', 'Country 3': 'C' }, ['A', 'C']],
    ['{ from: { columns: "* code" }, pattern: "^.{2}" }', { 'a code': 'RUS', code: 'x' }, ['RU']],
    ['{ from: $a, json: "$.b[*].c" }', { a: '{"b":[{"c":1},{"c":"x"}]}' }, [1, 'x']],
    ['{ from: $a, json: $.b.d }', { a: '{"b":{"c":1}}' }, undefined],
    ['{ join: [id, $a], with: " " }', { a: 7 }, 'id 7'],
    ['{ join: [id, $a] }', {}, undefined],
  ])('%s of %j is %j', ([expression, values, expected]) => {
    expect(summaryOf(expression, values)).toEqual(expected);
  });

  test.for<[string, object, RegExp]>([
    ['{ from: $a, as: number }', { a: 'many' }, /Expected a number/],
    ['{ from: $a, lookup: { yes: Y } }', { a: 'no' }, /Expected one of yes/],
    ['{ from: $a, as: number }', { a: '0x10' }, /Expected a number such as 1250/],
    ['{ from: $a, as: number }', { a: '1,5' }, /If "," is the decimal separator, say `decimal: ","`/],
    ['{ from: $a, json: $.b }', { a: '{b}' }, /Expected JSON/],
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

  test.for<[string, string | undefined, string, string]>([
    ['2016-03-27 12:00', 'yyyy-MM-dd HH:mm', 'Europe/Kyiv', '2016-03-27T12:00+03:00'],
    ['27.03.16 02:30', 'dd.MM.yy HH:mm', 'Europe/London', '2016-03-27T02:30+01:00'],
    ['2016-10-30T03:30+02:00', undefined, 'Europe/Kyiv', '2016-10-30T03:30+02:00'],
    ['2016-12-01T10:00:30', undefined, 'Europe/Kyiv', '2016-12-01T10:00:30+02:00'],
    ['2016-12-01', undefined, 'Europe/Kyiv', '2016-12-01'],
    ['2016-12~', undefined, 'Europe/Kyiv', '2016-12~'],
    ['2016-12-01', 'yyyy-MM-dd', 'Europe/Kyiv', '2016-12-01'],
    [
      '2016-12-01T10:00/2016-12-01T12:00',
      undefined,
      '+05:45',
      '2016-12-01T10:00+05:45/2016-12-01T12:00+05:45',
    ],
    ['1900-06-01 12:00', 'yyyy-MM-dd HH:mm', 'Europe/Kyiv', '1900-06-01T12:00+02:02'],
    ['\u00A0\uFEFF2016-12-01\u200E ', undefined, 'UTC', '2016-12-01'],
  ])('%s in the format %s and the zone %s is %s', ([text, format, zone, edtf]) => {
    expect(readDate(text, format === undefined ? undefined : [format], 'en', { zone, century: 1950 })).toBe(
      edtf,
    );
  });

  test.for([
    ['27.03.2016 03:30', 'Europe/Kyiv', /never was in Europe\/Kyiv: the clocks went forward/],
    ['27.03.2016 01:30', 'Europe/London', /never was in Europe\/London/],
    ['30.12.2011 12:00', 'Pacific/Apia', /never was in Pacific\/Apia/],
    ['30.10.2016 03:30', 'Europe/Kyiv', /was twice in Europe\/Kyiv, at \+03:00 and at \+02:00/],
    ['30.10.2016 01:00', 'Europe/London', /was twice in Europe\/London, at \+01:00 and at \+00:00/],
  ] as const)('%s in %s is refused, neither moved nor picked', ([text, zone, reason]) => {
    const [day, time] = text.split(' ');
    const iso = `${day?.split('.').toReversed().join('-')}T${time}`;
    expect(() => readDate(text, ['dd.MM.yyyy HH:mm'], 'en', { zone })).toThrow(reason);
    expect(() => readDate(`${text} ${zone}`, ['dd.MM.yyyy HH:mm z'])).toThrow(reason);
    expect(() => readDate(iso, undefined, 'en', { zone })).toThrow(reason);
  });

  test('keeps what the clock showed and falls on one instant, or is refused, in every zone', () => {
    const zones = fc.constantFrom(
      'Europe/Kyiv',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Tehran',
      'Pacific/Apia',
    );
    // Around changes of the clocks too, in steps of a quarter of an hour.
    const quarters = fc.integer({ min: 0, max: 4 * 24 * 366 * 20 });
    fc.assert(
      fc.property(zones, quarters, (zone, quarter) => {
        const local = new Date(Date.UTC(2005, 0, 1) + quarter * 900_000).toISOString().slice(0, 16);
        const clock = new Intl.DateTimeFormat('sv-SE', {
          timeZone: zone,
          dateStyle: 'short',
          timeStyle: 'short',
        });
        const shows = (offset: number) =>
          clock.format(Date.parse(`${local}Z`) - offset * 60_000) === local.replace('T', ' ');
        const all = Array.from({ length: 4 * 28 }, (_, index) => (index - 4 * 13) * 15);
        const fitting = all.filter(shows);
        if (fitting.length !== 1)
          expect(() => readDate(local, undefined, 'en', { zone })).toThrow(/never was|was twice/);
        else {
          const date = readDate(local, undefined, 'en', { zone });
          expect(date.slice(0, 16)).toBe(local);
          expect(Date.parse(date)).toBe(Date.parse(`${local}Z`) - (fitting[0] ?? 0) * 60_000);
        }
      }),
      { seed: 20160327, numRuns: runs(200) },
    );
  });

  test.for([
    ['49', 2049],
    ['50', 1950],
    ['99', 1999],
    ['00', 2000],
  ] as const)('the year %s is %d in the hundred years from 1950', ([year, full]) => {
    expect(readDate(`1.2.${year}`, ['d.M.yy'], 'en', { century: 1950 })).toBe(`${full}-02-01`);
  });

  test('a leap day is checked in the century that the mapping says', () => {
    expect(readDate('29.02.00', ['dd.MM.yy'], 'en', { century: 2000 })).toBe('2000-02-29');
    expect(() => readDate('29.02.00', ['dd.MM.yy'], 'en', { century: 1900 })).toThrow(/does not exist/);
  });

  test.for([
    ['{ from: $d, as: date, zone: Europe/Nowhere }', /Expected a time zone such as Europe\/Kyiv/],
    ['{ from: $d, zone: Europe/Kyiv }', /zone: Goes with `as: date`/],
    ['{ from: $d, as: date, format: dd.MM.yy }', /century: 1950/],
    ['{ from: $d, as: date, format: dd.MM.yyyy, century: 1950 }', /Goes with a `format` that has yy/],
    ['{ from: $d, as: date, format: dd.MM.yy, century: 19 }', /Expected a year from 1000 to 9899/],
  ] as const)('the mapping %s is refused', ([occurred, reason]) => {
    const yaml = speeches('').replace(/occurred: .*/, `occurred: ${occurred}`);
    expect(() => parseMapping(yaml)).toThrow(reason);
  });

  test('ambiguous formats are refused', () => {
    expect(faultOfFormat('dd.MM.yy')).toMatch(/century is not guessed/);
    expect(faultOfFormat('dd.MM.yy', true)).toBeUndefined();
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
  expect(summaryOf('{ from: $x, pattern: "^(a+)+$" }', { x })).toBeUndefined();
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

describe('a number', () => {
  test.for<[string, '.' | ',', number | undefined]>([
    ['5,500', '.', 5500],
    ['1,234,567.5', '.', 1234567.5],
    ['5 500', '.', 5500],
    ['5\u00a0500\u202f000', '.', 5500000],
    ["1'500", '.', 1500],
    ['−1.5', '.', -1.5],
    ['+3', '.', 3],
    ['1e3', '.', 1000],
    ['1.5 billion', '.', 1.5e9],
    ['1.500,25', ',', 1500.25],
    ['1,5', ',', 1.5],
    ['١٢', '.', undefined],
    ['５５', '.', 55],
    ['1,5', '.', undefined],
    ['12,34,567', '.', undefined],
    ['1 5', '.', undefined],
    ['0x10', '.', undefined],
    ['0b11', '.', undefined],
    ['0o17', '.', undefined],
    ['10–20', '.', undefined],
    ['about 5', '.', undefined],
    ['.', '.', undefined],
    ['', '.', undefined],
    ['Infinity', '.', undefined],
  ])('%s with the decimal separator %s is %d', ([text, decimal, number]) => {
    expect(readNumber(text, decimal)).toBe(number);
  });
});

describe('a mistake of the mapping is found once, with its line', () => {
  const event = (fields: string) => `record: event
id: { dataset: e, value: $id }
fields:
  headline: { join: ["E ", $id] }
  type: OTHER
  occurred: "2020"
  citations: [{ source: { title: T } }]
${fields}`;
  test.for<[string, RegExp]>([
    [event('  summary: $'), /line 8: fields\.summary: \$ is the item of an `each`, and none is around it/],
    [
      event('  topics: [{ byName: { from: $t, lookup: { x: y }, otherwise: $.a } }]'),
      /line 8: fields\.topics\.0\.byName\.otherwise: \$\.a is the item of an `each`/,
    ],
    [
      event('').replace('"2020"', '2020'),
      /line 6: fields\.occurred: Expected text; got the number 2020\. Write it in quotes: "2020"\./,
    ],
    [
      event('  places: [{ name: X, precision: APPROX }]'),
      /line 8: fields\.places\.0\.precision: Expected one of .*; got "APPROX"\./,
    ],
    [event('').replace('OTHER', 'WAR'), /line 5: fields\.type: Expected one of .*STRIKE.*; got "WAR"\./],
    [
      event('').replace('OTHER', '{ from: $t, lookup: { a: TEST, b: TESTS } }'),
      /fields\.type\.lookup\.b: Expected one of/,
    ],
    [
      event('  participants: [{ each: $a, role: ACTOR, actor: { byName: $, kind: COUNTRY } }]'),
      /fields\.participants\.0\.actor\.kind: Expected one of PERSON/,
    ],
    [
      event('').replace('{ title: T }', '{ title: T, reliability: G }'),
      /fields\.citations\.0\.source\.reliability: Expected one of A, B/,
    ],
    [event('where: [{ value: $t }]'), /where\.0: Expected a test: is, isNot/],
    [event('rows: "$.a["'), /line 8: rows: Expected a JSONPath/],
    [event('rows: $.a[?match(@.b, "(a+)+$")]'), /`match` and `search` are not supported/],
    [
      event('encoding: latin-99'),
      /encoding: Expected an encoding such as windows-1251 or utf-16; got "latin-99"/,
    ],
  ])('%#', ([text, message]) => {
    expect(() => parseMapping(text, 'm.yaml')).toThrow(message);
  });

  test('with each other one', () => {
    const text = event('  places: [{ name: X, precision: APPROX }]').replace('"2020"', '2020');
    expect(() => parseMapping(text)).toThrow(/line 6: .*\n {2}line 8: /);
  });
});

describe('an invalid mapping is refused with the path of the error', () => {
  test.for<[string, RegExp]>([
    ['record: place', /record: Expected `record: statement`/],
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
