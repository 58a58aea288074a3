import { Prisma } from '../../generated/prisma/client.js';
import { conditionsOf, type Known } from './conditions.js';
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
