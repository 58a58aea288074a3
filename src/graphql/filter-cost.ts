import type { DevelopmentFilter } from '../domain/filter/types.js';
import { countUnits } from '../domain/search/text.js';
import { type FieldPrice, HIGHLIGHT_COST, type InputPrice } from './cost.js';

/** The cost of a filter, and of each filter within it. */
export const PART_COST = 5;
/** The cost of each value in a filter. */
export const VALUE_COST = 2;
/** The cost of each word or phrase, which is looked up among the names of eight tables. */
export const WORD_COST = 10;
/** What a prefix costs more: it stands for many words. */
export const PREFIX_COST = 40;
/** The cost of `not` and `restsOnlyOn`, for which no index finds the developments. */
export const UNINDEXED_COST = 50;

/**
 * Returns the price of a filter, after variables are put in.
 *
 * The same value twice in a list counts once. A filter that would be refused when it is executed has a price too.
 */
export function priceOfFilter(filter: DevelopmentFilter): InputPrice {
  let [points, values, longest] = [0, 0, 0];
  const visit = (part: DevelopmentFilter): void => {
    const { and, or, not, text, participant, occurred, ...others } = part;
    points += PART_COST;
    for (const value of [...Object.values(others), participant?.role]) {
      if (value == null) continue;
      const count = Array.isArray(value) ? new Set(value).size : 1;
      longest = Math.max(longest, count);
      values += count;
    }
    if (participant) values += 1;
    if (occurred) values += 1;
    if (part.restsOnlyOn) points += UNINDEXED_COST;
    if (text != null) {
      const { units, prefixes } = countUnits(text);
      values += units;
      points += WORD_COST * units + PREFIX_COST * prefixes;
    }
    if (not) {
      points += UNINDEXED_COST;
      visit(not);
    }
    longest = Math.max(longest, and?.length ?? 0, or?.length ?? 0);
    for (const within of [...(and ?? []), ...(or ?? [])]) visit(within);
  };
  visit(filter);
  return { points: points + VALUE_COST * values, values, longest };
}

/** Prices `highlights` by the words that it marks. */
export const highlightsCost = ({ text }: { readonly text: string }): FieldPrice => ({
  points: HIGHLIGHT_COST * Math.max(1, countUnits(text).units),
});
