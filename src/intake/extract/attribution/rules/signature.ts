import type { Quotation } from '../../text/quotations.js';
import type { Sentence } from '../../text/sentences.js';
import type { Attribution } from '../attribution.js';
import { isSign } from '../clause.js';

/** The most words of a name below a quotation. */
const MAX_NAME = 10;

/** Reads a quotation that is signed: `“…” ― Ada Brook`, on its own line or behind the quotation. */
export function readSignature(
  own: Sentence,
  next: Sentence | undefined,
  sentence: number,
): Attribution | undefined {
  const at = own.items.findIndex(({ type }) => type === 'QUOTATION');
  const quotation = own.items[at]?.quotation;
  if (!quotation || at > 0) return undefined;
  const rest = own.items.slice(1);
  const line = rest.length > 0 ? rest : next && next.paragraph <= own.paragraph + 1 ? next.items : [];
  const [dash, first] = line;
  if (!dash || !isSign(dash, '―—–-') || !first?.isCapitalised || line.length > MAX_NAME) return undefined;
  const name = line.slice(1).filter(({ type }) => type !== 'SIGN');
  const last = name.at(-1);
  if (
    !last ||
    !name.every(({ isCapitalised, type, lower }) => isCapitalised || type === 'NUMBER' || LINKS.has(lower))
  )
    return undefined;
  return signed(quotation, dash, { start: first.start, end: last.end }, sentence);
}

const LINKS = new Set(['of', 'the', 'and', 'for', 'in', 'de', 'van', 'von', 'to', 'at']);

const signed = (
  quotation: Quotation,
  cue: { start: number; end: number },
  source: { start: number; end: number },
  sentence: number,
): Attribution => ({
  parts: [{ start: quotation.start, end: quotation.end }],
  cue: { start: cue.start, end: cue.end },
  source,
  rule: 'quote-with-signature',
  grade: 'B',
  isDenial: false,
  isStance: false,
  sentence,
});
