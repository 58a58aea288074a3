import type { Item } from '../../text/items.js';
import { isSign } from '../clause.js';
import { contentEnd } from '../content.js';
import type { Lexicon } from '../lexicon.js';
import type { Found } from './found.js';

/** `According to the ministry, …` and `…, according to the ministry`. */
export function readAccordingTo(items: readonly Item[], at: number, lexicon: Lexicon): Found | undefined {
  const phrase = lexicon.accordingTo.find((words) =>
    words.every((word, index) => items[at + index]?.lower === word),
  );
  if (!phrase) return undefined;
  const from = at + phrase.length;
  // `per cent`, `per year`
  if (phrase.length === 1 && !items[from]?.isCapitalised) return undefined;
  let to = from;
  while (
    to < items.length &&
    items[to]?.type !== 'QUOTATION' &&
    !isSign(items[to], ',;:—–') &&
    !(isSign(items[to], '.') && to === items.length - 1)
  )
    to += 1;
  if (to === from) return undefined;
  const base = {
    cue: { from: at, to: from },
    source: { from, to },
    isShared: false,
    rule: 'according-to',
    rank: 0,
    isDenial: false,
    isStance: false,
  };
  const isFirst = at === 0 || (at <= 2 && isSign(items[at - 1], ','));
  if (isFirst) {
    const start = isSign(items[to], ',') ? to + 1 : to;
    const end = contentEnd(items, start, lexicon);
    return end > start ? { ...base, contents: [{ from: start, to: end }] } : undefined;
  }
  let end = at;
  while (end > 0 && isSign(items[end - 1], ',—–-')) end -= 1;
  return end > 0 ? { ...base, contents: [{ from: 0, to: end }] } : undefined;
}
