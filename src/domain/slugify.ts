import { createHash } from 'node:crypto';
import anyAscii from 'any-ascii';

/** French and Italian elisions: `d’Ivoire` is two words, `P’yongyang` one. */
const ELISION = /(?<!\p{L})([cdjlmnst]|qu)['’ʼ](?=\p{L})/giu;

/** Umlauts as German writes them without dots. */
const UMLAUTS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue' };

/** What apostrophes and signs of softness become; they part no words. */
const APOSTROPHES = /['`"]/g;
/** Chinese characters and Korean syllables: each is a word of its own in Latin letters. */
const SYLLABLES = /[\p{Script=Han}\p{Script=Hangul}]/gu;

/** Letters of Arabic and Hebrew that carry a vowel, and that the library leaves out. */
const CARRIERS: Readonly<Record<string, string>> = {
  ا: 'a',
  أ: 'a',
  إ: 'i',
  ٱ: 'a',
  ء: 'a',
  ع: 'a',
  א: 'a',
  ע: 'a',
};
const CARRIER = new RegExp(`[${Object.keys(CARRIERS).join('')}]`, 'g');

/**
 * Writes a text in lower-case Latin letters and digits, with hyphens between words: `Ðào` becomes `dao`, `9M729` `9m729`,
 * `王小明` `wang-xiao-ming`. Arabic and Hebrew get the vowels that are written. Empty if the text has no
 * letters or digits.
 */
export function slugify(text: string): string {
  const apart = text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(ELISION, '$1 ')
    .replaceAll(/[äöüÄÖÜ]/g, (letter) => UMLAUTS[letter] ?? letter)
    .replaceAll(SYLLABLES, ' $& ')
    .replaceAll(CARRIER, (letter) => CARRIERS[letter] ?? letter)
    .replaceAll('&', ' and ');
  return anyAscii(apart)
    .replaceAll(APOSTROPHES, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

/** A slug made from a text. */
export interface MadeSlug {
  readonly slug: string;
  /** False if the text has no letter or digit, so that the slug says nothing about it. */
  readonly isReadable: boolean;
}

/**
 * Makes a slug of whole words, at most 80 characters. A text without letters and digits gets `kind` and a number that is
 * always the same for the text.
 */
export function makeSlug(text: string, kind: string): MadeSlug {
  const slug = slugify(text);
  if (slug === '') {
    const number = createHash('sha256').update(text.toWellFormed()).digest('hex').slice(0, 8);
    return { slug: `${slugify(kind)}-${number}`, isReadable: false };
  }
  const cut = slug.length <= 80 ? slug : slug.slice(0, slug.lastIndexOf('-', 80));
  return { slug: cut.slice(0, 80), isReadable: true };
}
