import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { Prisma } from '../../../generated/prisma/client.js';
import type { LinkRelation } from '../content/vocabulary.js';
import { LinkCycleError } from '../errors.js';

/** A link that is not written yet. */
export interface PlannedLink {
  readonly relation: LinkRelation;
  readonly fromId: string;
  readonly toId: string;
}

/** Two developments can respond to or contradict each other. */
export const MAY_FORM_CYCLES: ReadonlySet<LinkRelation> = new Set(['RESPONDS_TO', 'CONTRADICTS']);

/**
 * Refuses a link that would close a cycle of one relation, including drafts and retracted developments.
 *
 * Takes an advisory lock: two concurrent writers could otherwise close a cycle from both ends, each without
 * seeing the other's link.
 *
 * @param planned Links that the transaction is going to write.
 * @throws {LinkCycleError} With the shortest path from `toId` back to `fromId`.
 */
export async function refuseCycle(
  tx: Transaction,
  relation: LinkRelation,
  fromId: string,
  toId: string,
  planned: readonly PlannedLink[] = [],
): Promise<void> {
  if (MAY_FORM_CYCLES.has(relation)) return;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('doctrine-wire links'))`;
  const own = planned.filter((link) => link.relation === relation);
  const steps = await read<Step>(
    tx,
    Prisma.sql`
    WITH RECURSIVE step (source, target) AS (
      SELECT NULL::uuid, ${toId}::uuid
      UNION
      SELECT step.target, next.target
      FROM step
      CROSS JOIN LATERAL (
        SELECT split_part(link, ':', 2)::uuid AS target
        FROM development CROSS JOIN LATERAL unnest(development.links) AS link
        WHERE development.id = step.target AND split_part(link, ':', 1) = ${relation}
        UNION ALL
        SELECT planned.target
        FROM unnest(${own.map((link) => link.fromId)}::uuid[], ${own.map((link) => link.toId)}::uuid[]) AS planned (source, target)
        WHERE planned.source = step.target
      ) AS next
      WHERE step.target <> ${fromId}::uuid
    )
    SELECT step.source::text AS source, step.target::text AS target, development.slug
    FROM step
    JOIN development ON development.id = step.target
    WHERE EXISTS (SELECT FROM step AS last WHERE last.target = ${fromId}::uuid)
    ORDER BY step.target, step.source`,
  );
  if (steps.length > 0) throw new LinkCycleError(relation, pathBack(steps, fromId, toId));
}

/** A link of the relation. The first step has no source. The slug is the target's. */
interface Step {
  readonly source: string | null;
  readonly target: string;
  readonly slug: string;
}

/** Returns the slugs along the shortest path in the steps. */
function pathBack(steps: readonly Step[], fromId: string, toId: string): string[] {
  const slugs = new Map(steps.map(({ target, slug }) => [target, slug]));
  const ways = new Map([[toId, [slugs.get(toId) ?? toId]]]);
  // A map also iterates over entries that are added meanwhile, so this is a breadth-first search.
  for (const [id, way] of ways) {
    if (id === fromId) return way;
    for (const { source, target, slug } of steps) {
      if (source === id && !ways.has(target)) ways.set(target, [...way, slug]);
    }
  }
  return [];
}
