import type { Item } from '../../text/items.js';
import type { CueVerb, Lexicon } from '../lexicon.js';

export const PROGRESSIVE = new Set(
  "is are was were be been being am he's she's they're we're i'm it's".split(' '),
);
const PARTICIPLE_STARTS = new Set('and while by in when but before after without'.split(' '));

/** The word before a verb, without adverbs. */
export function beforeAdverbs(items: readonly Item[], at: number): Item | undefined {
  let index = at - 1;
  while (index >= 0 && (/ly$/.test(items[index]?.lower ?? '') || ADVERBS.has(items[index]?.lower ?? '')))
    index -= 1;
  return items[index];
}

const ADVERBS = new Set('also not now still even then just already never'.split(' '));

/** Whether the word is a verb in this place, and not a noun, a name or a word that describes one. */
export function isVerbHere(items: readonly Item[], at: number, verb: CueVerb, lexicon: Lexicon): boolean {
  const word = items[at];
  const before = items[at - 1];
  if (!word) return false;
  if (word.isCapitalised && at > 0 && before?.type === 'WORD')
    return lexicon.plain.has(word.lower) && !verb.isParticiple && isHeadline(items);
  if (verb.isParticiple) {
    const last = beforeAdverbs(items, at);
    return last?.type !== 'WORD' || PARTICIPLE_STARTS.has(last.lower) || PROGRESSIVE.has(last.lower);
  }
  if (!before) return true;
  // `Some say`, `many believe`: before a verb that is no noun they stand for people.
  if (!verb.isNoun && QUANTITIES.has(before.lower) && (at === 1 || items[at - 2]?.type === 'SIGN'))
    return true;
  if (
    (verb.isNoun || verb.isBase) &&
    lexicon.determiners.has(before.lower) &&
    !lexicon.relatives.has(before.lower) &&
    !['and', 'or'].includes(before.lower)
  )
    return false;
  if (!verb.isNoun) return true;
  if (/['’]s?$/.test(before.lower)) return false;
  // `officials fear`, `Mr. Hall hopes`, `they claim`, `who claim`
  const isPlural = /s$/.test(before.lower);
  return (
    before.isCapitalised ||
    before.type === 'SIGN' ||
    before.type === 'QUOTATION' ||
    lexicon.pronouns.has(before.lower) ||
    lexicon.relatives.has(before.lower) ||
    lexicon.fillers.has(before.lower) ||
    COORDINATIONS.has(before.lower) ||
    isPlural !== /s$/.test(word.lower)
  );
}

/** `Hall Says Talks Will Go On`: all words of some length have capitals. */
const isHeadline = (items: readonly Item[]): boolean => {
  const words = items.filter(({ type, text }) => type === 'WORD' && text.length > 3);
  return words.length > 2 && words.every(({ isCapitalised }) => isCapitalised);
};

const QUANTITIES = new Set('some many most few several others both all'.split(' '));

const COORDINATIONS = new Set(['and', 'but', 'or', 'и', 'но', 'а']);
