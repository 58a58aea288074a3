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
import { ParticipantRole } from './development/vocabulary.js';
import { type DevelopmentFacts, matchesFilter } from './filter-match.js';
import { NO_EARLIEST, NO_LATEST, parseFuzzyDate } from './fuzzy-date.js';
import { countryCode, parseInput } from './input.js';
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
  if (!filter) return { where: ALL, asksForCountry: false, texts: [], sought: [], matches: () => true };
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
  return {
    where: whereOf(filter, refs, queries),
    asksForCountry: parts.some(({ country }) => country != null),
    texts,
    sought: soughtIn(filter, queries),
    matches: (facts) => matchesFilter(filter, facts, refs),
  };
}

/** A filter whose slugs have been looked up and whose values have been checked. */
export interface PreparedFilter {
  /** The filter as an SQL condition on `it`, a row of `development` or of `development_version`. */
  readonly where: Prisma.Sql;
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

/** True or not: a condition may come to NULL, which a negation must not take for false. */
function whereOf(
  filter: DevelopmentFilter,
  refs: References,
  queries: ReadonlyMap<string, SearchQuery>,
): Prisma.Sql {
  const within = (part: DevelopmentFilter) => whereOf(part, refs, queries);
  const query = filter.text == null ? undefined : queries.get(filter.text);
  const ids = (owner: ReferenceOwner, slugs: readonly string[]) =>
    sql`${slugs.map((slug) => refs.id(owner, slug))}::uuid[]`;
  const conditions: (Prisma.Sql | undefined | null | false)[] = [
    filter.kind && sql`it.kind = ANY (${[...filter.kind]}::text[]::"DevelopmentKind"[])`,
    filter.status && sql`it.status = ANY (${[...filter.status]}::text[]::"DevelopmentStatus"[])`,
    filter.eventType && sql`it.event_type = ANY (${[...filter.eventType]}::text[]::"EventType"[])`,
    filter.changeType && sql`it.change_type = ANY (${[...filter.changeType]}::text[]::"ChangeType"[])`,
    filter.participant && hasPart(refs.id('Actor', filter.participant.actor), filter.participant.role),
    filter.country && inCountries(filter.country),
    filter.topic && sql`it.topic_ids && ${ids('Topic', filter.topic)}`,
    filter.treaty && sql`it.treaty_ids && ${ids('Treaty', filter.treaty)}`,
    filter.weaponSystem && sql`it.weapon_system_ids && ${ids('WeaponSystem', filter.weaponSystem)}`,
    filter.doctrine && sql`it.doctrine_ids && ${ids('Doctrine', filter.doctrine)}`,
    filter.source && sql`it.source_ids && ${ids('Source', filter.source)}`,
    filter.restsOnlyOn &&
      sql`it.source_ids <@ ${ids('Source', filter.restsOnlyOn)} AND it.source_ids <> '{}'`,
    filter.occurred && occurredWithin(filter.occurred.within, filter.occurred.certainty ?? 'POSSIBLE'),
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

const NONE = sql`false`;
const ALL = sql`true`;

const everyOf = (conditions: Prisma.Sql[]) =>
  conditions.length > 0 ? sql`(${Prisma.join(conditions, ' AND ')})` : ALL;
const anyOf = (conditions: Prisma.Sql[]) => sql`(${Prisma.join(conditions, ' OR ')})`;

function hasPart(actorId: string, roles: Optional<readonly ParticipantRole[]>): Prisma.Sql {
  const parts = (roles ?? Object.values(ParticipantRole)).map((role) => `${role}:${actorId}`);
  return sql`it.parts && ${parts}::text[]`;
}

/** A participant belongs to one of the countries, or a place lies in one. Actors' countries are those of now. */
function inCountries(codes: readonly string[]): Prisma.Sql {
  const among = codes.map((code) => parseInput(countryCode, code, 'country'));
  return sql`(it.place_countries && ${among}::text[] OR EXISTS (
    SELECT FROM actor WHERE actor.id = ANY (it.actor_ids) AND actor.country_code = ANY (${among}::text[])))`;
}

/** CERTAIN: every day that it can be lies within. POSSIBLE: at least one does. */
function occurredWithin(text: string, certainty: Certainty): Prisma.Sql {
  const { earliest, latest } = parseFuzzyDate(text, 'within');
  const [start, end] =
    certainty === 'CERTAIN'
      ? [sql`it.occurred_earliest`, sql`it.occurred_latest`]
      : [sql`it.occurred_latest`, sql`it.occurred_earliest`];
  return everyOf([
    ...(earliest === NO_EARLIEST ? [] : [sql`${start} >= ${earliest}::date`]),
    ...(latest === NO_LATEST ? [] : [sql`${end} <= ${latest}::date`]),
  ]);
}
