import type { Item } from '../../text/items.js';
import { isSign } from '../clause.js';
import type { Lexicon } from '../lexicon.js';
import type { Found } from './found.js';
import { MAX_BETWEEN } from './look-ahead.js';

/** `Asked on Monday whether he would stay, …`: a question that somebody else put to the speaker. */
export function readAsked(items: readonly Item[], at: number, lexicon: Lexicon): Found | undefined {
  if (items[at]?.lower !== 'asked') return undefined;
  const before = items[at - 1];
  const opens = !before || before.type === 'SIGN' || before.type === 'QUOTATION' || OPENERS.has(before.lower);
  if (!opens) return undefined;
  let from = at + 1;
  while (from < items.length && from - at < MAX_BETWEEN && !ASKS.has(items[from]?.lower ?? '')) {
    if (isSign(items[from], ',;:') || items[from]?.type === 'QUOTATION') return undefined;
    from += 1;
  }
  const isQuestion = lexicon.conjunctions.has(items[from]?.lower ?? '') || items[from]?.lower === 'about';
  if (!isQuestion) return undefined;
  let to = from;
  while (
    to < items.length &&
    !isSign(items[to], ',;—–') &&
    !(isSign(items[to], '.') && to === items.length - 1)
  )
    to += 1;
  if (to <= from + 1) return undefined;
  return {
    contents: [{ from: items[from]?.lower === 'about' ? from + 1 : from, to }],
    cue: { from: at, to: at + 1 },
    source: null,
    isShared: false,
    rule: 'asked-whether',
    rank: 2,
    isDenial: false,
    isStance: true,
  };
}

const OPENERS = new Set(['when', 'if', 'and', 'but', 'while', 'repeatedly']);
const ASKS = new Set(['whether', 'if', 'how', 'why', 'what', 'about', 'who', 'when', 'where', 'which']);
