import { NEVER } from '../../feed/position.js';
import { Prisma } from '../../generated/prisma/client.js';
import type { Known } from './comparisons.js';
import { conditionsOf } from './conditions.js';
import type { DevelopmentFilter, MentionCondition } from './types.js';
import { branchesOf, whereOf } from './where.js';

const { sql } = Prisma;

/**
 * Returns the filter as a condition on rows of {@link mentioning}: their own columns, and at most one
 * mentioned object. Undefined if the filter asks for anything else.
 */
export function mentionConditionOf(filter: DevelopmentFilter, known: Known): MentionCondition | undefined {
  const { kind, status, occurred, ...others } = filter;
  if (others.and || others.or || others.not) return undefined;
  const [asked, ...more] = conditionsOf(others);
  const subject = asked?.condition.subject?.(asked.value, known.refs);
  if (more.length > 0 || (asked && !subject)) return undefined;
  const own = { kind, status, occurred };
  return { subject, where: whereOf(own, known), branches: branchesOf(own, 'occurredEarliest', known) };
}

/**
 * Returns the developments that mention an object, each once, as a sub-select in the order of
 * `occurred_earliest`. Reads only the index, unless columns of `development` are selected.
 */
export const mentioning = (subject: Prisma.Sql): Prisma.Sql => sql`(
  SELECT mention.development_id AS id, mention.status, mention.kind, mention.occurred_earliest, mention.occurred_latest,
         development.revision, development.recorded_at, development.published_at
  FROM development_mention AS mention LEFT JOIN development ON development.id = mention.development_id
  WHERE mention.subject_id = ${subject})`;

/**
 * Returns the developments that mentioned an object at a feed position, each once, as a sub-select. Reads only indexes: of
 * versions that have ended since, and of present ones with their positions.
 */
export const mentioningAt = (subject: Prisma.Sql, at: bigint): Prisma.Sql => sql`(
  SELECT development_id AS id, status, kind, occurred_earliest, occurred_latest
  FROM development_version_mention
  WHERE subject_id = ${subject} AND until > ${at} AND position <= ${at}
  UNION ALL
  SELECT mention.development_id, mention.status, mention.kind, mention.occurred_earliest, mention.occurred_latest
  FROM development_mention AS mention
  JOIN development_version AS newest ON newest.id = mention.development_id
  WHERE mention.subject_id = ${subject} AND newest.until = ${NEVER} AND newest.position <= ${at})`;
