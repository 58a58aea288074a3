import type { SearchUnit } from './text.js';
import { STOP_WORDS } from './words/stop-words.js';

/** Short words before numbers that are no designations. */
const NO_HEADS = new Set(
  'ad bc bce ce cm co dc eu ft g gb gw iaea jan feb mar apr jun jul aug sep sept oct nov dec kg kgs kt kw km lb lbs mph mt mm mw nato nm nmi no nos nr nrs pm pp prc rok rsd sq st th top two un uk uae us usa usd day days may page para vol year age aged all last next past ten'.split(
    ' ',
  ),
);

/**
 * Reads a short word and a number of at most three digits as one designation: `KN 11`, which is not what mentions KN-25
 * and 11 May. Of longer words, such as `Hwasong 15`, both are searched for anywhere.
 */
export function designations(units: readonly SearchUnit[]): SearchUnit[] {
  const joined: SearchUnit[] = [];
  for (const [index, given] of units.entries()) {
    const unit = { ...given, words: given.words.replaceAll(NUMBERED_ONE, '$1-1') };
    const before = joined.at(-1);
    if (before && unit.words === 'I' && isNumberedOne(before, unit, index === units.length - 1)) {
      joined[joined.length - 1] = { ...before, words: `${before.words}-1` };
      continue;
    }
    const isNumber = !unit.isPhrase && /^\d{1,3}\p{L}{0,3}$/u.test(unit.words);
    if (
      before &&
      isNumber &&
      !unit.isExcluded &&
      !before.isExcluded &&
      !before.isPhrase &&
      !before.isPrefix &&
      isHead(before.words)
    ) {
      joined[joined.length - 1] = {
        ...before,
        words: `${before.words}-${unit.words}`,
        isPrefix: unit.isPrefix,
      };
    } else joined.push(unit);
  }
  return joined;
}

/** A name with the Roman number one, in one unit: `SALT-I`, or in quotes `"SALT I"`. */
const NUMBERED_ONE = /(?<![\p{L}\p{N}-])(\p{Lu}{2,}(?=[- ])|\p{Lu}\p{L}+(?=-))[- ]I(?![\p{L}\p{N}'’.-])/gu;

/** Whether `I` is the Roman number one after a name: `SALT I talks`, or at the end `Agni I`. Elsewhere it is a pronoun. */
function isNumberedOne(before: SearchUnit, one: SearchUnit, isLast: boolean): boolean {
  if ([before, one].some(({ isPhrase, isPrefix, isExcluded }) => isPhrase || isPrefix || isExcluded))
    return false;
  if (STOP_WORDS.has(before.words.toLowerCase())) return false;
  return isLast ? /^\p{Lu}\p{L}+$/u.test(before.words) : /^\p{Lu}{2,}$/u.test(before.words);
}

function isHead(word: string): boolean {
  const small = word.toLowerCase();
  if (!/^\p{L}+$/u.test(word) || NO_HEADS.has(small) || (STOP_WORDS.has(small) && small.length > 1))
    return false;
  // `kn 11`, `tu 95`, and in capitals `ATACMS 2`.
  return word.length <= 2 || (word.length <= 4 && (word === word.toUpperCase() || !/[aeiouy]/i.test(word)));
}
