import type { Item } from '../../text/items.js';
import { isSign } from '../clause.js';
import type { Lexicon } from '../lexicon.js';

/** The most words of a listener or circumstance between a verb and its clause. */
export const MAX_BETWEEN = 14;

/** Whether words such as `on Tuesday`, `in a speech` or `this week` begin here. */
export function isCircumstance(items: readonly Item[], at: number, lexicon: Lexicon): boolean {
  const word = items[at]?.lower ?? '';
  if (word === 'this' || word === 'last' || word === 'next') return TIMES.has(items[at + 1]?.lower ?? '');
  return lexicon.circumstances.has(word);
}

const TIMES = new Set(
  'week month year morning afternoon evening summer spring fall winter day night time weekend monday tuesday wednesday thursday friday saturday sunday'.split(
    ' ',
  ),
);

/** Finds `that`, a colon or a quotation within the next words. */
export function findAhead(items: readonly Item[], from: number, lexicon: Lexicon): number | undefined {
  for (let at = from; at < Math.min(items.length, from + MAX_BETWEEN); at += 1) {
    const item = items[at];
    if (!item) return undefined;
    if (item.type === 'QUOTATION') return isSign(items[at - 1], ',:') ? at : undefined;
    if (item.lower === 'that' || item.lower === 'что' || item.lower === 'whether') return at;
    if (isSign(item, ':')) return at + 1;
    if (at > from && lexicon.verbs.get(item.lower)?.takes.has('SAY') && !NOMINAL.has(item.lower))
      return undefined;
  }
  return undefined;
}

const NOMINAL = new Set([
  'statement',
  'state',
  'report',
  'post',
  'email',
  'text',
  'question',
  'comment',
  'answer',
  'call',
  'tweet',
  'states',
  'reports',
]);

/** `said Tuesday she would …`: the clause behind a day. */
export function afterCircumstance(
  items: readonly Item[],
  from: number,
  lexicon: Lexicon,
): number | undefined {
  for (let at = from; at < Math.min(items.length, from + MAX_BETWEEN); at += 1) {
    const item = items[at];
    if (!item) return undefined;
    if (at > from && SUBJECTS.has(item.lower)) return at;
    if (isSign(item, ',')) return undefined;
    if (
      DAYS.has(items[at]?.lower ?? '') &&
      items[at + 1] &&
      !lexicon.circumstances.has(items[at + 1]?.lower ?? '') &&
      items[at + 1]?.type !== 'SIGN'
    )
      return at + 1;
  }
  return undefined;
}

const SUBJECTS = new Set('he she they it there we i his her their'.split(' '));
const DAYS = new Set('monday tuesday wednesday thursday friday saturday sunday yesterday today'.split(' '));

/** The place where the clause begins behind a listener: `told reporters that`, `told CNN he`. */
export function afterListener(items: readonly Item[], from: number, lexicon: Lexicon): number | undefined {
  for (let at = from; at < Math.min(items.length, from + MAX_BETWEEN); at += 1) {
    const item = items[at];
    if (!item) return undefined;
    if (item.type === 'QUOTATION') return at > from ? at : undefined;
    if (isSign(item, ':')) return at + 1;
    if (isSign(item, ',')) {
      if (items[at + 1]?.type === 'QUOTATION') return at + 1;
      continue;
    }
    if (
      at > from &&
      (lexicon.conjunctions.has(item.lower) ||
        SUBJECTS.has(item.lower) ||
        item.lower === 'to' ||
        item.lower === 'about')
    ) {
      if (LISTENER_RELATIVES.has(item.lower)) continue;
      return at;
    }
  }
  return undefined;
}

const LISTENER_RELATIVES = new Set(['who', 'which', 'when', 'where', 'his', 'her', 'their']);
