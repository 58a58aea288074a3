import { createHash } from 'node:crypto';
import type { References } from '../references/lookup.js';
import type { Test } from './comparisons.js';
import { conditionsOf } from './conditions.js';
import type { CompiledFilter, DevelopmentFilter } from './types.js';

/**
 * Compiles a filter. Lists become sets, so a test takes at most some microseconds a condition, however long its lists.
 *
 * Holds neither the filter nor its slugs.
 *
 * @throws {InvalidInputError} For a malformed date or country code.
 */
export function compileFilter(filter: DevelopmentFilter, refs: References): CompiledFilter {
  const within = (part: DevelopmentFilter) => compileFilter(part, refs);
  const own = conditionsOf(filter).map(({ field, condition, value }) => ({
    field,
    ...condition.test(value, refs),
  }));
  const all = distinct((filter.and ?? []).map(within));
  const any = filter.or ? distinct(filter.or.map(within)) : undefined;
  const none = filter.not ? within(filter.not) : undefined;
  const parts = [...all, ...(any ?? []), ...(none ? [none] : [])];
  const tests: readonly Pick<Test, 'matches'>[] = own.map(({ matches }) => ({ matches }));
  return {
    canonical: hashOf([
      own.map(({ field, key }) => [field, key]),
      all.map(canonicalOf),
      any ? any.map(canonicalOf) : null,
      none ? none.canonical : null,
    ]),
    conditions: parts.reduce((sum, { conditions }) => sum + conditions, own.length),
    values: [...own, ...parts].reduce((sum, { values }) => sum + values, 0),
    matches: (facts) =>
      tests.every((test) => test.matches(facts)) &&
      (!any || any.some((part) => part.matches(facts))) &&
      !none?.matches(facts) &&
      all.every((part) => part.matches(facts)),
  };
}

// Of each part, because JSON within JSON would double with each level.
const hashOf = (parts: unknown): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

const canonicalOf = ({ canonical }: CompiledFilter) => canonical;

/** Removes equal parts, and sorts them, because their order does not matter. */
function distinct(parts: readonly CompiledFilter[]): CompiledFilter[] {
  const known = new Map(parts.map((part) => [part.canonical, part]));
  return [...known.keys()].sort().flatMap((key) => known.get(key) ?? []);
}
