/** How many values of each facet are asked for. */
export const MOST = 20;

/** The facets by the names of ours, each with the name that the function has for it. */
const NAMES: Readonly<Record<string, string>> = {
  kinds: 'kind',
  eventTypes: 'eventType',
  changeTypes: 'changeType',
  participants: 'participant',
  countries: 'country',
  topics: 'topic',
  treaties: 'treaty',
  weaponSystems: 'weaponSystem',
  sources: 'source',
  disputed: 'disputed',
};

export const FACETS = `query ($within: String!) {
  developmentFacets(first: ${MOST}, filter: { occurred: { within: $within } }) {
    kinds { kind count } eventTypes { eventType count } changeTypes { changeType count }
    participants { actor { slug } count } countries { country count } topics { topic { slug } count }
    treaties { treaty { slug } count } weaponSystems { weaponSystem { slug } count }
    sources { source { slug } count } disputed { disputed count } } }`;

export const PEER_FACETS = `query ($since: Date!, $until: Date!, $most: Int!) {
  facets(since: $since, until: $until, most: $most) { nodes { facet value count } } }`;

interface Bucket {
  readonly facet: string;
  readonly value: string;
  readonly count: number;
}

/** Ours: a list of buckets for each facet, each with a count and with what is counted. */
export function facetsOf({ developmentFacets }: any): unknown {
  return compared(
    Object.entries<any[]>(developmentFacets).flatMap(([name, buckets]) =>
      buckets.map(({ count, ...what }) => {
        const [value] = Object.values<any>(what);
        return { facet: NAMES[name] ?? name, value: String(value?.slug ?? value), count };
      }),
    ),
  );
}

export const peerFacetsOf = ({ facets }: any): unknown => compared(facets.nodes);
export const sqlFacetsOf = ({ facets }: any): unknown => compared(facets);

/**
 * The counts of each facet, and the values in the order of their counts. Of those that share the last
 * count of a full facet any may be there, so they are left out.
 */
function compared(buckets: readonly Bucket[]): unknown {
  return Object.values(NAMES).map((facet) => {
    const own = buckets
      .filter((bucket) => bucket.facet === facet)
      .sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1));
    const last = own.length < MOST ? 0 : own.at(-1)?.count;
    return {
      facet,
      counts: own.map(({ count }) => count),
      values: own.filter(({ count }) => count !== last).map(({ value }) => value),
    };
  });
}
