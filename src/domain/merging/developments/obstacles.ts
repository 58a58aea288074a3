import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { Prisma } from '../../../generated/prisma/client.js';
import { type DevelopmentContent, kindOf } from '../../development/content/content.js';
import {
  MAX_CITATIONS,
  MAX_CLAIMS,
  MAX_CLAIMS_OF_CITATION,
  MAX_LINKS,
} from '../../development/content/field-schemas.js';
import { LinkRelation } from '../../development/content/vocabulary.js';
import { readCurrent } from '../../development/read/histories.js';
import { MAY_FORM_CYCLES } from '../../development/write/link-cycles.js';
import type { DevelopmentState } from '../../development/write/rows.js';
import { UnknownSlugError } from '../../errors.js';
import { findSlugs } from '../../references/lookup.js';
import type { MergeObstacle } from '../errors.js';
import type { AffectedDevelopment } from '../references/affected.js';

const { sql } = Prisma;

/**
 * Reads two developments by any of their slugs.
 *
 * @throws {UnknownSlugError} For the first slug that is not in the record.
 */
export async function readPair(
  tx: Transaction,
  [from, into]: readonly [from: string, into: string],
): Promise<readonly [DevelopmentState, DevelopmentState]> {
  const found = await findSlugs(tx, 'Development', { slug: { in: [from, into] } });
  const states = await readCurrent(
    tx,
    found.map(({ id }) => id),
  );
  const stateOf = (slug: string) =>
    states.find(({ id }) => found.some((it) => it.id === id && it.slug === slug));
  const [one, other] = [stateOf(from), stateOf(into)];
  if (!one || !other) throw new UnknownSlugError('Development', one ? into : from, one ? 'into' : 'from');
  return [one, other];
}

/** Returns why two developments cannot be merged, before their evidence is joined. */
export function obstaclesBetweenDevelopments(
  from: DevelopmentState,
  into: DevelopmentState,
): MergeObstacle[] {
  if (from.id === into.id) {
    return [{ refusal: 'SAME', text: `"${from.content.slug}" is on both sides. Name two developments.` }];
  }
  const obstacles: MergeObstacle[] = [from, into].flatMap(({ status, content: { slug } }) =>
    status === 'PUBLISHED'
      ? []
      : {
          refusal: 'NOT_PUBLISHED',
          text: `"${slug}" is ${status}. Only published developments can be merged. Publish the draft first, or merge the successor of the retracted one.`,
        },
  );
  const [kind, other] = [kindOf(from.content), kindOf(into.content)];
  if (kind !== other) {
    const text = `"${from.content.slug}" is of the kind ${kind} and "${into.content.slug}" of the kind ${other}. Link them instead.`;
    obstacles.push({ refusal: 'OTHER_DEVELOPMENT_KIND', text });
  }
  return obstacles;
}

/**
 * Returns why a merge cannot revise so many developments.
 *
 * @param found The developments that {@link findLinking} found with a limit above `most`.
 */
export function obstaclesOfLinking(
  slug: string,
  found: readonly AffectedDevelopment[],
  most: number,
): MergeObstacle[] {
  if (found.length <= most) return [];
  const text = `More than ${most} developments link to "${slug}", the most that a merge revises. Merge the other way round, or change some of them first.`;
  return [{ refusal: 'TOO_MANY_DEVELOPMENTS', text }];
}

/** Returns which limits of a development the joined content exceeds. */
export function obstaclesOfEvidence({ slug, citations, claims, links }: DevelopmentContent): MergeObstacle[] {
  const ofOne = Math.max(
    0,
    ...citations.map(({ id }) => claims.filter(({ citationId }) => citationId === id).length),
  );
  const counts = [
    [citations.length, MAX_CITATIONS, 'citations'],
    [claims.length, MAX_CLAIMS, 'claims'],
    [ofOne, MAX_CLAIMS_OF_CITATION, 'claims on one citation'],
    [links.length, MAX_LINKS, 'links'],
  ] as const;
  return counts.flatMap(([count, most, what]) =>
    count <= most
      ? []
      : {
          refusal: 'TOO_MUCH_EVIDENCE',
          text: `"${slug}" would have ${count} ${what}, and a development has at most ${most}. Remove some from either development first.`,
        },
  );
}

/**
 * Finds the developments that link to one of two and are neither, ordered by id. Leaves out those that take no revision any
 * more: retracted developments and discarded drafts.
 *
 * @param limit How many to return at most.
 */
export function findLinking(
  tx: Transaction,
  from: string,
  into: string,
  limit: number,
): Promise<AffectedDevelopment[]> {
  const links = Object.values(LinkRelation).map((relation) => `${relation}:${from}`);
  return read(
    tx,
    sql`
    SELECT it.id::text AS id, it.status::text AS status FROM development AS it
    WHERE it.links && ${links}::text[] AND it.id <> ${into}::uuid AND it.id <> ${from}::uuid
      AND it.status <> 'RETRACTED' AND NOT EXISTS (
        SELECT FROM review WHERE review.development_id = it.id AND review.state = 'DISCARDED' AND it.status = 'DRAFT')
    ORDER BY it.id LIMIT ${limit}`,
  );
}

/**
 * Returns an obstacle for each relation whose links lead from one of the two to either through a third. The merge would
 * close a cycle. It leaves out direct links between the two.
 */
export async function obstaclesOfLinks(
  tx: Transaction,
  from: DevelopmentState,
  into: DevelopmentState,
): Promise<MergeObstacle[]> {
  const both = [from.id, into.id];
  const free = [...MAY_FORM_CYCLES];
  const found = await read<{ relation: string }>(
    tx,
    sql`
    WITH RECURSIVE step (relation, target) AS (
      SELECT split_part(link, ':', 1), split_part(link, ':', 2)::uuid
      FROM development CROSS JOIN LATERAL unnest(links) AS link
      WHERE id = ANY (${both}::uuid[]) AND split_part(link, ':', 2)::uuid <> ALL (${both}::uuid[])
        AND split_part(link, ':', 1) <> ALL (${free}::text[])
      UNION
      SELECT step.relation, split_part(link, ':', 2)::uuid
      FROM step JOIN development ON development.id = step.target CROSS JOIN LATERAL unnest(development.links) AS link
      WHERE step.target <> ALL (${both}::uuid[]) AND split_part(link, ':', 1) = step.relation
    )
    SELECT DISTINCT relation FROM step WHERE target = ANY (${both}::uuid[]) ORDER BY relation`,
  );
  return found.map(({ relation }) => ({
    refusal: 'LINK_CYCLE',
    text: `Links of the relation ${relation} lead from one of "${from.content.slug}" and "${into.content.slug}" to the other through a third. They would form a cycle. Remove one of these links first.`,
  }));
}
