import type { Span } from '../types.js';
import type { Quotation } from './quotations.js';

/** A word, number or sign of a text, or a whole quotation. */
export interface Item extends Span {
  readonly type: 'WORD' | 'NUMBER' | 'SIGN' | 'QUOTATION';
  readonly text: string;
  /** In small letters, with plain apostrophes. */
  readonly lower: string;
  readonly isCapitalised: boolean;
  readonly quotation?: Quotation;
}

// Each alternative begins with another character and no part can match in two ways: the time is linear.
const ITEM =
  /(?<word>(?:\p{Lu}\.){2,}|[\p{L}\p{M}][\p{L}\p{M}\p{N}]*(?:['’‑-][\p{L}\p{M}\p{N}]+)*['’]?)|(?<number>\p{N}+(?:[.,]\p{N}+)*[\p{L}%]*)|(?<sign>[^\s\p{L}\p{M}\p{N}])/gu;

/** Divides a part of a text into items. Quotations within it are one item each. */
export function itemsOf(text: string, span: Span, quotations: readonly Quotation[]): Item[] {
  const items: Item[] = [];
  let from = span.start;
  for (const quotation of quotations) {
    if (quotation.end <= span.start || quotation.start >= span.end) continue;
    pushItems(items, text, from, quotation.start);
    const { start, end } = quotation;
    items.push({
      type: 'QUOTATION',
      start,
      end,
      text: text.slice(start, end),
      lower: '',
      isCapitalised: false,
      quotation,
    });
    from = end;
  }
  pushItems(items, text, from, span.end);
  return items;
}

function pushItems(items: Item[], text: string, from: number, to: number): void {
  const part = text.slice(from, to);
  for (const match of part.matchAll(ITEM)) {
    const [found] = match;
    const start = from + match.index;
    const type = match.groups?.['word'] ? 'WORD' : match.groups?.['number'] ? 'NUMBER' : 'SIGN';
    items.push({
      type,
      start,
      end: start + found.length,
      text: found,
      lower: found.toLowerCase().replaceAll('’', "'"),
      isCapitalised: type === 'WORD' && /^\p{Lu}/u.test(found),
    });
  }
}
