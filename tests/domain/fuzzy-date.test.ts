import { describe, expect, test } from 'vitest';
import { NO_EARLIEST, NO_LATEST, parseFuzzyDate } from '../../src/domain/fuzzy-date.js';
import { describeFuzzyDate } from '../../src/domain/fuzzy-date-text.js';
import { InvalidInputError } from '../../src/errors.js';

describe('an EDTF date means what ISO 8601-2 says', () => {
  test.each([
    ['2019', '2019-01-01', '2019-12-31', 'YEAR', '2019'],
    ['2019-08', '2019-08-01', '2019-08-31', 'MONTH', 'August 2019'],
    ['2020-02', '2020-02-01', '2020-02-29', 'MONTH', 'February 2020'],
    ['2019-08-02', '2019-08-02', '2019-08-02', 'DAY', '2 August 2019'],
    ['2019-08~', '2019-08-01', '2019-08-31', 'MONTH', 'about August 2019'],
    ['2019?', '2019-01-01', '2019-12-31', 'YEAR', '2019 (uncertain)'],
    ['2019%', '2019-01-01', '2019-12-31', 'YEAR', 'about 2019 (uncertain)'],
    ['201X', '2010-01-01', '2019-12-31', 'DECADE', 'the 2010s'],
    ['20XX', '2000-01-01', '2099-12-31', 'CENTURY', 'the 2000s'],
    ['XXXX', NO_EARLIEST, NO_LATEST, 'UNKNOWN', 'an unknown year'],
    ['2019-XX', '2019-01-01', '2019-12-31', 'YEAR', '2019'],
    ['2019-XX-XX', '2019-01-01', '2019-12-31', 'YEAR', '2019'],
    ['2019-02-XX', '2019-02-01', '2019-02-28', 'MONTH', 'February 2019'],
    ['2019-21', '2019-01-01', '2020-02-29', 'SEASON', 'spring 2019'],
    ['2019-02-01/2019-08-02', '2019-02-01', '2019-08-02', 'INTERVAL', '1 February 2019 to 2 August 2019'],
    ['2019-02/2020', '2019-02-01', '2020-12-31', 'INTERVAL', 'February 2019 to 2020'],
    ['../2019', NO_EARLIEST, '2019-12-31', 'INTERVAL', 'until 2019'],
    ['/2019', NO_EARLIEST, '2019-12-31', 'INTERVAL', 'until 2019'],
    ['2019/..', '2019-01-01', NO_LATEST, 'INTERVAL', 'since 2019'],
    ['2019/', '2019-01-01', NO_LATEST, 'INTERVAL', 'from 2019, end unknown'],
    ['2022-05-17T23:48:46', '2022-05-17', '2022-05-17', 'TIME', '17 May 2022, 23:48:46'],
    ['2022-05-17T23:48:46+03:00', '2022-05-17', '2022-05-17', 'TIME', '17 May 2022, 23:48:46 UTC+03:00'],
    ['2022-05-17T01:00Z', '2022-05-17', '2022-05-17', 'TIME', '17 May 2022, 01:00 UTC'],
  ])('%s', (edtf, earliest, latest, precision, text) => {
    expect(parseFuzzyDate(edtf)).toEqual({ edtf, earliest, latest, precision });
    expect(describeFuzzyDate(edtf)).toBe(text);
  });
});

test.each([
  ['', 'no text'],
  ['yesterday', 'words'],
  ['02/08/2019', 'another notation'],
  ['2019-13', 'a thirteenth month'],
  ['2019-02-30', 'a day that February never has'],
  ['2022-03-11T24:04:30', 'a time after midnight on the day before'],
  ['2020/2019', 'an interval that ends before it begins'],
  ['../..', 'an interval without ends'],
  ['{2019,2020}', 'level 2'],
  ['2019?-08', 'a qualifier within (level 2)'],
  ['2001-25', 'a quarter of level 2'],
  ['Y12000', 'a year out of range'],
  ['0044', 'a year out of range'],
  ['9999', 'the year that stands for an open end'],
  ['99XX', 'the century that ends with it'],
  ['19', 'a century of ISO 8601-1'],
  [`2019${' '.repeat(20)}${'9'.repeat(100_000)}`, 'a hundred thousand characters'],
])('%s is refused: %s', (edtf) => {
  expect(() => parseFuzzyDate(edtf)).toThrow(InvalidInputError);
  expect(() => parseFuzzyDate(edtf)).toThrow(
    /occurred: Expected an EDTF date of the years 1000 to 9998, such as 2019-08-02/,
  );
});
