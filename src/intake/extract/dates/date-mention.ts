import type { Grade, Span } from '../types.js';

/** A date in a text, as EDTF as precise as the words. */
export interface DateMention extends Span {
  readonly edtf: string;
  readonly rule: string;
  readonly grade: Grade;
}
