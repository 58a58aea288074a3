import { describe, expect, test } from 'vitest';
import { NO_EARLIEST, NO_LATEST, parseFuzzyDate } from '../../src/domain/dates/fuzzy-date.js';
import { describeFuzzyDate } from '../../src/domain/dates/fuzzy-date-text.js';
import { InvalidInputError } from '../../src/domain/errors.js';

describe('an EDTF date is interpreted according to ISO 8601-2', () => {
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
    ['2018-23?', '2018-01-01', '2019-02-28', 'SEASON', 'autumn 2018 (uncertain)'],
    ['2018-23~', '2018-01-01', '2019-02-28', 'SEASON', 'about autumn 2018'],
    ['2018-23%', '2018-01-01', '2019-02-28', 'SEASON', 'about autumn 2018 (uncertain)'],
    [
      '2018-23%/2019-21',
      '2018-01-01',
      '2020-02-29',
      'INTERVAL',
      'about autumn 2018 (uncertain) to spring 2019',
    ],
    ['2019-08-02%', '2019-08-02', '2019-08-02', 'DAY', 'about 2 August 2019 (uncertain)'],
    ['2020-02-29', '2020-02-29', '2020-02-29', 'DAY', '29 February 2020'],
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
  ['', 'an empty text'],
  ['yesterday', 'words'],
  ['02/08/2019', 'another notation'],
  ['2019-13', 'a thirteenth month'],
  ['2019-02-30', 'a day that February never has'],
  ['2019-02-29', 'a day that February has in other years'],
  ['2019-02-29~', 'the same, qualified'],
  ['1900-02-29T10:00', 'the same, with a time of day'],
  ['2022-03-11T24:00', 'the midnight that belongs to two days'],
  ['2022-03-11T23:60', 'a sixtieth minute'],
  ['2022-03-11T23:59:60', 'a leap second'],
  ['2022-03-11T10:00?', 'a qualified time of day'],
  ['2022-03-11T10:00-00:00', 'an offset of minus zero'],
  ['2022-03-11T10:00+14:30', 'an offset that no place has'],
  ['2022-03-11T24:04:30', 'a time after midnight on the day before'],
  ['2020/2019', 'an interval that ends before it begins'],
  ['../..', 'an interval without ends'],
  ['../', 'an interval without ends'],
  ['XXXX/..', 'an interval from no known day to no end'],
  ['XXXX/XXXX', 'an interval without a known day'],
  ['2019/2020/2021', 'an interval of three parts'],
  ['2019-08-02T10:00/2019-08-02T12:00', 'an interval between times of day'],
  ['201X?', 'a qualifier after an unspecified digit'],
  ['20XX~', 'a qualifier after an unspecified digit'],
  ['XXXX%', 'a qualifier after an unspecified digit'],
  ['2019-XX?', 'a qualifier after an unspecified digit'],
  ['2019-08-XX~', 'a qualifier after an unspecified digit'],
  ['2019-XX-XX%', 'a qualifier after an unspecified digit'],
  ['2019/201X?', 'a qualifier after an unspecified digit'],
  ['2019??', 'two qualifiers'],
  ['?2019', 'a leading qualifier (level 2)'],
  ['201X-08', 'a month of a decade (level 2)'],
  ['201X-23', 'a season of a decade (level 2)'],
  ['2018-23-05', 'a day of a season'],
  ['{2019,2020}', 'level 2'],
  ['2019?-08', 'an inner qualifier (level 2)'],
  ['2001-25', 'a quarter of level 2'],
  ['Y12000', 'a year out of range'],
  ['0044', 'a year out of range'],
  ['9999', 'the year that stands for an open end'],
  ['99XX', 'the century that ends with that year'],
  ['19', 'a century of ISO 8601-1'],
  [`2019${' '.repeat(20)}${'9'.repeat(100_000)}`, 'a hundred thousand characters'],
])('%s is refused: %s', (edtf) => {
  expect(() => parseFuzzyDate(edtf)).toThrow(InvalidInputError);
  expect(() => parseFuzzyDate(edtf)).toThrow(
    /occurred: Expected an EDTF date of the years 1000 to 9998, such as 2019-08-02/,
  );
});
