import type { Transaction } from '../database/open.js';
import { BadArgumentError } from '../errors.js';
import {
  type ChangeType,
  type Confidence,
  type DevelopmentKind,
  type DevelopmentStatus,
  type EventType,
  Prisma,
} from '../generated/prisma/client.js';
import type { ParticipantRole } from './development/vocabulary.js';
import { findNatives, inCountries, type Natives } from './filter-country.js';
import { type DevelopmentFacts, matchesFilter } from './filter-match.js';
import { occurredBranches, occurredWithin } from './filter-occurred.js';
import { findReferences, parseSlug, type ReferenceOwner, type References } from './references.js';
import { type FoundUnit, findQueries, foundBy, type SearchQuery } from './search/query.js';
import { parseSearchTexts, type SearchText } from './search/text.js';

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
  filter: Optional<DevelopmentFilter>,
): Promise<PreparedFilter> {
  if (!filter) {
    return {
      ...{ where: ALL, branches: () => [ALL], asksForCountry: false, texts: [], sought: [] },
      matches: () => true,
    };
  }
  const parts = flatten(filter);
  const slugs: { [Owner in ReferenceOwner]?: string[] } = {
    Actor: parts.flatMap(({ participant }) => (participant ? [parseSlug(participant.actor, 'actor')] : [])),
  };
  for (const [owner, field] of SLUG_LISTS) {
    const named = parts.flatMap((part) => (part[field] ?? []).map((slug) => parseSlug(slug, field)));
    slugs[owner] = [...(slugs[owner] ?? []), ...named];
  }
  const texts = parseSearchTexts(parts.flatMap(({ text }) => text ?? []));
  const refs = await findReferences(db, slugs);
  const queries = await findQueries(db, texts);
  const natives = await findNatives(
    db,
    parts.flatMap(({ country }) => country ?? []),
  );
  const known = { refs, queries, natives };
  return {
    where: whereOf(filter, known),
    branches: (order) => branchesOf(filter, order, (part) => whereOf(part, known)),
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

const SLUG_LISTS = [
  ['Topic', 'topic'],
  ['Treaty', 'treaty'],
  ['WeaponSystem', 'weaponSystem'],
  ['Doctrine', 'doctrine'],
  ['Source', 'source'],
  ['Source', 'restsOnlyOn'],
] as const satisfies readonly (readonly [ReferenceOwner, keyof DevelopmentFilter])[];

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

const { sql } = Prisma;

/** What the record knows of what a filter names. */
interface Known {
  readonly refs: References;
  readonly queries: ReadonlyMap<string, SearchQuery>;
  readonly natives: Natives;
}

/** True or not: a condition may come to NULL, which a negation must not take for false. */
function whereOf(filter: DevelopmentFilter, known: Known): Prisma.Sql {
  const { refs, queries, natives } = known;
  const within = (part: DevelopmentFilter) => whereOf(part, known);
  const query = filter.text == null ? undefined : queries.get(filter.text);
  const ids = (owner: ReferenceOwner, slugs: readonly string[]) =>
    sql`${slugs.map((slug) => refs.id(owner, slug))}::uuid[]`;
  const conditions: (Prisma.Sql | undefined | null | false)[] = [
    filter.kind && oneOf('kind', 'DevelopmentKind', filter.kind),
    filter.status && oneOf('status', 'DevelopmentStatus', filter.status),
    filter.eventType && oneOf('event_type', 'EventType', filter.eventType),
    filter.changeType && oneOf('change_type', 'ChangeType', filter.changeType),
    filter.participant && hasPart(refs.id('Actor', filter.participant.actor), filter.participant.role),
    filter.country && inCountries(filter.country, natives),
    filter.topic && sql`it.topic_ids && ${ids('Topic', filter.topic)}`,
    filter.treaty && sql`it.treaty_ids && ${ids('Treaty', filter.treaty)}`,
    filter.weaponSystem && sql`it.weapon_system_ids && ${ids('WeaponSystem', filter.weaponSystem)}`,
    filter.doctrine && sql`it.doctrine_ids && ${ids('Doctrine', filter.doctrine)}`,
    filter.source && sql`it.source_ids && ${ids('Source', filter.source)}`,
    filter.restsOnlyOn &&
      sql`it.source_ids && ${ids('Source', filter.restsOnlyOn)} AND it.source_ids <@ ${ids('Source', filter.restsOnlyOn)}`,
    filter.occurred && occurredWithin(filter.occurred),
    filter.recordedSince && sql`it.recorded_at >= ${filter.recordedSince}::timestamptz`,
    filter.minConfidence && sql`it.confidence >= ${filter.minConfidence}::"Confidence"`,
    filter.disputed != null && sql`it.disputed = ${filter.disputed}`,
    query && foundBy(query),
    filter.or && (filter.or.length > 0 ? anyOf(filter.or.map(within)) : NONE),
    filter.not && sql`(${within(filter.not)}) IS NOT TRUE`,
    ...(filter.and ?? []).map(within),
  ];
  return everyOf(conditions.filter((condition) => condition != null && condition !== false));
}

/** Splits the filter at its status and its dates, which is where an order by a date ends. */
function branchesOf(
  { status, occurred, ...rest }: DevelopmentFilter,
  order: OrderColumn,
  conditionOf: (part: DevelopmentFilter) => Prisma.Sql,
): Prisma.Sql[] {
  const statuses = status?.length
    ? [...new Set(status)].map((one) => conditionOf({ status: [one] }))
    : [conditionOf({ status })];
  const dates =
    occurred && order !== 'recordedAt' ? occurredBranches(occurred, order) : [conditionOf({ occurred })];
  const common = conditionOf(rest);
  return statuses.flatMap((one) => dates.map((date) => everyOf([one, date, common])));
}

const NONE = sql`false`;
const ALL = sql`true`;

const everyOf = (conditions: Prisma.Sql[]) =>
  conditions.length > 0 ? sql`(${Prisma.join(conditions, ' AND ')})` : ALL;
const anyOf = (conditions: Prisma.Sql[]) => sql`(${Prisma.join(conditions, ' OR ')})`;

/** A value alone is compared by `=`, which leaves rows in the order of an index that begins with the column. */
function oneOf(column: string, type: string, values: readonly string[]): Prisma.Sql {
  const [only] = values;
  const [it, as] = [Prisma.raw(`it.${column}`), Prisma.raw(`"${type}"`)];
  return values.length === 1
    ? sql`${it} = ${only}::text::${as}`
    : sql`${it} = ANY (${[...values]}::text[]::${as}[])`;
}

function hasPart(actorId: string, roles: Optional<readonly ParticipantRole[]>): Prisma.Sql {
  const has = sql`it.actor_ids @> ${[actorId]}::uuid[]`;
  if (!roles) return has;
  return sql`(${has} AND it.parts && ${roles.map((role) => `${role}:${actorId}`)}::text[])`;
}
