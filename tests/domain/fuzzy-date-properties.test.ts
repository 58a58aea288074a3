import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  canLieWithin,
  type FuzzyDate,
  liesWithin,
  NO_EARLIEST,
  NO_LATEST,
  parseFuzzyDate,
} from '../../src/domain/dates/fuzzy-date.js';
import { describeFuzzyDate } from '../../src/domain/dates/fuzzy-date-text.js';
import { InvalidInputError } from '../../src/domain/errors.js';
import {
  between,
  clocks,
  closed,
  dates,
  days,
  ends,
  forms,
  intervals,
  isAccepted,
  isBounded,
  isLeap,
  noEnd,
  qualified,
  texts,
  two,
  wholeDates,
  years,
  yearsOfWholeCenturies,
} from '../support/edtf.js';
import { runs } from '../support/random/runs.js';

const PARAMETERS = { seed: 20190802, numRuns: runs(500) };

test.each(Object.entries(forms))('%s of every kind are accepted', (_, form) => {
  fc.assert(
    fc.property(form, (text) => {
      expect(parseFuzzyDate(text).edtf).toBe(text);
    }),
    PARAMETERS,
  );
});

describe('certain and possible containment', () => {
  test('a date that certainly lies within a range can lie within it', () => {
    fc.assert(
      fc.property(dates, dates, (date, range) => {
        fc.pre(liesWithin(date, range));
        expect(canLieWithin(date, range)).toBe(true);
      }),
      PARAMETERS,
    );
  });

  test('both match a day-by-day comparison', () => {
    const near = fc.oneof(wholeDates, qualified, intervals).map((text) => parseFuzzyDate(text));
    fc.assert(
      fc.property(near, near, (date, range) => {
        fc.pre(isShort(date) && isShort(range));
        const wanted = new Set(daysOf(range));
        expect(liesWithin(date, range)).toBe(daysOf(date).every((day) => wanted.has(day)));
        expect(canLieWithin(date, range)).toBe(daysOf(date).some((day) => wanted.has(day)));
      }),
      { ...PARAMETERS, numRuns: runs(200) },
    );
  });

  test('a known day certainly lies within a range or cannot', () => {
    fc.assert(
      fc.property(days, dates, (day, range) => {
        const date = parseFuzzyDate(day);
        expect(liesWithin(date, range)).toBe(canLieWithin(date, range));
      }),
      PARAMETERS,
    );
  });

  test('possible containment is symmetric', () => {
    fc.assert(
      fc.property(dates, dates, (one, other) => {
        expect(canLieWithin(one, other)).toBe(canLieWithin(other, one));
      }),
      PARAMETERS,
    );
  });

  test('containment is transitive', () => {
    fc.assert(
      fc.property(dates, dates, dates, (inner, middle, outer) => {
        fc.pre(liesWithin(inner, middle));
        if (liesWithin(middle, outer)) expect(liesWithin(inner, outer)).toBe(true);
        if (canLieWithin(inner, outer)) expect(canLieWithin(middle, outer)).toBe(true);
      }),
      PARAMETERS,
    );
  });

  test('every date lies within itself and within the unknown year', () => {
    fc.assert(
      fc.property(dates, (date) => {
        expect(liesWithin(date, date)).toBe(true);
        expect(liesWithin(date, parseFuzzyDate('XXXX'))).toBe(true);
      }),
      PARAMETERS,
    );
  });
});

describe('an interval contains its parts', () => {
  const pairs = closed.map(([first, last]) => ({
    first: parseFuzzyDate(first),
    last: parseFuzzyDate(last),
    interval: parseFuzzyDate(`${first}/${last}`),
  }));

  test('from the first day of the first to the last day of the last', () => {
    fc.assert(
      fc.property(pairs, ({ first, last, interval }) => {
        expect(interval.earliest).toBe(first.earliest);
        expect(interval.latest).toBe(last.latest);
        expect(canLieWithin(first, interval)).toBe(true);
        expect(canLieWithin(last, interval)).toBe(true);
      }),
      PARAMETERS,
    );
  });

  test('entirely, with everything inside them, if the parts are in order', () => {
    fc.assert(
      fc.property(pairs, dates, ({ first, last, interval }, date) => {
        fc.pre(first.earliest <= last.earliest && first.latest <= last.latest);
        for (const part of [first, last]) {
          expect(liesWithin(part, interval)).toBe(true);
          if (liesWithin(date, part)) expect(liesWithin(date, interval)).toBe(true);
          if (canLieWithin(date, part)) expect(canLieWithin(date, interval)).toBe(true);
        }
      }),
      PARAMETERS,
    );
  });

  // 2019/2019-03 begins in one of the first three months of 2019, whatever its first part says.
  test('except for the days of a part that the other part rules out', () => {
    fc.assert(
      fc.property(pairs, days, ({ first, last, interval }, text) => {
        const day = parseFuzzyDate(text);
        const canBeFirst = liesWithin(day, first) && day.earliest <= last.latest;
        const canBeLast = liesWithin(day, last) && day.latest >= first.earliest;
        fc.pre(canBeFirst || canBeLast);
        expect(liesWithin(day, interval)).toBe(true);
      }),
      { ...PARAMETERS, numRuns: runs(200) },
    );
  });

  test('and every day beyond the known part, if an end is open or unknown', () => {
    fc.assert(
      fc.property(ends.filter(isBounded), noEnd, dates, (end, none, date) => {
        const known = parseFuzzyDate(end);
        const since = parseFuzzyDate(`${end}/${none}`);
        const until = parseFuzzyDate(`${none}/${end}`);
        expect(since).toMatchObject({ earliest: known.earliest, latest: NO_LATEST });
        expect(until).toMatchObject({ earliest: NO_EARLIEST, latest: known.latest });
        expect(liesWithin(known, since) && liesWithin(known, until)).toBe(true);
        expect(liesWithin(date, since)).toBe(date.earliest >= known.earliest);
        expect(liesWithin(date, until)).toBe(date.latest <= known.latest);
      }),
      PARAMETERS,
    );
  });
});

describe('a text and its date', () => {
  test('the text is preserved except for white space around it, and parses to the same date', () => {
    const spaces = fc.constantFrom('', ' ', '\n', '\t ', '\u00A0');
    fc.assert(
      fc.property(texts, spaces, spaces, (text, before, after) => {
        const date = parseFuzzyDate(`${before}${text}${after}`);
        expect(date.edtf).toBe(text);
        expect(parseFuzzyDate(date.edtf)).toEqual(date);
      }),
      PARAMETERS,
    );
  });

  test('the bounds are days of the calendar, in order', () => {
    fc.assert(
      fc.property(dates, ({ earliest, latest }) => {
        for (const day of [earliest, latest]) expect(dayOf(timeOf(day))).toBe(day);
        expect(earliest <= latest).toBe(true);
      }),
      PARAMETERS,
    );
  });

  test('a qualified day can be 3 days around it, a month 1, a season 3 months, a year 1', () => {
    fc.assert(
      fc.property(wholeDates, fc.constantFrom('?', '~', '%'), (text, qualifier) => {
        const plain = parseFuzzyDate(text);
        const [first, last] = [plain.earliest, plain.latest].map(timeOf).map((time) => new Date(time));
        const [year = Number.NaN, month = Number.NaN] = [first?.getUTCFullYear(), first?.getUTCMonth()];
        const endMonth = (last?.getUTCMonth() ?? Number.NaN) + 1;
        const around = {
          DAY: [timeOf(plain.earliest) - 3 * A_DAY, timeOf(plain.latest) + 3 * A_DAY],
          MONTH: [Date.UTC(year, month - 1, 1), Date.UTC(year, month + 2, 0)],
          SEASON: [Date.UTC(year, month - 3, 1), Date.UTC(year + 1, endMonth + 3, 0)],
          YEAR: [Date.UTC(year - 1, 0, 1), Math.min(Date.UTC(year + 2, 0, 0), timeOf('9999-12-30'))],
        }[plain.precision as 'DAY' | 'MONTH' | 'SEASON' | 'YEAR'];
        expect(parseFuzzyDate(`${text}${qualifier}`)).toEqual({
          edtf: `${text}${qualifier}`,
          earliest: dayOf(around[0] ?? Number.NaN),
          latest: dayOf(around[1] ?? Number.NaN),
          precision: plain.precision,
        });
      }),
      PARAMETERS,
    );
  });

  test('every text has a description in words, without EDTF signs', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const words = describeFuzzyDate(text);
        expect(words).not.toMatch(/undefined|NaN|X|[?~%/]|\.\./);
        expect(words.includes('about')).toBe(/[~%]/.test(text));
        expect(words.includes('(uncertain)')).toBe(/[?%]/.test(text));
      }),
      PARAMETERS,
    );
  });

  test('random text of EDTF characters is refused with an InvalidInputError, or parsed consistently', () => {
    const scraps = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'0129X-T:Z+/.?~% '), maxLength: 24 }),
      fc
        .tuple(texts, between(0, 30), fc.constantFrom(...'0129X-T:Z+/.?~% '))
        .map(([text, at, letter]) => text.slice(0, at) + letter + text.slice(at + 1)),
      fc.tuple(texts, texts).map((pair) => pair.join('/')),
    );
    fc.assert(
      fc.property(scraps, (text) => {
        try {
          const date = parseFuzzyDate(text);
          expect(date.edtf).toBe(text.trim());
          expect(parseFuzzyDate(date.edtf)).toEqual(date);
          expect(date.earliest <= date.latest).toBe(true);
          for (const day of [date.earliest, date.latest]) expect(dayOf(timeOf(day))).toBe(day);
        } catch (error) {
          if (!(error instanceof InvalidInputError)) throw error;
        }
      }),
      PARAMETERS,
    );
  });
});

test('a coarser date contains the finer ones, from a time to a century', () => {
  const chains = fc.tuple(yearsOfWholeCenturies, days, clocks).map(([year, day, clock]) => {
    const safe = day.slice(5) === '02-29' ? '02-28' : day.slice(5);
    const date = `${year}-${safe}`;
    return [
      `${date}T${clock}`,
      date,
      date.slice(0, 7),
      `${year}`,
      date.slice(0, 3).concat('X'),
      date.slice(0, 2).concat('XX'),
      'XXXX',
    ];
  });
  fc.assert(
    fc.property(chains, (chain) => {
      const dates = chain.map((text) => parseFuzzyDate(text));
      expect(dates.map(({ precision }) => precision)).toEqual([
        ...['TIME', 'DAY', 'MONTH', 'YEAR', 'DECADE', 'CENTURY', 'UNKNOWN'],
      ]);
      for (const [index, inner] of dates.entries()) {
        for (const outer of dates.slice(index)) expect(liesWithin(inner, outer)).toBe(true);
        // Only a time covers the same days as the date around it.
        for (const outer of dates.slice(Math.max(index + 1, 2))) expect(liesWithin(outer, inner)).toBe(false);
      }
      const [, , month, year] = chain;
      for (const [text, same] of [
        [`${month}-XX`, month],
        [`${year}-XX`, year],
        [`${year}-XX-XX`, year],
      ]) {
        expect(parseFuzzyDate(text ?? '')).toEqual({ ...parseFuzzyDate(same ?? ''), edtf: text });
      }
    }),
    PARAMETERS,
  );
});

test('a season contains its year, and no more than two months of the next', () => {
  fc.assert(
    fc.property(years, between(21, 24), (year, number) => {
      const season = parseFuzzyDate(`${year}-${number}`);
      expect(liesWithin(parseFuzzyDate(`${year}`), season)).toBe(true);
      expect(season.latest).toBe(`${year + 1}-02-${isLeap(year + 1) ? 29 : 28}`);
    }),
    PARAMETERS,
  );
});

describe('exactly the days of the calendar are accepted', () => {
  test.each([1000, 1900, 2000, 2019, 2020, 9998])('in %d', (year) => {
    for (let month = 0; month <= 13; month += 1) {
      for (let day = 0; day <= 32; day += 1) {
        const text = `${year}-${two(month)}-${two(day)}`;
        const date = new Date(Date.UTC(year, month - 1, day));
        const isDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
        for (const suffix of ['', '?', 'T10:00', 'T10:00Z']) {
          expect([text + suffix, isAccepted(text + suffix)]).toEqual([text + suffix, isDay]);
        }
      }
    }
  });
});

const A_DAY = 86_400_000;
const timeOf = (day: string) => Date.parse(`${day}T00:00:00Z`);
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

function isShort({ earliest, latest }: FuzzyDate): boolean {
  return timeOf(latest) - timeOf(earliest) < 3_000 * A_DAY;
}

function daysOf({ earliest, latest }: FuzzyDate): string[] {
  const found: string[] = [];
  for (let time = timeOf(earliest); time <= timeOf(latest); time += A_DAY) found.push(dayOf(time));
  return found;
}
