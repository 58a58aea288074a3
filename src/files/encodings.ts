/** Bytes that are not UTF-8, and what they may be. */
export interface ForeignText {
  /** The encodings in which the bytes are words, the likeliest first. None without evidence. */
  readonly encodings: readonly string[];
  /** The bytes decoded by the first of them, otherwise as UTF-8 with replacement characters. */
  readonly text: string;
}

/** How a word is written: in small letters, with a capital at its beginning, or in capitals. */
const CASES = /^(?:\p{Lu}?[\p{Ll}\p{M}]+|\p{Lu}+)$/u;

const CYRILLIC = /^[\u0400-\u045f\u0490\u0491]+$/u;
const VOWEL = /[аеёиоуыэюяіїєѐѝ]/iu;

/** Letters of western, and of central European languages. */
const WESTERN = /^[A-Za-zÀÁÂÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØŒÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøœùúûüýÿ]+$/u;
const CENTRAL =
  /^[A-Za-zÁÂĂÄĆÇČĎĐÉĘËĚÍÎĹĽŁŃŇÓÔŐÖŔŘŚŞŠŤŢÚŮŰÜÝŹŻŽßáâăäąćçčďđéęëěíîĺľłńňóôőöŕřśşšťţúůűüýźżž]+$/u;

/** Signs of running text that no letter stands beside by mistake. */
const PUNCTUATION = /[\u00a0«»—–‘’‚“”„…№°€§\u00ad]/gu;

type Fits = (word: string) => boolean;

const isCyrillicWord: Fits = (word) =>
  CYRILLIC.test(word) && CASES.test(word) && (word.length < 4 || VOWEL.test(word));

/** Most of its letters are ASCII, as in languages with accents. */
const isLatinWord =
  (letters: RegExp): Fits =>
  (word) =>
    letters.test(word) && CASES.test(word) && word.replaceAll(/[A-Za-z]/g, '').length * 2 <= word.length;

const CANDIDATES: readonly (readonly [encoding: string, fits: Fits, leastLetters: number])[] = [
  ['windows-1251', isCyrillicWord, 4],
  ['koi8-r', isCyrillicWord, 4],
  ['ibm866', isCyrillicWord, 4],
  ['windows-1252', isLatinWord(WESTERN), 1],
  ['windows-1250', isLatinWord(CENTRAL), 1],
];

/** Reads bytes that are not UTF-8. An encoding is named only if the bytes are words in it, and nothing else. */
export function readForeign(bytes: Buffer): ForeignText {
  const fitting = CANDIDATES.flatMap(([encoding, fits, least]) => {
    const text = new TextDecoder(encoding).decode(bytes).trimEnd();
    return isText(text, fits, least) ? [{ encoding, text }] : [];
  });
  const [first] = fitting;
  if (!first) return { encodings: [], text: bytes.toString('utf8').trimEnd() };
  // Encodings that give the same text are one candidate.
  const others = fitting.filter(({ text }) => text !== first.text);
  return { encodings: [first, ...others].map(({ encoding }) => encoding), text: first.text };
}

/** Returns whether every word with other letters than ASCII fits, and one of them is long enough to tell. */
function isText(text: string, fits: Fits, least: number): boolean {
  const plain = text.replaceAll(PUNCTUATION, ' ');
  const words = plain.match(/[\p{L}\p{M}]+/gu) ?? [];
  const others = words.filter((word) => /\P{ASCII}/u.test(word));
  const strange = plain.replaceAll(/[\p{L}\p{M}]/gu, '');
  return (
    !/\P{ASCII}/u.test(strange) &&
    others.every(fits) &&
    others.some((word) => word.length >= Math.max(least, 2))
  );
}
