import { slugify } from '../../slugify.js';
import { foldName } from './keys.js';
import { acronymsOf } from './similar-keys.js';
import { initialOf, type SoundedWord, soundsOf } from './sound.js';

/** A way in which two names are alike. */
export type NameReason =
  | 'SAME_NAME'
  | 'TRANSLITERATION'
  | 'WORD_ORDER'
  | 'INITIALS'
  | 'SPELLING'
  | 'MORE_WORDS'
  | 'ACRONYM';

/** How two names are alike. */
export interface Likeness {
  readonly reason: NameReason;
  /** From 0 to 1. */
  readonly score: number;
  /** The reason in words, after "It may be …: ". */
  readonly text: string;
}

/** A match of two words that is at least as good leaves no doubt about them. */
const SURE = 0.8;

/**
 * Returns how two names are alike; undefined if they are not. Numbers, and the words of a name that is no person's and has
 * few letters, must be the same: `R-36` is not `R-37`, and `START I` is not `START II`.
 */
export function likenessOf(one: string, other: string, isPerson: boolean): Likeness | undefined {
  if (foldName(one) === foldName(other)) return { reason: 'SAME_NAME', score: 1, text: 'the same name' };
  const [a, b] = [soundsOf(one), soundsOf(other)];
  if (a.length === 0 || b.length === 0) return undefined;
  const [slug, otherSlug] = [slugify(one), slugify(other)];
  if (slug === otherSlug) return inLatin(0.95);
  if (sorted(a, 'word') === sorted(b, 'word')) return inOrder(0.93);
  if (Math.max(a.length, b.length) > 1 && slug.replaceAll('-', '') === otherSlug.replaceAll('-', '')) {
    return inLatin(0.9);
  }
  return a.length === b.length ? compareWords(a, b, isPerson) : compareLengths(a, b, isPerson);
}

/** Single words with fewer letters must sound the same. */
const LONG = 6;

const shortest = (a: readonly SoundedWord[], b: readonly SoundedWord[]) =>
  Math.min(...[...a, ...b].map(({ sound }) => sound.length));

const inLatin = (score: number): Likeness => ({
  reason: 'TRANSLITERATION',
  score,
  text: 'the same in Latin letters',
});
const SOUNDS = { reason: 'TRANSLITERATION', text: 'another spelling of the same sounds' } as const;
const inOrder = (score: number): Likeness => ({
  reason: 'WORD_ORDER',
  score,
  text: 'the same words in another order',
});

const sorted = (words: readonly SoundedWord[], by: 'word' | 'sound') =>
  words
    .map((word) => word[by])
    .sort()
    .join(' ');

function compareWords(
  a: readonly SoundedWord[],
  b: readonly SoundedWord[],
  isPerson: boolean,
): Likeness | undefined {
  const pairs = pairUp(a, b, isPerson);
  if (!pairs) return undefined;
  const worst = pairs.reduce((one, other) => (other.match.score < one.match.score ? other : one));
  const isReordered = pairs.some(({ at }, index) => at !== index);
  if (pairs.some(({ match }) => match.kind === 'initial')) {
    const isNamed = pairs.some(({ match }) => match.kind !== 'initial' && match.score >= SURE);
    return isNamed ? { reason: 'INITIALS', score: 0.7, text: 'the same with initials' } : undefined;
  }
  const letters = pairs.reduce((sum, { match }) => sum + match.letters, 0);
  // Nothing else confirms a single word: Niger is not Nigeria.
  if (!isPerson && a.length === 1 && letters > 0 && shortest(a, b) < LONG) return undefined;
  if (pairs.some(({ match }) => match.kind === 'typo')) {
    const text = letters === 1 ? 'one letter differs' : 'two letters differ';
    return letters <= 2 ? { reason: 'SPELLING', score: letters === 1 ? 0.75 : 0.65, text } : undefined;
  }
  if (sorted(a, 'sound') === sorted(b, 'sound'))
    return isReordered ? inOrder(0.88) : { ...SOUNDS, score: 0.9 };
  return { ...SOUNDS, score: 0.9 * worst.match.score };
}

/** Compares names of which one has more words: all words of the other, or its initials. */
function compareLengths(
  a: readonly SoundedWord[],
  b: readonly SoundedWord[],
  isPerson: boolean,
): Likeness | undefined {
  const [less, more] = a.length < b.length ? [a, b] : [b, a];
  const [only] = less;
  if (less.length === 1 && only && !isPerson) {
    const isAcronym = only.word.length >= 3 && acronymsOf(more).includes(only.word);
    return isAcronym
      ? { reason: 'ACRONYM', score: 0.6, text: 'one has the initials of the other' }
      : undefined;
  }
  if (less.length < 2) return undefined;
  const pairs = pairUp(less, more, isPerson);
  if (
    !pairs?.every(({ match }) => match.kind !== 'initial' && match.kind !== 'typo' && match.score >= SURE)
  ) {
    return undefined;
  }
  return {
    reason: 'MORE_WORDS',
    score: isPerson && less.length === more.length - 1 ? 0.7 : 0.55,
    text: 'one has all words of the other',
  };
}

interface WordMatch {
  readonly kind: 'same' | 'sound' | 'initial' | 'typo';
  readonly score: number;
  /** How many letters differ. */
  readonly letters: number;
}

/** Pairs each word with the other's word that is most like it; undefined if one has none. */
function pairUp(less: readonly SoundedWord[], more: readonly SoundedWord[], isPerson: boolean) {
  const open = new Set(more.keys());
  const pairs: { readonly match: WordMatch; readonly at: number }[] = [];
  for (const [index, word] of less.entries()) {
    let best: { match: WordMatch; at: number } | undefined;
    for (const at of open) {
      const match = matchWords(word, more[at] as SoundedWord, isPerson);
      if (!match) continue;
      const isBetter =
        !best || match.score > best.match.score || (match.score === best.match.score && at === index);
      if (isBetter) best = { match, at };
    }
    if (!best) return undefined;
    open.delete(best.at);
    pairs.push(best);
  }
  return pairs;
}

function matchWords(one: SoundedWord, other: SoundedWord, isPerson: boolean): WordMatch | undefined {
  if (one.word === other.word) return { kind: 'same', score: 1, letters: 0 };
  if (/\d/.test(one.word + other.word)) return undefined;
  const shorter = Math.min(one.word.length, other.word.length);
  if (shorter === 1) {
    return isPerson && initialOf(one) === initialOf(other)
      ? { kind: 'initial', score: 0.5, letters: 0 }
      : undefined;
  }
  if (!isPerson && shorter < 4) return undefined;
  // Names of women and men differ in it: Aleksandr and Aleksandra.
  if (isPerson && one.sound.endsWith('a') !== other.sound.endsWith('a')) return undefined;
  if (one.sound === other.sound) return { kind: 'sound', score: 0.97, letters: 0 };
  const letters = distance(one.sound, other.sound);
  const { length } = one.consonants;
  if (one.consonants === other.consonants && letters <= (length >= 3 ? 3 : 1)) {
    return { kind: 'sound', score: 1 - 0.06 * letters, letters };
  }
  const least = Math.min(one.sound.length, other.sound.length);
  const isTypo = letters <= 2 && least >= (letters === 1 ? 5 : 9) && one.sound[0] === other.sound[0];
  return isTypo ? { kind: 'typo', score: 0.7, letters } : undefined;
}

/** Counts the letters to insert, delete or replace, up to four: Levenshtein's distance. */
function distance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 3) return 4;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 1; at <= one.length; at += 1) {
    const next = [at];
    for (let index = 1; index <= other.length; index += 1) {
      const replaced = (row[index - 1] ?? 0) + (one[at - 1] === other[index - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[index] ?? 0) + 1, (next[index - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
