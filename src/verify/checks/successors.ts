import { Prisma } from '../../generated/prisma/client.js';
import type { RecordCheck } from '../check.js';
import { each } from '../read.js';

/**
 * SUCCESSOR: circles of successors, such as two developments retracted in favour of each other. A circle is reported once,
 * for its member with the smallest id. Only retracted developments have a successor, and at most one.
 */
export const successorsFormNoCircles: RecordCheck = async (tx, findings) => {
  const circles = each<{ name: string; way: string }>(
    tx,
    Prisma.sql`
      WITH RECURSIVE successor AS MATERIALIZED (
        SELECT it.id::text AS id, it.slug, newest.snapshot->>'successorId' AS next
        FROM development AS it
        JOIN revision AS newest ON newest.development_id = it.id AND newest.number = it.revision
        WHERE it.status = 'RETRACTED' AND newest.snapshot->>'successorId' IS NOT NULL
      ), inner_successor AS MATERIALIZED (
        SELECT * FROM successor WHERE next IN (SELECT id FROM successor) AND id IN (SELECT next FROM successor)
      ), way (start, next, slugs) AS (
        SELECT id, next, ARRAY[slug] FROM inner_successor
        UNION ALL
        SELECT way.start, it.next, way.slugs || it.slug
        FROM way JOIN inner_successor AS it ON it.id = way.next
        WHERE way.next > way.start AND NOT it.slug = ANY (way.slugs)
      )
      SELECT slugs[1] AS name, array_to_string(slugs || slugs[1], ' → ') AS way
      FROM way WHERE next = start ORDER BY start`,
  );
  for await (const { name, way } of circles) {
    findings.add('SUCCESSOR', name, 'a successor that does not lead back to it', way);
  }
};
