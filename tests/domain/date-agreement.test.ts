import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { datesAgree } from '../../src/domain/dates/agreement.js';
import { parseFuzzyDate } from '../../src/domain/dates/fuzzy-date.js';
import { between, days, offsets, qualified, texts, wholeDates } from '../support/edtf.js';
import { runs } from '../support/random/runs.js';

const PARAMETERS = { seed: 20171128, numRuns: runs(500) };

const MINUTE = 60_000;
const A_DAY = 1_440 * MINUTE;
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/** The minutes of an offset such as `-11:30`. */
function minutesOf(offset: string): number {
  const [, sign, hours = '0', minutes = '0'] = /([+-])(\d\d):?(\d\d)?/.exec(offset) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** An instant, as clocks with an offset show it. */
const written = (time: number, offset: string) =>
  `${new Date(time + minutesOf(offset) * MINUTE).toISOString().slice(0, 16)}${offset}`;

const instants = between(Date.UTC(2016, 0, 1) / MINUTE, Date.UTC(2021, 0, 1) / MINUTE).map(
  (minutes) => minutes * MINUTE,
);

test('times agree if they are the same instant, whatever their offsets', () => {
  fc.assert(
    fc.property(
      instants,
      fc.oneof(fc.constant(0), between(-3_000, 3_000)),
      offsets,
      offsets,
      (time, by, a, b) => {
        expect(datesAgree(written(time, a), written(time + by * MINUTE, b))).toBe(by === 0);
      },
    ),
    PARAMETERS,
  );
});

test('an instant agrees with its day in its own offset and in UTC, and with no other', () => {
  fc.assert(
    fc.property(instants, offsets, between(-2, 2), (time, offset, away) => {
      const text = written(time, offset);
      const day = dayOf(time + away * A_DAY);
      expect(datesAgree(text, day)).toBe([text.slice(0, 10), dayOf(time)].includes(day));
    }),
    PARAMETERS,
  );
});

test('a minute agrees with each of its seconds', () => {
  fc.assert(
    fc.property(instants, between(0, 59), offsets, (time, second, offset) => {
      const exact = new Date(time + second * 1_000).toISOString().replace('.000', '');
      expect(datesAgree(written(time, offset), exact)).toBe(true);
      expect(datesAgree(written(time + MINUTE, offset), exact)).toBe(false);
    }),
    PARAMETERS,
  );
});

test('every date agrees with itself, and agreement is symmetric', () => {
  fc.assert(
    fc.property(texts, texts, (one, other) => {
      expect(datesAgree(one, one)).toBe(true);
      expect(datesAgree(one, other)).toBe(datesAgree(other, one));
    }),
    PARAMETERS,
  );
});

test('a qualified date agrees with every day that it can mean, and with no other', () => {
  fc.assert(
    fc.property(qualified, days, between(-5, 5), (text, other, away) => {
      const { earliest, latest } = parseFuzzyDate(text);
      for (const end of [earliest, latest]) {
        const day = dayOf(Date.parse(end) + away * A_DAY);
        expect(datesAgree(text, day)).toBe(day >= earliest && day <= latest);
      }
      expect(datesAgree(text, other)).toBe(other >= earliest && other <= latest);
    }),
    PARAMETERS,
  );
});

test('a qualifier never turns agreement into a dispute', () => {
  fc.assert(
    fc.property(wholeDates, texts, fc.constantFrom('?', '~', '%'), (plain, other, qualifier) => {
      fc.pre(datesAgree(plain, other));
      expect(datesAgree(`${plain}${qualifier}`, other)).toBe(true);
    }),
    PARAMETERS,
  );
});

describe('two dates', () => {
  test.each<[string, string, boolean]>([
    ['2017-11-29T03:17+09:00', '2017-11-28T18:17Z', true],
    ['2017-11-29T03:17+09:00', '2017-11-28T18:18Z', false],
    ['2017-11-29T03:17', '2017-11-29T03:17+09:00', true],
    ['2017-11-28T18:17', '2017-11-29T03:17+09:00', true],
    ['2017-11-29T04:17', '2017-11-29T03:17+09:00', false],
    ['2017-11-29T03:17', '2017-11-29T04:17', false],
    ['2017-11-29T03:17', '2017-11', true],
    ['2017-11-29', '2017-11-29T03:17+09:00', true],
    ['2017-11-28', '2017-11-29T03:17+09:00', true],
    ['2017-11-30', '2017-11-29T03:17+09:00', false],
    ['2024-05-01T18:00Z/2024-05-02T08:00Z', '2024-05-01T21:00+03:00/2024-05-02T11:00+03:00', true],
    ['2024-05-01T18:00Z/2024-05-02T08:00Z', '2024-05-01T18:00Z/2024-05-02T09:00Z', true],
    ['2024-05-01T18:00Z/2024-05-02T08:00Z', '2024-05-01T17:00Z/2024-05-02T07:00Z', false],
    ['2024-05-01T18:00Z/2024-05-02T08:00Z', '2024-05-02T00:00Z', true],
    ['2024-05-01T18:00Z/2024-05-02T08:00Z', '2024-05-01/2024-05-02', true],
    ['2024-05-01T18:00Z/2024-05-02T08:00Z', '2024-05-01', false],
    ['2019-12-31~', '2020-01-02', true],
    ['2019-12-31~', '2020-01', true],
    ['2019-12-31~', '2020-01-04', false],
    ['2019-08-02~', '2019-08-07~', true],
    ['2019-08-02~', '2019-08-09~', false],
    ['2019~', '2020', true],
    ['2019~', '2021', false],
    ['2019-02/2019-06', '2019-04/2019-08', false],
    ['2019-02~/2019-06', '2019-04/2019-08', false],
    ['2019-02~/2019-06', '2019-03/2019-06', true],
    ['2019-02~/2019-06', '2019-01/2019-06', true],
    ['2019-21', '2019-04', true],
    ['/1960', '../1960', true],
  ])('%s and %s agree: %s', (one, other, expected) => {
    expect(datesAgree(one, other)).toBe(expected);
    expect(datesAgree(other, one)).toBe(expected);
  });
});
