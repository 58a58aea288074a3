/**
 * Returns a text for comparisons: without case, accents, vowel points, apostrophes and invisible characters, with
 * compatible forms (full width, ligatures), digits and look-alike letters unified.
 *
 * `fold('P’yŏngyang')` is `pyongyang`, `fold('Бодрум')` is `бодрум`, `fold('Łódź')` is `lodz`. Idempotent. Keeps white
 * space, hyphens and other punctuation, and the letters of each script: it transliterates nothing.
 */
export function fold(text: string): string {
  // Most words. `normalize` takes ten times as long.
  if (PLAIN.test(text)) return text;
  if (ASCII.test(text)) return text.toLowerCase().replaceAll(ASCII_APOSTROPHES, '');
  const decomposed = text
    .normalize('NFKC')
    .replaceAll(IGNORED, '')
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(MARKS, '')
    .replaceAll(IGNORED, '');
  return decomposed
    .normalize('NFC')
    .replaceAll(LETTERS, (letter) => LETTER[letter] ?? letter)
    .replaceAll(OTHER_DIGITS, digitOf)
    .replaceAll(DASHES, '-');
}

const PLAIN = /^[a-z0-9 .,-]*$/;
const ASCII = /^[\0-\x7f]*$/;
const ASCII_APOSTROPHES = /['`]/g;

/** Returns a pattern of characters by their code points: single ones, or the first and last of a range. */
const charactersOf = (ranges: readonly (readonly [first: number, last?: number])[]) =>
  new RegExp(
    `[${ranges.map(([first, last = first]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`).join('')}]`,
    'gu',
  );

/** Apostrophes and accents written beside letters, soft hyphens, the tatweel, and characters without a shape. */
const IGNORED = charactersOf([
  ...([[0x27], [0x60], [0xb4], [0x2b9, 0x2bf], [0x2c8], [0x2ca, 0x2cb]] as const),
  ...([[0x2018, 0x2019], [0x201b], [0x2032], [0x2035], [0x5f3, 0x5f4], [0xa78b, 0xa78c], [0xff07]] as const),
  ...([
    [0xad],
    [0x34f],
    [0x61c],
    [0x640],
    [0x70f],
    [0x115f, 0x1160],
    [0x17b4, 0x17b5],
    [0x180b, 0x180e],
  ] as const),
  ...([[0x200b, 0x200f], [0x202a, 0x202e], [0x2060, 0x206f], [0x3164], [0xfe00, 0xfe0f], [0xfeff]] as const),
]);

/** Accents of Latin, Greek and Cyrillic letters, Hebrew and Arabic points. The vowel signs of other scripts are letters. */
const MARKS = charactersOf([
  ...([
    [0x300, 0x36f],
    [0x483, 0x489],
    [0x1ab0, 0x1aff],
    [0x1dc0, 0x1dff],
    [0x20d0, 0x20ff],
    [0xfe20, 0xfe2f],
  ] as const),
  ...([[0x591, 0x5bd], [0x5bf], [0x5c1, 0x5c2], [0x5c4, 0x5c5], [0x5c7]] as const),
  ...([
    [0x610, 0x61a],
    [0x64b, 0x65f],
    [0x670],
    [0x6d6, 0x6dc],
    [0x6df, 0x6e4],
    [0x6e7, 0x6e8],
    [0x6ea, 0x6ed],
  ] as const),
]);

/** Letters that no decomposition leads to the letter that people type instead. */
const LETTER: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ŧ: 't',
  ŋ: 'n',
  ĸ: 'k',
  ə: 'a',
  ƶ: 'z',
  ς: 'σ',
  ґ: 'г',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ة: 'ه',
};
const LETTERS = new RegExp(`[${Object.keys(LETTER).join('')}]`, 'g');

const OTHER_DIGITS = /[^\P{Nd}0-9]/gu;
const DASHES = /[\u2010-\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d]/g;

/** Returns the ASCII digit for a decimal digit of any script: their values are runs of ten, in order. */
function digitOf(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && DIGIT.test(String.fromCodePoint(zero - 1))) zero -= 1;
  // Runs can touch only in mathematical digits, which NFKC has replaced.
  return String(code - zero);
}

const DIGIT = /\p{Nd}/u;
