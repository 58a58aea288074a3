import { BadArgumentError } from '../errors.js';
import { isStorable, shown } from '../input.js';

/** A word or a quoted phrase. */
export interface SearchUnit {
  /** The words without quotes and operators. */
  readonly words: string;
  /** Whether it is in quotes. */
  readonly isPhrase: boolean;
  /** Whether the last word is a prefix: `missil*`. */
  readonly isPrefix: boolean;
  /** Whether it is excluded: `-missile`. */
  readonly isExcluded: boolean;
}

/** A search text: matches all units of at least one alternative. */
export interface SearchText {
  readonly text: string;
  readonly alternatives: readonly (readonly SearchUnit[])[];
}

const MAX_UNITS = 16;
const MAX_TEXT = 1_000;
/** Maximum number of words and phrases in one filter. */
const MAX_UNITS_IN_ALL = 100;

// The closing quote can be missing while a user types. Word processors produce other quotes.
const PART = /(-*)(?:["“”„«»]([^"“”„«»]*)["“”„«»]?(\*?)|([^\s"“”„«»]+))/gu;

/**
 * Parses the texts of a filter, in the syntax of search boxes: words, `"phrases"`, `or`, `-word`,
 * `NOT word` or `NOT-word`, and `word*`. Every text is valid syntax.
 *
 * @throws {BadArgumentError} For a text of more than 16 words and phrases or 1,000 characters, more than
 *   100 words and phrases in total, or NUL and lone surrogates.
 */
export function parseSearchTexts(texts: readonly string[]): SearchText[] {
  const parsed = [...new Set(texts)].map(parseSearchText);
  const units = parsed.reduce((count, { alternatives }) => count + alternatives.flat().length, 0);
  if (units > MAX_UNITS_IN_ALL) {
    throw new BadArgumentError(
      'filter.text',
      `Expected at most ${MAX_UNITS_IN_ALL} words and phrases in the texts of a filter; got ${units}.`,
    );
  }
  return parsed;
}

/** Counts the words and phrases of a text, and the prefixes among them. Counts at most {@link MAX_TEXT} characters. */
export function countUnits(text: string): { readonly units: number; readonly prefixes: number } {
  const units = alternativesIn(text.slice(0, MAX_TEXT)).flat();
  return { units: units.length, prefixes: units.filter(({ isPrefix }) => isPrefix).length };
}

function parseSearchText(text: string): SearchText {
  if (!isStorable(text)) throw refuse(shown(text));
  const alternatives = alternativesIn(text);
  const words = alternatives.flat().length;
  if (words > MAX_UNITS || text.length > MAX_TEXT) throw refuse(`${words} words, ${text.length} characters`);
  return { text, alternatives };
}

function alternativesIn(text: string): SearchUnit[][] {
  const alternatives: [SearchUnit[], ...SearchUnit[][]] = [[]];
  let isNegated = false;
  for (const [, minus = '', phrase, star = '', word = ''] of text
    .replaceAll(JOINED_NOT, 'NOT ')
    .matchAll(PART)) {
    const isOperator = phrase === undefined && minus === '';
    if (isOperator && word.toLowerCase() === 'or') {
      alternatives.unshift([]);
      isNegated = false;
    } else if (isOperator && (word === 'NOT' || word === 'AND')) {
      isNegated = word === 'NOT';
    } else if (HAS_WORD.test(phrase ?? word)) {
      const isExcluded = minus !== '' || isNegated;
      const isPrefix = phrase === undefined ? word.endsWith('*') : star !== '';
      alternatives[0].push(unitOf(phrase ?? word, { isPhrase: phrase !== undefined, isPrefix, isExcluded }));
      isNegated = false;
    }
  }
  return alternatives.reverse();
}

/** `NOT-rocket` and `NOT-"phrase"`, but not `NOT-FOR-PROFIT`, which is a compound in capitals. */
const JOINED_NOT = /(?<=^|\s)NOT-+(?!\p{Lu}+(?:-\p{Lu}+)+(?:\s|$))/gu;

/** Punctuation and symbols are no words. */
const HAS_WORD = /[\p{L}\p{N}]/u;

const refuse = (got: string) =>
  new BadArgumentError(
    'text',
    `Expected text of at most ${MAX_UNITS} words and ${MAX_TEXT} characters, without NUL and lone surrogates; got ${got}.`,
  );

// The index contains ids, and UUIDv7s begin with 0: such a prefix would match them.
const LIKE_AN_ID = /^0[0-9a-f]*$/i;

function unitOf(
  typed: string,
  { isPhrase, isPrefix, isExcluded }: Pick<SearchUnit, 'isPhrase' | 'isPrefix' | 'isExcluded'>,
): SearchUnit {
  const words = typed.replace(/\*+$/, '').replaceAll(/\s+/g, ' ').trim();
  // A one-letter prefix would match most words.
  const isUseful = words.length > 1 && !LIKE_AN_ID.test(words.split(' ').at(-1) ?? '');
  return { words, isPhrase, isPrefix: isPrefix && isUseful, isExcluded };
}
