import { BadArgumentError } from '../errors.js';
import { isStorable, shown } from '../input.js';

/** A word or a quoted phrase that is searched for. */
export interface SearchUnit {
  /** As it was typed, without its quotes and signs. */
  readonly words: string;
  /** Whether the last word may go on: `missil*`. */
  readonly isPrefix: boolean;
  /** Whether it must not be there: `-missile`. */
  readonly isExcluded: boolean;
}

/** A text that is searched for: all units of at least one of the alternatives. */
export interface SearchText {
  readonly text: string;
  readonly alternatives: readonly (readonly SearchUnit[])[];
}

const MAX_UNITS = 16;
const MAX_TEXT = 1_000;
/** How many words and phrases the texts of one filter may have. */
const MAX_UNITS_IN_ALL = 100;

// A phrase may lack its end while it is typed. Phones and word processors make quotes of other shapes.
const PART = /(-*)(?:["“”„«»]([^"“”„«»]*)["“”„«»]?(\*?)|([^\s"“”„«»]+))/gu;

/**
 * Reads the texts of a filter as people type them into a search box: words, `"phrases"`, `or`, `-word`
 * and `word*`. There is no text that it does not understand.
 *
 * @throws {BadArgumentError} For a text of more than 16 words and phrases or 1,000 characters, for more
 *   than 100 words and phrases in all, for NUL and lone surrogates.
 */
export function parseSearchTexts(texts: readonly string[]): SearchText[] {
  const parsed = [...new Set(texts)].map(parseSearchText);
  const units = parsed.reduce((count, { alternatives }) => count + alternatives.flat().length, 0);
  if (units > MAX_UNITS_IN_ALL) {
    throw new BadArgumentError(
      `Expected texts of at most ${MAX_UNITS_IN_ALL} words and phrases in one filter; got ${units}.`,
    );
  }
  return parsed;
}

function parseSearchText(text: string): SearchText {
  if (!isStorable(text)) throw refuse(shown(text));
  const alternatives: [SearchUnit[], ...SearchUnit[][]] = [[]];
  for (const [, minus = '', phrase, star = '', word = ''] of text.matchAll(PART)) {
    if (phrase === undefined && minus === '' && word.toLowerCase() === 'or') alternatives.unshift([]);
    else
      alternatives[0].push(
        unitOf(phrase ?? word, phrase === undefined ? word.endsWith('*') : star !== '', minus !== ''),
      );
  }
  const words = alternatives.flat().length;
  if (words > MAX_UNITS || text.length > MAX_TEXT) throw refuse(`${words} words, ${text.length} characters`);
  return { text, alternatives: alternatives.reverse() };
}

const refuse = (got: string) =>
  new BadArgumentError(
    `Expected text of at most ${MAX_UNITS} words and ${MAX_TEXT} characters, without NUL and lone surrogates; got ${got}.`,
  );

/** PostgreSQL has no longer words than 2,046 bytes; a letter takes 3 at most, one of two surrogates 4. */
const LONGEST_WORD = 600;

// Ids stand in the index as well, and begin with 0 for some centuries (UUIDv7): no prefix of theirs is one.
const LIKE_AN_ID = /^0[0-9a-f]*$/i;

function unitOf(typed: string, hasStar: boolean, isExcluded: boolean): SearchUnit {
  const words = typed
    .replace(/\*+$/, '')
    .split(/\s+/)
    .map((word) => word.slice(0, LONGEST_WORD).toWellFormed())
    .join(' ')
    .trim();
  // One letter would be the beginning of most of the words that there are.
  const isPrefix = hasStar && words.length > 1 && !LIKE_AN_ID.test(words.split(' ').at(-1) ?? '');
  return { words, isPrefix, isExcluded };
}
