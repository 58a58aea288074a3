import type { Transaction } from '../../database/open.js';
import { BadArgumentError } from '../errors.js';
import { findReferences, parseSlug, type ReferenceOwner, type SlugIds } from '../references/lookup.js';
import { type FoundUnit, findQueries, type SearchQuery } from '../search/query.js';
import { parseSearchTexts } from '../search/text.js';
import { conditionsOf } from './conditions.js';
import { compileFilter } from './match.js';
import { mentionConditionOf } from './mention.js';
import type { DevelopmentFilter, FeedFilter, PreparedFilter } from './types.js';
import { branchesOf, whereOf } from './where.js';

const MAX_CONDITIONS = 100;
const MAX_DEPTH = 16;

/**
 * Prepares a filter for lists: resolves its slugs and search texts and checks its values. Runs one statement for each
 * type of object that is named, and one for all texts.
 *
 * @param known Spares the statements for slugs that it has.
 * @throws {UnknownSlugError} For a slug that is not in the record.
 * @throws {InvalidInputError} For a malformed date, slug or country code.
 * @throws {BadArgumentError} For a filter of more than 100 parts or nested more than 16 deep, and for
 *   texts that {@link parseSearchTexts} refuses.
 */
export async function prepareFilter(
  db: Transaction,
  asked: DevelopmentFilter | null | undefined,
  known?: SlugIds,
): Promise<PreparedFilter> {
  const { filter, texts, refs } = await resolve(db, asked, known);
  const queries = await findQueries(db, texts);
  const answers = { refs, queries, isNegated: false };
  return {
    where: whereOf(filter, answers),
    branches: (order) => branchesOf(filter, order, answers),
    mention: mentionConditionOf(filter, answers),
    sought: soughtIn(filter, queries),
  };
}

/**
 * Prepares a filter for the feed. It holds only what its tests need, because subscriptions keep it.
 *
 * @throws As {@link prepareFilter} does.
 */
export async function prepareFeedFilter(
  db: Transaction,
  asked: DevelopmentFilter | null | undefined,
): Promise<FeedFilter> {
  const { filter, texts, refs, asksForCountry } = await resolve(db, asked);
  return { ...compileFilter(filter, refs), texts, asksForCountry };
}

async function resolve(db: Transaction, asked: DevelopmentFilter | null | undefined, known?: SlugIds) {
  const given = asked ?? {};
  flatten(given); // Checks its size first, because what follows is recursive.
  const filter = normalized(given);
  const parts = flatten(filter);
  const slugs = slugsIn(parts);
  const texts = parseSearchTexts(parts.flatMap(({ text }) => text ?? []));
  const refs = await findReferences(db, slugs, known);
  return { filter, texts, refs, asksForCountry: parts.some(({ country }) => country != null) };
}

/** Returns whether the filter, or one within it, has a condition on the status. */
export function namesStatus(filter: DevelopmentFilter | null | undefined): boolean {
  return filter ? flatten(filter).some(({ status }) => status != null && status.length > 0) : false;
}

/**
 * Returns the filter with each value once in its lists, and so in the statements. An empty list sets no condition, and
 * a `not` without conditions excludes nothing: both come from forms in which nothing is chosen.
 */
function normalized(filter: DevelopmentFilter): DevelopmentFilter {
  const { and, or, not, participant, ...conditions } = filter;
  const excluded = not ? normalized(not) : {};
  return {
    ...Object.fromEntries(Object.entries(conditions).map(([field, value]) => [field, distinct(value)])),
    ...(participant && { participant: { ...participant, role: distinct(participant.role) } }),
    ...(and && { and: and.map(normalized) }),
    ...(or && or.length > 0 && { or: or.map(normalized) }),
    ...(Object.values(excluded).some((value) => value != null) && { not: excluded }),
  };
}

/** Returns a list with each value once, and null instead of an empty list. Other values are unchanged. */
function distinct<Value>(value: Value): Value | null {
  if (!Array.isArray(value)) return value;
  return value.length > 0 ? ([...new Set(value)] as Value) : null;
}

/** Returns the filter and all filters within it. */
function flatten(filter: DevelopmentFilter): DevelopmentFilter[] {
  const parts: DevelopmentFilter[] = [];
  let level = [filter];
  for (let depth = 0; level.length > 0; depth += 1) {
    parts.push(...level);
    if (parts.length > MAX_CONDITIONS || depth > MAX_DEPTH) {
      throw new BadArgumentError(
        `Expected a filter of at most ${MAX_CONDITIONS} parts, nested at most ${MAX_DEPTH} deep, including and, or and not; got more.`,
      );
    }
    level = level.flatMap(({ and, or, not }) => [...(and ?? []), ...(or ?? []), ...(not ? [not] : [])]);
  }
  return parts;
}

function slugsIn(parts: readonly DevelopmentFilter[]): { [Owner in ReferenceOwner]?: string[] } {
  const found: { [Owner in ReferenceOwner]?: string[] } = {};
  for (const { condition, value } of parts.flatMap(conditionsOf)) {
    const named = condition.slugs?.(value);
    if (!named) continue;
    const { owner, path, slugs } = named;
    found[owner] ??= [];
    for (const slug of slugs) found[owner].push(parseSlug(slug, path));
  }
  return found;
}

/** Excluded words and texts within `not` do not count towards the rank. */
function soughtIn(
  { text, and, or }: DevelopmentFilter,
  queries: ReadonlyMap<string, SearchQuery>,
): FoundUnit[] {
  const own = text == null ? [] : (queries.get(text)?.sought ?? []);
  return [...own, ...[...(and ?? []), ...(or ?? [])].flatMap((part) => soughtIn(part, queries))];
}
