import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { Prisma } from '../../../generated/prisma/client.js';
import { LinkRelation } from '../content/vocabulary.js';
import { type At, type DevelopmentView, rowsAt } from './view.js';

const { sql } = Prisma;

/** What a link in either direction, a shared topic and a shared actor count. */
export const RELATED_POINTS = { link: 4, topic: 2, actor: 1 } as const;
/** How many actors and how many topics of a development are compared: the first ones in the editors' order. */
export const COMPARED = 10;
/** How many developments with each of them are compared on each side of its day: the nearest ones. */
export const COMPARED_DEVELOPMENTS = 25;

/** A development, and how many related ones are asked for. */
export interface RelatedKey {
  readonly view: Pick<DevelopmentView, 'id' | 'content'>;
  readonly first: number;
}

/**
 * Finds the published developments that are related most closely to each development, at a position: linked ones, and those
 * with the same actors and topics. Ordered by points, then by the distance in days, then by id.
 *
 * One SQL statement, which compares at most some thousand rows for each development. Which of those with the same actors
 * and topics are nearest is told by the present record, also for the past.
 */
export async function findRelated(db: Transaction, at: At, keys: readonly RelatedKey[]): Promise<string[][]> {
  const subjects = keys.flatMap(({ view: { content } }, index) => [
    ...distinct(content.participants.map(({ actorId }) => actorId)).map((id) => ({
      index,
      id,
      kind: 'actor',
    })),
    ...distinct(content.topicIds).map((id) => ({ index, id, kind: 'topic' })),
  ]);
  const links = keys.flatMap(({ view }, index) =>
    view.content.links.map(({ toId }) => ({ index, id: toId })),
  );
  const relations = Object.keys(LinkRelation);
  const rows = await read<{ at: number; id: string }>(
    db,
    sql`
    WITH asked AS (
      SELECT * FROM unnest(
        ${keys.map(({ view }) => view.id)}::uuid[], ${keys.map(({ view }) => view.content.occurred.earliest)}::date[],
        ${keys.map(({ first }) => first)}::int[]
      ) WITH ORDINALITY AS asked (id, day, wanted, at)
    ), subject AS (
      SELECT at + 1 AS at, id, kind FROM unnest(
        ${subjects.map(({ index }) => index)}::int[], ${subjects.map(({ id }) => id)}::uuid[],
        ${subjects.map(({ kind }) => kind)}::text[]
      ) AS subject (at, id, kind)
    ), linked AS (
      SELECT at + 1 AS at, id
      FROM unnest(${links.map(({ index }) => index)}::int[], ${links.map(({ id }) => id)}::uuid[]) AS linked (at, id)
      UNION
      SELECT asked.at, it.id
      FROM asked JOIN ${rowsAt(at)} AS it
        ON it.links && ARRAY(SELECT relation || ':' || asked.id FROM unnest(${relations}::text[]) AS relation)
    ), candidate AS (
      SELECT subject.at, near.id FROM subject JOIN asked ON asked.at = subject.at,
      LATERAL (${nearest('<', 'DESC')} UNION ALL ${nearest('>', 'ASC')}) AS near
      UNION
      SELECT at, id FROM linked
    ), scored AS (
      SELECT asked.at, asked.wanted, it.id, abs(it.occurred_earliest - asked.day) AS days,
             ${RELATED_POINTS.link} * (SELECT count(*) FROM linked WHERE linked.at = asked.at AND linked.id = it.id)
             + (SELECT coalesce(sum(CASE WHEN kind = 'topic' THEN ${RELATED_POINTS.topic}::int ELSE ${RELATED_POINTS.actor}::int END), 0)
                FROM subject WHERE subject.at = asked.at
                AND subject.id = ANY (CASE WHEN kind = 'topic' THEN it.topic_ids ELSE it.actor_ids END)) AS points
      FROM candidate JOIN asked ON asked.at = candidate.at JOIN ${rowsAt(at)} AS it ON it.id = candidate.id
      WHERE it.id <> asked.id AND it.status = 'PUBLISHED'
    )
    SELECT it.at::int AS at, it.id::text AS id
    FROM (
      SELECT *, row_number() OVER (PARTITION BY at ORDER BY points DESC, days, id) AS place FROM scored WHERE points > 0
    ) AS it
    WHERE place <= wanted ORDER BY it.at, place`,
  );
  const found: string[][] = keys.map(() => []);
  for (const row of rows) found[row.at - 1]?.push(row.id);
  return found;
}

/** The mentions of a subject that are nearest to a development, on one side of its day. */
const nearest = (comparison: '<' | '>', direction: 'ASC' | 'DESC') => sql`(
  SELECT development_id AS id FROM development_mention
  WHERE subject_id = subject.id AND status = 'PUBLISHED'
    AND (occurred_earliest, development_id) ${Prisma.raw(comparison)} (asked.day, asked.id)
  ORDER BY ${Prisma.raw(`occurred_earliest ${direction}, development_id ${direction}`)}
  LIMIT ${COMPARED_DEVELOPMENTS})`;

const distinct = (ids: readonly string[]) => [...new Set(ids)].slice(0, COMPARED);
