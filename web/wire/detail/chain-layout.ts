import type { ChainData } from '../queries/development.js';

type Node = ChainData['nodes'][number];
type Edge = ChainData['edges'][number];

/** A chain as it is drawn: developments in rows, by date, and each link as an arc between two rows. */
export interface ChainLayout {
  readonly rows: readonly Node[];
  readonly arcs: readonly Arc[];
  /** The links between the rows. */
  readonly edges: readonly Edge[];
}

export interface Arc {
  readonly edge: Edge;
  readonly from: number;
  readonly to: number;
  /** How far it reaches to the side, in units of {@link ROW}. The farther apart its ends, the farther. */
  readonly reach: number;
}

/** The height of a row. */
export const ROW = 76;
/** Where the dots are, and the width of the drawing. */
export const SPINE = 62;
export const WIDTH = 72;

const MAX_ROWS = 30;
const MIN_REACH = 14;

/** Lays out the developments that are nearest to a starting point by links. */
export function layOutChain({ nodes, edges }: ChainData, start: string): ChainLayout {
  const near = nearest(edges, start);
  const rows = nodes.filter(({ slug }) => near.has(slug));
  const indexes = new Map(rows.map(({ slug }, index) => [slug, index]));
  const arcs = edges.flatMap((edge) => {
    const [from, to] = [indexes.get(edge.from.slug), indexes.get(edge.to.slug)];
    if (from === undefined || to === undefined) return [];
    const span = Math.abs(from - to) / Math.max(1, rows.length - 1);
    return [{ edge, from, to, reach: MIN_REACH + span * (SPINE - MIN_REACH - 8) * 1.3 }];
  });
  return { rows, arcs, edges: arcs.map(({ edge }) => edge) };
}

/** Returns the slugs of at most {@link MAX_ROWS} developments, those with the fewest links from the start first. */
function nearest(edges: readonly Edge[], start: string): Set<string> {
  const found = new Set([start]);
  for (const slug of found) {
    for (const { from, to } of edges) {
      if (found.size >= MAX_ROWS) return found;
      if (from.slug === slug) found.add(to.slug);
      if (to.slug === slug) found.add(from.slug);
    }
  }
  return found;
}
