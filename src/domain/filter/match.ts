import type { References } from '../references/lookup.js';
import { conditionsOf } from './conditions.js';
import type { DevelopmentFacts, DevelopmentFilter } from './types.js';

/** Returns whether the filter selects the development, with the same result as its SQL. */
export function matchesFilter(filter: DevelopmentFilter, facts: DevelopmentFacts, refs: References): boolean {
  const within = (part: DevelopmentFilter) => matchesFilter(part, facts, refs);
  const { and, or, not } = filter;
  return (
    conditionsOf(filter).every(({ condition, value }) => condition.matches(value, facts, refs)) &&
    (!or || or.some(within)) &&
    (!not || !within(not)) &&
    (!and || and.every(within))
  );
}
