import { fold } from '../../../domain/search/fold.js';
import type { Span } from '../types.js';

/** A run of letters and digits: `9M729`, `Putin`, and `INF` of `INF-Treaty`. */
export interface NameToken extends Span {
  readonly written: string;
  readonly folded: string;
  /** Whether it begins with a capital or a digit, or its script has none. */
  readonly isCapitalised: boolean;
  /** The characters between it and the token before it. */
  readonly gap: string;
}

const TOKEN = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu;

export function nameTokensOf(text: string): NameToken[] {
  const tokens: NameToken[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [written] = match;
    const start = match.index;
    const gap = text.slice(end, start);
    end = start + written.length;
    // The `s` of `Russia’s` is not a word of a name.
    if (/^['’]$/.test(gap) && /^s$/i.test(written)) continue;
    tokens.push({
      start,
      end,
      written,
      folded: fold(written),
      isCapitalised: !/^\p{Ll}/u.test(written),
      gap,
    });
  }
  return tokens;
}
