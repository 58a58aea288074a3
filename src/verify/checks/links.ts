import { Prisma } from '../../generated/prisma/client.js';
import type { RecordCheck, RevisionCheck } from '../check.js';
import { each } from '../read.js';

/** LINK_RULES: links of one development. */
export const linksAreSound: RevisionCheck = ({ content, developmentId, name }, findings) => {
  if (!content) return;
  const citations = new Set(content.citations.map(({ id }) => id));
  const known = new Set<string>();
  for (const { toId, relation, citationId } of content.links) {
    const link = `${relation} ${toId}`;
    const add = (expected: string, found: string) =>
      findings.add('LINK_RULES', `${name}, link ${link}`, expected, found);
    if (toId === developmentId) add('another development', 'a link to itself');
    if (known.has(link)) add('each link once', 'the link again');
    known.add(link);
    if (citationId !== null && !citations.has(citationId)) {
      add('a citation of the development', `citation ${citationId}`);
    }
  }
};

/**
 * LINK_RULES: cycles in current links of relations that must not have any. A cycle is reported once, for
 * its member with the smallest id.
 *
 * Only links whose ends both have other links can be part of a cycle, and a walk from a start visits only
 * greater ids. Links to older developments, which most are, end at once.
 */
export const linksFormNoCircles: RecordCheck = async (tx, findings) => {
  const circles = each<{ name: string; relation: string }>(
    tx,
    Prisma.sql`
      WITH RECURSIVE link AS MATERIALIZED (
        SELECT id::text AS source, split_part(it, ':', 1) AS relation, split_part(it, ':', 2) AS target
        FROM development CROSS JOIN LATERAL unnest(links) AS it
        WHERE split_part(it, ':', 1) NOT IN ('RESPONDS_TO', 'CONTRADICTS')
      ), inner_link AS MATERIALIZED (
        SELECT DISTINCT source, relation, target FROM link
        WHERE source <> target
          AND (relation, source) IN (SELECT relation, target FROM link)
          AND (relation, target) IN (SELECT relation, source FROM link)
      ), way (relation, start, target) AS (
        SELECT relation, source, target FROM inner_link WHERE target > source
        UNION
        SELECT way.relation, way.start, inner_link.target
        FROM way
        JOIN inner_link ON inner_link.relation = way.relation AND inner_link.source = way.target
        WHERE way.target <> way.start AND inner_link.target >= way.start
      )
      SELECT coalesce(development.slug, way.start) AS name, way.relation
      FROM way LEFT JOIN development ON development.id::text = way.start
      WHERE way.target = way.start
      ORDER BY way.relation, way.start`,
  );
  for await (const { name, relation } of circles) {
    findings.add('LINK_RULES', name, `no cycle of ${relation}`, 'links that lead back to it');
  }
};
