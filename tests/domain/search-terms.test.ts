import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyse } from '../../src/domain/search/analyse.js';
import { findMarks } from '../../src/domain/search/marks.js';
import { parseSearchTexts } from '../../src/domain/search/text.js';
import { queriesIn } from '../../src/domain/search/units.js';
import { vectorOf } from '../../src/domain/search/vector.js';
import { stemsIn, stemsInAnyLanguage } from '../../src/domain/search/words/stem.js';

const termsOf = (text: string) => analyse(text).terms.map((term) => term.text);

/** Words and signs of texts in which forms of writing can vary. */
const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'Hwasong-15',
        'Zürich',
        'всё',
        'Nicolás',
        '5,500 km',
        'cease-fire',
        '朝鲜',
        'ﬁle',
        'U.S.',
        'X-101/X-555',
      ),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(' '));

test('a text has the same terms in every normal form, and with invisible characters within its words', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const terms = termsOf(text.normalize('NFC'));
      expect(termsOf(text.normalize('NFD'))).toEqual(terms);
      const hyphenated = text.normalize('NFC').replaceAll(/(?<=[a-zа-я])(?=[a-zа-я])/gu, '\u00ad');
      expect(termsOf(hyphenated)).toEqual(terms);
    }),
    { numRuns: 300 },
  );
});

test('folded words have the terms of the words as written', () => {
  const words = fc.constantFrom(
    'zurich',
    'nicolas',
    'пуск',
    'warhead',
    'tu-95',
    '5500',
    'strasse',
    'lodz',
    'все',
  );
  const written: Readonly<Record<string, string>> = {
    ...{
      zurich: 'ZÜRICH',
      nicolas: 'Nicolás',
      'tu-95': 'Ｔｕ‑95',
      5500: '5,500',
      strasse: 'Straße',
      lodz: 'Łódź',
      все: 'Всё',
    },
  };
  fc.assert(
    fc.property(fc.array(words, { maxLength: 5 }), (some) => {
      const asWritten = termsOf(some.map((word) => written[word] ?? word).join(' '));
      expect(asWritten).toEqual(expect.arrayContaining(termsOf(some.join(' '))));
    }),
  );
});

test.for<[string, string]>([
  ['designations without end', 'a1'.repeat(30_000)],
  ['hyphens without end', 'a-'.repeat(30_000)],
  ['digits and points', '1.'.repeat(30_000)],
  ['one word', 'Ⱥ'.repeat(60_000)],
  ['long words with a hyphen', `${'Ⱥ'.repeat(700)}-${'Ⱥ'.repeat(700)}`],
  [
    'distinct characters',
    Array.from({ length: 20_000 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join(''),
  ],
  [
    'ids',
    Array.from({ length: 1_600 }, (_, at) => `${(at * 7_919).toString(16)}-${at}-4f5a-9b8c-${at * 31}`).join(
      ' ',
    ),
  ],
])('fits a search vector: %s', ([, text]) => {
  const vector = vectorOf([{ text, weight: 'C' }]);
  expect(vector.length).toBeLessThan(2_000_000);
  const terms = [...vector.matchAll(/'([^']*)'/g)].map(([, term = '']) => Buffer.byteLength(term));
  expect(Math.max(...terms)).toBeLessThan(2_046);
  // A phrase that nearly matches everywhere ends too.
  const phrase = `"${text.slice(0, 500)} missing"`;
  const patterns = parseSearchTexts([phrase])
    .flatMap(queriesIn)
    .flat()
    .flatMap((unit) => unit.patterns);
  expect(findMarks(text, patterns, {})).toEqual([]);
});

test('a word after a number is a magnitude only if it is an abbreviation of one', () => {
  expect(termsOf('5 bn')).toContain('billion');
  expect(vectorOf([{ text: '1 constructor', weight: 'A', language: 'en' }])).toBe("'1':1A 'constructor':2A");
});

test('the terms of a text do not depend on the texts before it', () => {
  const words = (from: number) =>
    Array.from({ length: 3_000 }, (_, index) => `l’été${'aeiou'.charAt(index % 5)}${from + index}x`).join(
      ' ',
    );
  const before = [0, 3_000, 6_000].map((from) => analyse(words(from), { language: 'fr' }));
  for (let from = 9_000; from < 60_000; from += 3_000) analyse(words(from), { language: 'fr' });
  expect([0, 3_000, 6_000].map((from) => analyse(words(from), { language: 'fr' }))).toEqual(before);
});

test('words of all letters have stems in every language', () => {
  const alphabets = [
    'abcdefijnorstuéñöçßıłș',
    'абвгеийкнорстуцзсщъьєії',
    'ابتةينوالكمه',
    'αεηικλνοςστωά',
    'काीोंेमनर',
    'աեիկնոսրւ',
  ];
  const words = fc
    .constantFrom(...alphabets)
    .chain((letters) => fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 10 }));
  const languages = fc.constantFrom(
    'ar',
    'bg',
    'de',
    'el',
    'en',
    'es',
    'fi',
    'fr',
    'hi',
    'hu',
    'hy',
    'ru',
    'sr',
    'tr',
    'uk',
  );
  fc.assert(
    fc.property(words, languages, (word, language) => {
      for (const stem of [...stemsIn(language, word), ...stemsInAnyLanguage(word)])
        expect(stem).toMatch(/^[^\s]*$/u);
    }),
    { numRuns: 2_000 },
  );
  for (const word of ['запрещен', 'отсеки', 'ракети', 'войници', 'влъхви', 'връзи', 'успехи', 'бедствен']) {
    expect(stemsInAnyLanguage(word)).not.toEqual([]);
  }
});
