import { Prisma } from '../../generated/prisma/client.js';
import type { ParticipantRole } from '../development/vocabulary.js';
import { countryCode, parseInput } from '../input.js';
import type { ReferenceOwner, References } from '../references/lookup.js';
import { foundBy, type SearchQuery } from '../search/query.js';
import { asMentionFilter, type MentionCondition } from './mention.js';
import { occurredBranches, occurredWithin } from './occurred.js';
import type { DevelopmentFilter, OrderColumn } from './prepare.js';

const { sql } = Prisma;

/** What the record knows of what a filter names. */
export interface Known {
  readonly refs: References;
  readonly queries: ReadonlyMap<string, SearchQuery>;
}

/** The filter as a condition. It may come to NULL, which a negation must not take for false. */
export function whereOf(filter: DevelopmentFilter, known: Known): Prisma.Sql {
  const { refs, queries } = known;
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
    filter.country && inCountries(filter.country),
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
export function branchesOf(
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

/** The filter as a condition on mentions of its one subject; undefined where these do not tell enough. */
export function mentionConditionOf(filter: DevelopmentFilter, known: Known): MentionCondition | undefined {
  const mention = asMentionFilter(filter, known.refs);
  if (!mention) return undefined;
  const { subject, rest } = mention;
  const conditionOf = (part: DevelopmentFilter) => whereOf(part, known);
  return {
    subject,
    where: conditionOf(rest),
    branches: branchesOf(rest, 'occurredEarliest', conditionOf),
  };
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

function hasPart(actorId: string, roles: readonly ParticipantRole[] | null | undefined): Prisma.Sql {
  const has = sql`it.actor_ids @> ${[actorId]}::uuid[]`;
  if (!roles) return has;
  return sql`(${has} AND it.parts && ${roles.map((role) => `${role}:${actorId}`)}::text[])`;
}

/**
 * A participant belongs to one of the countries as of now, or a place lies in one.
 *
 * @throws {InvalidInputError} For what is no country code.
 */
const inCountries = (codes: readonly string[]) =>
  sql`it.countries && ${codes.map((code) => parseInput(countryCode, code, 'country'))}::text[]`;
