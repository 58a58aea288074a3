import type { Transaction } from '../../database/open.js';
import { BadArgumentError, UnknownSlugError } from '../errors.js';
import { findKnownReferences, parseSlug, type ReferenceOwner, type SlugIds } from '../references/lookup.js';
import { type FoundUnit, findQueries, type SearchQuery } from '../search/query.js';
import { parseSearchTexts } from '../search/text.js';
import { conditionsOf } from './conditions.js';
import { compileFilter } from './match.js';
import { mentionConditionOf } from './mention.js';
import type { DevelopmentFilter, FeedFilter, PreparedFilter } from './types.js';
import { branchesOf, whereOf } from './where.js';

const MAX_CONDITIONS = 100;
const MAX_DEPTH = 16;

/** Called with the error of a slug that is not in the record. It may throw it. */
export type OnUnknownSlug = (error: UnknownSlugError) => void;

/**
 * Prepares a filter for lists: resolves its slugs and search texts and checks its values. Runs one statement for each
 * type of object that is named, and one for all texts.
 *
 * A slug that is not in the record matches nothing.
 *
 * @param known Spares the statements for slugs that it has.
 * @param at The feed position at which the slugs of merged references count. Default: now.
 * @throws {InvalidInputError} For a malformed date, slug or country code.
 * @throws {BadArgumentError} For a filter of more than 100 parts or nested more than 16 deep, and for
 *   texts that {@link parseSearchTexts} refuses.
 */
export async function prepareFilter(
  db: Transaction,
  asked: DevelopmentFilter | null | undefined,
  onUnknownSlug: OnUnknownSlug,
  known?: SlugIds,
  at?: bigint,
): Promise<PreparedFilter> {
  const { filter, texts, refs } = await resolve(db, asked, onUnknownSlug, known, at);
  const queries = await findQueries(db, texts);
  const answers = { refs, queries, isNegated: false };
  return {
    where: whereOf(filter, answers),
    branches: (order) => branchesOf(filter, order, answers),
    mention: mentionConditionOf(filter, answers),
    whereWithin: selectsWords(filter, queries)
      ? (period) => whereOf(filter, { ...answers, period })
      : undefined,
    sought: soughtIn(filter, queries),
  };
}

/**
 * Prepares a filter for the feed. It holds only what its tests need, because subscriptions keep it.
 *
 * An unknown slug is refused: the filter would match nothing for as long as the subscription lasts, even after the slug
 * has become known.
 *
 * @throws {UnknownSlugError} For a slug that is not in the record.
 * @throws As {@link prepareFilter} does.
 */
export async function prepareFeedFilter(
  db: Transaction,
  asked: DevelopmentFilter | null | undefined,
): Promise<FeedFilter> {
  const { filter, texts, refs, asksForCountry } = await resolve(db, asked, (error) => {
    throw error;
  });
  return { ...compileFilter(filter, refs), texts, asksForCountry };
}

async function resolve(
  db: Transaction,
  asked: DevelopmentFilter | null | undefined,
  onUnknownSlug: OnUnknownSlug,
  known?: SlugIds,
  at?: bigint,
) {
  const given = asked ?? {};
  flatten(given); // Checks its size first, because what follows is recursive.
  const filter = normalized(given);
  const parts = flatten(filter);
  const named = namedIn(parts);
  const texts = parseSearchTexts(parts.flatMap(({ part: { text } }) => text ?? []));
  const refs = await findKnownReferences(db, slugsByOwner(named), known, at);
  for (const { owner, slug, path } of named) {
    if (refs.find(owner, slug) === undefined) onUnknownSlug(new UnknownSlugError(owner, slug, path));
  }
  return { filter, texts, refs, asksForCountry: parts.some(({ part: { country } }) => country != null) };
}

/** Returns whether the filter, or one within it, has a condition on the status. */
export function namesStatus(filter: DevelopmentFilter | null | undefined): boolean {
  return filter ? flatten(filter).some(({ part: { status } }) => status != null && status.length > 0) : false;
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

/** A filter, and its path in the arguments, e.g. `filter.or.1`. */
interface Part {
  readonly part: DevelopmentFilter;
  readonly path: string;
}

/** Returns the filter and all filters within it. */
function flatten(filter: DevelopmentFilter): Part[] {
  const parts: Part[] = [];
  let level: Part[] = [{ part: filter, path: 'filter' }];
  for (let depth = 0; level.length > 0; depth += 1) {
    parts.push(...level);
    if (parts.length > MAX_CONDITIONS || depth > MAX_DEPTH) {
      throw new BadArgumentError(
        'filter',
        `Expected a filter of at most ${MAX_CONDITIONS} parts, nested at most ${MAX_DEPTH} deep, including and, or and not; got more.`,
      );
    }
    level = level.flatMap(({ part: { and, or, not }, path }) => [
      ...(and ?? []).map((part, index) => ({ part, path: `${path}.and.${index}` })),
      ...(or ?? []).map((part, index) => ({ part, path: `${path}.or.${index}` })),
      ...(not ? [{ part: not, path: `${path}.not` }] : []),
    ]);
  }
  return parts;
}

interface NamedSlug {
  readonly owner: ReferenceOwner;
  readonly slug: string;
  readonly path: string;
}

function namedIn(parts: readonly Part[]): NamedSlug[] {
  return parts.flatMap(({ part, path }) =>
    conditionsOf(part).flatMap(({ field, condition, value }) => {
      const named = condition.slugs?.(value);
      if (!named) return [];
      return named.slugs.map((slug) => ({
        owner: named.owner,
        slug: parseSlug(slug, named.path),
        path: `${path}.${field === named.path ? field : `${field}.${named.path}`}`,
      }));
    }),
  );
}

function slugsByOwner(named: readonly NamedSlug[]): { [Owner in ReferenceOwner]?: string[] } {
  const found: { [Owner in ReferenceOwner]?: string[] } = {};
  for (const { owner, slug } of named) {
    found[owner] ??= [];
    found[owner].push(slug);
  }
  return found;
}

const selectsWords = ({ text }: DevelopmentFilter, queries: ReadonlyMap<string, SearchQuery>) =>
  text != null && queries.get(text)?.query !== 'ALL';

/** Excluded words and texts within `not` do not count towards the rank. */
function soughtIn(
  { text, and, or }: DevelopmentFilter,
  queries: ReadonlyMap<string, SearchQuery>,
): FoundUnit[] {
  const own = text == null ? [] : (queries.get(text)?.sought ?? []);
  return [...own, ...[...(and ?? []), ...(or ?? [])].flatMap((part) => soughtIn(part, queries))];
}
