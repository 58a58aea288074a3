import type { Span } from '../types.js';
import { type Item, itemsOf } from './items.js';
import { paragraphsOf } from './paragraphs.js';
import { type Quotation, quotationsOf } from './quotations.js';

/** A sentence as the author wrote it: quotations within it are whole items, however many sentences they have. */
export interface Sentence extends Span {
  readonly items: readonly Item[];
  /** The number of its paragraph, from 0. */
  readonly paragraph: number;
}

export interface ReadText {
  readonly text: string;
  readonly paragraphs: readonly Span[];
  readonly quotations: readonly Quotation[];
  readonly sentences: readonly Sentence[];
}

/** @param continuesWith Whether words after a quotation that ends with `?`, `!` or `.` belong to its sentence: `“Why?” she asked.` */
export function readText(
  text: string,
  continuesWith: (items: readonly Item[], at: number) => boolean,
): ReadText {
  const paragraphs = paragraphsOf(text);
  const quotations = quotationsOf(text, paragraphs);
  const sentences: Sentence[] = [];
  let nextQuotation = 0;
  for (const [paragraph, span] of paragraphs.entries()) {
    const first = nextQuotation;
    while (nextQuotation < quotations.length && (quotations[nextQuotation] as Quotation).start < span.end)
      nextQuotation += 1;
    const items = itemsOf(text, span, quotations.slice(first, nextQuotation));
    let from = 0;
    for (let at = 0; at < items.length; at += 1) {
      if (at + 1 < items.length && !endsSentence(items, at, continuesWith)) continue;
      const own = items.slice(from, at + 1);
      const [head, last] = [own[0], own.at(-1)];
      if (head && last) sentences.push({ start: head.start, end: last.end, items: own, paragraph });
      from = at + 1;
    }
  }
  return { text, paragraphs, quotations, sentences };
}

const ABBREVIATIONS = new Set(
  'mr mrs ms dr prof gen gov sen rep sgt lt col maj capt cmdr adm rev hon st jr sr vs no inc corp ltd co dept est jan feb mar apr jun jul aug sept sep oct nov dec fig al etc calif fla pa mass conn wash ariz ala ga ill ind mich minn miss mo neb nev okla ore tenn tex va wis т д г гг р руб им ул стр см тыс млн млрд ст п др проф акад ген кв'.split(
    ' ',
  ),
);

function endsSentence(
  items: readonly Item[],
  at: number,
  continuesWith: (items: readonly Item[], at: number) => boolean,
): boolean {
  const [item, before, next] = [items[at], items[at - 1], items[at + 1]];
  if (!item || !next) return true;
  if (item.type === 'QUOTATION') {
    const ending = lastSign(item);
    if (!'.!?…'.includes(ending)) return false;
    if (next.type === 'QUOTATION') return true;
    if (!next.isCapitalised) return false;
    return !continuesWith(items, at + 1);
  }
  if (item.type !== 'SIGN' || !'.!?…'.includes(item.text)) return false;
  if (next.type === 'SIGN' && '.!?…)],;:'.includes(next.text)) return false;
  if (next.type === 'WORD' && !next.isCapitalised && item.text !== '!' && item.text !== '?') return false;
  if (next.type === 'WORD' && !next.isCapitalised) return false;
  if (item.text === '.' && before?.type === 'WORD' && before.end === item.start) {
    if (ABBREVIATIONS.has(before.lower) && next.type !== 'QUOTATION') return false;
    if (/^\p{Lu}$/u.test(before.text)) return false;
  }
  return true;
}

function lastSign({ quotation, text, start }: Item): string {
  if (!quotation) return '';
  return text
    .slice(0, quotation.inner.end - start)
    .trimEnd()
    .replace(/['’‘»]+$/, '')
    .slice(-1);
}
