import { describe, expect, test } from 'vitest';
import { DATE_WORDS } from '../../src/domain/dates/date-words.js';
import { describeFuzzyDate } from '../../src/domain/dates/fuzzy-date-text.js';
import { timeSpanOf } from '../../src/domain/dates/qualifiers.js';

describe('a date in words', () => {
  test.for([
    ['de', '2. August 2019', 'etwa August 2019', 'bis 2019', '2010er-Jahre', 'Frühling 2019'],
    ['fr', '2 août 2019', 'vers août 2019', 'jusqu’à 2019', 'années 2010', 'printemps 2019'],
    [
      'es',
      '2 de agosto de 2019',
      'hacia agosto de 2019',
      'hasta 2019',
      'década de 2010',
      'primavera de 2019',
    ],
    [
      'ru',
      '2 августа 2019 г.',
      'август 2019 г. (приблизительно)',
      '2019 или раньше',
      '2010-е годы',
      'весна 2019 г.',
    ],
    [
      'uk',
      '2 серпня 2019 р.',
      'серпень 2019 р. (приблизно)',
      '2019 або раніше',
      '2010-ті роки',
      'весна 2019 р.',
    ],
    ['zh', '2019年8月2日', '约2019年8月', '截至2019年', '2010年代', '2019年春季'],
    ['ar', '2 أغسطس 2019', 'أغسطس 2019 (تقريبًا)', 'حتى 2019', 'عقد 2010', 'ربيع 2019'],
    ['en', '2 August 2019', 'about August 2019', 'until 2019', 'the 2010s', 'spring 2019'],
    ['en-US', 'August 2, 2019', 'about August 2019', 'until 2019', 'the 2010s', 'spring 2019'],
  ] as const)('is in the language %s', ([language, ...texts]) => {
    const dates = ['2019-08-02', '2019-08~', '../2019', '201X', '2019-21'];
    // Versions of Node differ in the kind of space.
    expect(dates.map((edtf) => describeFuzzyDate(edtf, language).replace(/\s/gu, ' '))).toEqual(texts);
  });

  test('is Gregorian and never empty in every language, for every form of date', () => {
    const forms = [
      '2019',
      '2019-08?',
      '2019-08-02%',
      '2019-24',
      '19XX',
      'XXXX',
      '2019/..',
      '2019-08/',
      '2019/2020',
    ];
    for (const language of [...Object.keys(DATE_WORDS), 'ar-SA']) {
      for (const edtf of [...forms, '2019-08-02T10:00Z']) {
        const text = describeFuzzyDate(edtf, language);
        expect(text, `${edtf} in ${language}`).not.toBe('');
        expect(text).not.toMatch(/undefined|NaN|Invalid/);
      }
    }
    expect(describeFuzzyDate('2019', 'ar-SA').normalize('NFKD')).toMatch(/2019|٢٠١٩/);
  });

  test('is in English for other languages and for what is no language', () => {
    for (const language of ['tlh', 'it', '', 'x', 'not a tag', '\u0000', 'constructor', '__proto__'])
      expect(describeFuzzyDate('2019-08~', language)).toBe('about August 2019');
  });
});

describe('the instants of a date', () => {
  test.for([
    ['2022-05-17T23:48Z', '2022-05-17T23:48:00.000Z', '2022-05-17T23:49:00.000Z'],
    ['2022-05-17T23:48:46Z', '2022-05-17T23:48:46.000Z', '2022-05-17T23:48:47.000Z'],
    ['2022-05-17T01:00+03', '2022-05-16T22:00:00.000Z', '2022-05-16T22:01:00.000Z'],
    ['2022-05-17T01:00-03:30', '2022-05-17T04:30:00.000Z', '2022-05-17T04:31:00.000Z'],
  ] as const)('are those of the stated time of %s', ([edtf, start, end]) => {
    expect(timeSpanOf(edtf)).toEqual({ start: new Date(start), end: new Date(end) });
  });

  test('are none without a time or without an offset', () => {
    for (const edtf of ['2022', '2022-05-17', '2022-05-17T23:48', '2022/2023'])
      expect(timeSpanOf(edtf)).toBeUndefined();
  });
});
