import type { Item } from '../text/items.js';
import type { Lexicon } from './lexicon.js';

/** A range of the items of a sentence: `to` is behind the last one. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export const isSign = (item: Item | undefined, signs: string): boolean =>
  item !== undefined && item.type === 'SIGN' && signs.includes(item.text);

export const DASHES = '—–-';

/** Whether the sentence has nothing behind `at` but signs. */
export function isEnd(items: readonly Item[], at: number): boolean {
  for (let index = at; index < items.length; index += 1) if (items[index]?.type !== 'SIGN') return false;
  return true;
}

/** The most words that a subject is followed back over. */
const MAX_SUBJECT = 14;
/** The most words between the two commas of an apposition: `Ms. Hall, the director of the office, said`. */
const MAX_APPOSITION = 30;

export interface Subject extends Range {
  readonly kind: 'PHRASE' | 'RELATIVE' | 'SHARED';
}

/** Finds the subject before a verb. A subject that is `SHARED` is the one of the verb before `and`. */
export function subjectBefore(items: readonly Item[], verb: number, lexicon: Lexicon): Subject | undefined {
  let at = verb - 1;
  while (at >= 0 && isFiller(items[at], lexicon)) at -= 1;
  const last = items[at];
  if (!last) return undefined;
  if (last.type === 'WORD' && COORDINATIONS.has(last.lower)) return { kind: 'SHARED', from: at, to: at };
  if (lexicon.relatives.has(last.lower)) return { kind: 'RELATIVE', from: at, to: at + 1 };
  if (isSign(last, ',') || isSign(last, `)${DASHES}`)) return subjectBeforeApposition(items, at, lexicon);
  if (last.type !== 'WORD' && last.type !== 'NUMBER') return undefined;
  return phraseEndingAt(items, at, lexicon);
}

const COORDINATIONS = new Set(['and', 'but', 'or', 'и', 'но', 'а']);

function isFiller(item: Item | undefined, lexicon: Lexicon): boolean {
  if (item?.type !== 'WORD') return false;
  return (
    lexicon.fillers.has(item.lower) ||
    lexicon.negations.has(item.lower) ||
    (item.lower.endsWith('ly') && !item.isCapitalised && item.lower.length > 4)
  );
}

function phraseEndingAt(items: readonly Item[], last: number, lexicon: Lexicon): Subject | undefined {
  let from = last;
  while (from > 0 && last - from < MAX_SUBJECT && !isBoundary(items[from - 1], lexicon)) from -= 1;
  // A pronoun in the nominative stands alone.
  for (let at = last; at >= from; at -= 1) {
    if (SUBJECT_PRONOUNS.has(items[at]?.lower ?? '')) return { kind: 'PHRASE', from: at, to: last + 1 };
  }
  return { kind: 'PHRASE', from, to: last + 1 };
}

const SUBJECT_PRONOUNS = new Set(['he', 'she', 'they', 'i', 'we', 'он', 'она', 'они', 'я', 'мы']);

const isBoundary = (item: Item | undefined, lexicon: Lexicon): boolean =>
  item === undefined ||
  item.type === 'QUOTATION' ||
  (item.type === 'SIGN' && !"&/().'’#$".includes(item.text)) ||
  lexicon.boundaries.has(item.lower);

function subjectBeforeApposition(
  items: readonly Item[],
  close: number,
  lexicon: Lexicon,
): Subject | undefined {
  const closing = items[close]?.text ?? '';
  const opening = closing === ')' ? '(' : closing;
  for (let at = close - 1; at > 0 && close - at <= MAX_APPOSITION; at -= 1) {
    const item = items[at];
    if (!item || item.type === 'QUOTATION') return undefined;
    if (!isSign(item, opening)) continue;
    const before = items[at - 1];
    // `Sen. Rob Hall (R-Ohio), another incumbent, said`
    if (isSign(before, ')')) {
      const named = subjectBeforeApposition(items, at - 1, lexicon);
      return named && { ...named, to: close };
    }
    // `Sen. Rob Hall, R-Ohio., in a speech, said`
    if (isSign(before, '.')) continue;
    if (before?.type !== 'WORD' && before?.type !== 'NUMBER') return undefined;
    const phrase = phraseEndingAt(items, at - 1, lexicon);
    return phrase && { ...phrase, to: close };
  }
  return undefined;
}

/** Finds the subject behind a verb: `said John Smith, the director`. */
export function subjectAfter(items: readonly Item[], verb: number, lexicon: Lexicon): Range | undefined {
  const first = items[verb + 1];
  if (!first || first.type === 'QUOTATION' || first.type === 'SIGN') return undefined;
  if (lexicon.conjunctions.has(first.lower) || lexicon.circumstances.has(first.lower)) return undefined;
  let to = verb + 1;
  for (; to < items.length; to += 1) {
    const item = items[to];
    if (!item || item.type === 'QUOTATION') break;
    if (item.type === 'SIGN' && !"&/().'’#$".includes(item.text)) break;
    if (isSign(item, '.') && to === items.length - 1) break;
    if (to > verb + 1 && SUBJECT_ENDS.has(item.lower)) break;
  }
  return to > verb + 1 ? { from: verb + 1, to } : undefined;
}

const SUBJECT_ENDS = new Set(
  'in on at during who when as while after before during through monday tuesday wednesday thursday friday saturday sunday referring whose that which adding в во на после перед'.split(
    ' ',
  ),
);
