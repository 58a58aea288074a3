import { type Item, itemsOf } from '../../text/items.js';
import type { Quotation } from '../../text/quotations.js';
import type { Attribution } from '../attribution.js';
import { DASHES, isSign } from '../clause.js';
import type { Lexicon } from '../lexicon.js';

/** Reads a quotation whose marks enclose the words about its speaker, as Russian sets it: `«Да, — сказал министр, — это так»`. */
export function readTagInside(
  text: string,
  quotation: Quotation,
  sentence: number,
  lexicon: Lexicon,
): Attribution | undefined {
  const items = itemsOf(text, quotation.inner, []);
  for (let open = 1; open < items.length - 2; open += 1) {
    const verb = items[open + 1];
    if (!isSign(items[open], DASHES) || !verb || !lexicon.verbs.get(verb.lower)?.takes.has('SAY')) continue;
    const close = items.findIndex((item, at) => at > open + 1 && isSign(item, DASHES));
    const behind = close === -1 ? items.length : close;
    const [before, source, sourceEnd] = [lastWord(items, open), items[open + 2], lastWord(items, behind)];
    if (!before || !source || !sourceEnd || sourceEnd.start < source.start) continue;
    const rest = items[close + 1];
    const parts = [{ start: quotation.start, end: before.end }];
    if (close !== -1 && rest) parts.push({ start: rest.start, end: quotation.end });
    return {
      parts,
      cue: { start: verb.start, end: verb.end },
      source: { start: source.start, end: sourceEnd.end },
      rule: 'tag-inside-marks',
      grade: 'A',
      isDenial: false,
      isStance: false,
      sentence,
    };
  }
  return undefined;
}

/** The last item before `at` that is no comma, point or dash. */
const lastWord = (items: readonly Item[], at: number) =>
  items.slice(0, at).findLast((item) => item.type !== 'SIGN' || '?!)»”'.includes(item.text));
