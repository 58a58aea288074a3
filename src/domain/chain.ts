import type { Transaction } from '../database/open.js';
import { Prisma } from '../generated/prisma/client.js';
import type { Viewer } from './access.js';
import type { LinkContent } from './development/content/content.js';
import { LinkRelation } from './development/content/vocabulary.js';
import { type At, type DevelopmentView, isVisible, readViews, rowsAt } from './development/read/view.js';
import { BadArgumentError } from './errors.js';

/** The direction in which links are followed. */
type Direction = 'OUT' | 'IN';

export interface ChainOptions {
  /** Both by default. */
  readonly direction?: Direction | null | undefined;
  /** All by default. */
  readonly relations?: readonly LinkRelation[] | null | undefined;
  /** The maximum number of links from the start, 1 to {@link MAX_DEPTH}. */
  readonly depth: number;
}

/** The developments connected to a start by links, and the links among them. */
export interface Chain {
  /** Includes the start. Ordered by earliest day, latest day and id. */
  readonly nodes: readonly DevelopmentView[];
  /** Ordered like the nodes they start from, then in the editors' order. */
  readonly edges: readonly ChainEdge[];
  /** False if there are more than {@link MAX_NODES} developments; then the nearest are returned. */
  readonly isComplete: boolean;
}

interface ChainEdge {
  readonly link: LinkContent;
  readonly from: DevelopmentView;
  readonly to: DevelopmentView;
}

export const MAX_DEPTH = 10;
export const MAX_NODES = 500;

/** Maximum number of steps: developments are visited once for each path. */
const MAX_STEPS = 20 * MAX_NODES;

/**
 * Follows links from a development, nearest first, and returns each development once. One recursive SQL
 * statement.
 *
 * @throws {BadArgumentError} For a depth out of range.
 */
export async function walkChain(
  db: Transaction,
  viewer: Viewer,
  { id, at }: Pick<DevelopmentView, 'id' | 'at'>,
  { direction, relations, depth }: ChainOptions,
): Promise<Chain> {
  if (depth < 1 || depth > MAX_DEPTH) {
    throw new BadArgumentError('depth', `Expected depth from 1 to ${MAX_DEPTH}; got ${depth}.`);
  }
  const wanted = relations?.length ? relations : Object.values(LinkRelation);
  const found = await readViews(db, at, nearest(viewer, id, at, direction, wanted, depth));
  const isComplete = found.length <= MAX_NODES;
  const nodes = found.slice(0, MAX_NODES).sort(byTime);
  return { nodes, edges: edgesAmong(nodes, wanted), isComplete };
}

const { sql } = Prisma;

/** Selects the rows, one more than the maximum. Breadth first, so the nearest come first. */
function nearest(
  viewer: Viewer,
  id: string,
  at: At,
  direction: ChainOptions['direction'],
  relations: readonly LinkRelation[],
  depth: number,
): Prisma.Sql {
  const steps = [
    ...(direction === 'IN' ? [] : [stepOut(at, relations)]),
    ...(direction === 'OUT' ? [] : [stepIn(at, relations)]),
  ];
  return sql`
    WITH RECURSIVE walk (id, depth) AS (
      SELECT ${id}::uuid, 0
      UNION
      SELECT it.id, walk.depth + 1
      FROM walk, LATERAL (${Prisma.join(steps, ' UNION ALL ')}) AS next, ${rowsAt(at)} AS it
      WHERE walk.depth < ${depth} AND it.id = next.id AND ${isVisible(viewer)}
    )
    SELECT it.* FROM ${rowsAt(at)} AS it
    JOIN (SELECT id, min(depth) AS depth FROM (SELECT * FROM walk LIMIT ${MAX_STEPS}) AS step GROUP BY id) AS near
      ON near.id = it.id
    ORDER BY near.depth, it.id
    LIMIT ${MAX_NODES + 1}`;
}

const stepOut = (at: At, relations: readonly LinkRelation[]) => sql`
  SELECT split_part(link, ':', 2)::uuid AS id FROM ${rowsAt(at)} AS it, unnest(it.links) AS link
  WHERE it.id = walk.id AND split_part(link, ':', 1) = ANY (${[...relations]}::text[])`;

function stepIn(at: At, relations: readonly LinkRelation[]): Prisma.Sql {
  if (relations.length === 0) return sql`SELECT NULL::uuid AS id WHERE false`;
  const links = relations.map((relation) => sql`${`${relation}:`} || walk.id::text`);
  return sql`SELECT it.id FROM ${rowsAt(at)} AS it WHERE it.links && ARRAY[${Prisma.join(links)}]`;
}

function byTime(one: DevelopmentView, other: DevelopmentView): number {
  const [a, b] = [one.content.occurred, other.content.occurred];
  return compare(a.earliest, b.earliest) || compare(a.latest, b.latest) || compare(one.id, other.id);
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function edgesAmong(nodes: readonly DevelopmentView[], relations: readonly LinkRelation[]): ChainEdge[] {
  const known = new Map(nodes.map((node) => [node.id, node]));
  return nodes.flatMap((from) =>
    from.content.links.flatMap((link) => {
      const to = known.get(link.toId);
      return to && relations.includes(link.relation) ? [{ link, from, to }] : [];
    }),
  );
}
