import type { Transaction } from '../../database/open.js';
import type {
  ChangeType,
  Confidence,
  DevelopmentKind,
  DevelopmentStatus,
  EventType,
  Prisma,
} from '../../generated/prisma/client.js';
import type { ParticipantRole } from '../development/vocabulary.js';
import { BadArgumentError } from '../errors.js';
import { findReferences, parseSlug, type ReferenceOwner } from '../references/lookup.js';
import { type FoundUnit, findQueries, type SearchQuery } from '../search/query.js';
import { parseSearchTexts, type SearchText } from '../search/text.js';
import { type DevelopmentFacts, matchesFilter } from './match.js';
import { MENTIONS_BY_SLUG, type MentionCondition } from './mention.js';
import { branchesOf, mentionConditionOf, whereOf } from './where.js';

/** Whether a fuzzy date must lie in the range, or only can. */
export type Certainty = 'CERTAIN' | 'POSSIBLE';

type Optional<T> = T | null | undefined;

/** Which developments are asked for; all conditions given must hold. One filter serves lists and feeds. */
export interface DevelopmentFilter {
  readonly kind?: Optional<readonly DevelopmentKind[]>;
  readonly eventType?: Optional<readonly EventType[]>;
  readonly changeType?: Optional<readonly ChangeType[]>;
  readonly participant?: Optional<{ actor: string; role?: Optional<readonly ParticipantRole[]> }>;
  readonly country?: Optional<readonly string[]>;
  readonly topic?: Optional<readonly string[]>;
  readonly treaty?: Optional<readonly string[]>;
  readonly weaponSystem?: Optional<readonly string[]>;
  readonly doctrine?: Optional<readonly string[]>;
  readonly source?: Optional<readonly string[]>;
  readonly restsOnlyOn?: Optional<readonly string[]>;
  readonly occurred?: Optional<{ within: string; certainty?: Optional<Certainty> }>;
  readonly recordedSince?: Optional<Date>;
  readonly minConfidence?: Optional<Confidence>;
  readonly disputed?: Optional<boolean>;
  readonly status?: Optional<readonly DevelopmentStatus[]>;
  readonly text?: Optional<string>;
  readonly and?: Optional<readonly DevelopmentFilter[]>;
  readonly or?: Optional<readonly DevelopmentFilter[]>;
  readonly not?: Optional<DevelopmentFilter>;
}

const MAX_CONDITIONS = 100;
const MAX_DEPTH = 16;

/**
 * Prepares a filter for use: looks up the slugs that it names, one statement for each kind of thing
 * named, and the words that it searches for, one statement, and checks its dates and codes.
 *
 * @throws {UnknownSlugError} For a slug that is not in the record.
 * @throws {InvalidInputError} For a malformed date, slug or country code.
 * @throws {BadArgumentError} For a filter of more than 100 parts, or nested more than 16 deep, or with texts
 *   as {@link parseSearchTexts} refuses them.
 */
export async function prepareFilter(
  db: Transaction,
  asked: Optional<DevelopmentFilter>,
): Promise<PreparedFilter> {
  const filter = asked ?? {};
  const parts = flatten(filter);
  const slugs: { [Owner in ReferenceOwner]?: string[] } = {
    Actor: parts.flatMap(({ participant }) => (participant ? [parseSlug(participant.actor, 'actor')] : [])),
  };
  for (const [field, owner] of SLUG_LISTS) {
    const named = parts.flatMap((part) => (part[field] ?? []).map((slug) => parseSlug(slug, field)));
    slugs[owner] = [...(slugs[owner] ?? []), ...named];
  }
  const texts = parseSearchTexts(parts.flatMap(({ text }) => text ?? []));
  const refs = await findReferences(db, slugs);
  const queries = await findQueries(db, texts);
  const known = { refs, queries };
  return {
    where: whereOf(filter, known),
    branches: (order) => branchesOf(filter, order, (part) => whereOf(part, known)),
    mention: mentionConditionOf(filter, known),
    asksForCountry: parts.some(({ country }) => country != null),
    texts,
    sought: soughtIn(filter, queries),
    matches: (facts) => matchesFilter(filter, facts, refs),
  };
}

/** What developments can be ordered by. */
export type OrderColumn = 'occurredEarliest' | 'occurredLatest' | 'recordedAt';

/** A filter whose slugs have been looked up and whose values have been checked. */
export interface PreparedFilter {
  /** The filter as an SQL condition on `it`, a row of `development` or of `development_version`. */
  readonly where: Prisma.Sql;
  /**
   * The same condition as several, of which a row meets one at most: those that an index can answer in the
   * order of the column, from where the first row can be to where the last can be.
   */
  branches(order: OrderColumn): readonly Prisma.Sql[];
  /** The filter as a condition on mentions of its one subject; undefined where these do not tell enough. */
  readonly mention: MentionCondition | undefined;
  /** The filter as a test, for what a revision left: the same answer as `where` gives. */
  matches(facts: DevelopmentFacts): boolean;
  /** Whether the facts must tell the countries of actors. */
  readonly asksForCountry: boolean;
  /** The texts of which the facts must tell whether they find the development. */
  readonly texts: readonly SearchText[];
  /** The words and phrases that must be there, or can be: what hits are ranked by. */
  readonly sought: readonly FoundUnit[];
}

function soughtIn(
  { text, and, or }: DevelopmentFilter,
  queries: ReadonlyMap<string, SearchQuery>,
): FoundUnit[] {
  const own = text == null ? [] : (queries.get(text)?.sought ?? []);
  return [...own, ...[...(and ?? []), ...(or ?? [])].flatMap((part) => soughtIn(part, queries))];
}

const SLUG_LISTS = [...MENTIONS_BY_SLUG, ['restsOnlyOn', 'Source']] as const;

/** The filter and all filters within it. */
function flatten(filter: DevelopmentFilter): DevelopmentFilter[] {
  const parts: DevelopmentFilter[] = [];
  let level = [filter];
  for (let depth = 0; level.length > 0; depth += 1) {
    parts.push(...level);
    if (parts.length > MAX_CONDITIONS || depth > MAX_DEPTH) {
      throw new BadArgumentError(
        `Expected a filter of at most ${MAX_CONDITIONS} parts, nested at most ${MAX_DEPTH} deep, and/or/not counted; got more.`,
      );
    }
    level = level.flatMap(({ and, or, not }) => [...(and ?? []), ...(or ?? []), ...(not ? [not] : [])]);
  }
  return parts;
}

/** Whether the filter, or one within it, asks for a status. */
export function namesStatus(filter: Optional<DevelopmentFilter>): boolean {
  return filter ? flatten(filter).some(({ status }) => status != null) : false;
}
