/** Values of each facet. */
export const MOST = 20;

export const FACETS = `query ($within: String!) {
  developmentFacets(first: ${MOST}, filter: { occurred: { within: $within } }) {
    kind { values { kind count } } eventType { values { eventType count } }
    changeType { values { changeType count } } disputed { values { disputed count } }
    participant { values { actor { slug } count } } country { values { country count } }
    topic { values { topic { slug } count } } treaty { values { treaty { slug } count } }
    weaponSystem { values { weaponSystem { slug } count } } source { values { source { slug } count } } } }`;

export const PEER_FACETS = `query ($since: Date!, $until: Date!, $most: Int!) {
  facets(since: $since, until: $until, most: $most) { nodes { facet value count } } }`;

interface Bucket {
  readonly facet: string;
  readonly value: string;
  readonly count: number;
}

/** Our facets: the values, each with its count and what it counts. */
export function facetsOf({ developmentFacets }: any): unknown {
  return byFacet(
    Object.entries<any>(developmentFacets).flatMap(([facet, { values }]) =>
      values.map(({ count, ...what }: any) => {
        const [value] = Object.values<any>(what);
        return { facet, value: String(value.slug ?? value), count };
      }),
    ),
  );
}

export const peerFacetsOf = ({ facets }: any): unknown => byFacet(facets.nodes);
export const sqlFacetsOf = ({ facets }: any): unknown => byFacet(facets);

/** Returns the values and counts of each facet, in order. */
function byFacet(buckets: readonly Bucket[]): Readonly<Record<string, readonly string[]>> {
  const facets: Record<string, string[]> = {};
  for (const { facet, value, count } of buckets) {
    facets[facet] ??= [];
    facets[facet].push(`${value}: ${count}`);
  }
  return facets;
}
