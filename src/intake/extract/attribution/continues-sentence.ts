import type { Item } from '../text/items.js';
import type { Lexicon } from './lexicon.js';

/** The most words of a speaker between a quotation and its verb. */
const MAX_SPEAKER = 8;

/** Returns whether the words behind a quotation belong to its sentence: `“Why?” the minister asked.` */
export const continuesSentence =
  (lexicon: Lexicon | undefined) =>
  (items: readonly Item[], at: number): boolean => {
    if (!lexicon) return false;
    for (let index = at; index < Math.min(items.length, at + MAX_SPEAKER); index += 1) {
      const item = items[index];
      if (!item || item.type === 'QUOTATION') return false;
      if (item.type === 'SIGN' && !',’()'.includes(item.text)) return false;
      const verb = lexicon.verbs.get(item.lower);
      if (verb?.takes.has('SAY') && !verb.isBase) return endsHere(items, index + 1, items[at - 1], lexicon);
    }
    return false;
  };

function endsHere(
  items: readonly Item[],
  at: number,
  quotation: Item | undefined,
  lexicon: Lexicon,
): boolean {
  const next = items[at];
  if (!next) return true;
  const isQuestion = /[?!…]\W*$/.test(quotation?.text ?? '');
  if (next.type !== 'SIGN') return isQuestion && lexicon.circumstances.has(next.lower);
  return next.text === '.' || (isQuestion && next.text === ',');
}
