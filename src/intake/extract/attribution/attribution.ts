import type { Grade, QuotationKind, Span } from '../types.js';

/** Words with their source, before the source is resolved to an actor. */
export interface Attribution {
  readonly parts: readonly Span[];
  readonly cue: Span | null;
  readonly source: Span | null;
  readonly rule: string;
  readonly grade: Grade;
  readonly isDenial: boolean;
  readonly isStance: boolean;
  readonly sentence: number;
}

/** Says whether a content is quoted from its first to its last word, in parts, or not at all. */
export function quotationKindOf(
  text: string,
  parts: readonly Span[],
  quotations: readonly Span[],
): QuotationKind {
  let [inside, outside] = [false, false];
  for (const { start, end } of parts) {
    let from = start;
    for (const quotation of quotations) {
      if (quotation.end <= start || quotation.start >= end) continue;
      inside = true;
      outside ||= hasWord(text.slice(from, Math.max(from, quotation.start)));
      from = Math.max(from, quotation.end);
    }
    outside ||= hasWord(text.slice(from, end));
  }
  if (!inside) return 'REPORTED';
  return outside ? 'MIXED' : 'DIRECT';
}

const hasWord = (text: string) => /[\p{L}\p{N}]/u.test(text);
