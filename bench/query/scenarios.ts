import { CARD, PEER_CARD, pageOf, peerPageOf } from './card.js';
import { FACETS, facetsOf, PEER_FACETS, peerFacetsOf, sqlFacetsOf } from './facets.js';
import type { QuestionSets } from './questions.js';

/** One kind of query, in the form of each server. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** Selects the queries. */
  readonly asks: keyof QuestionSets;
  readonly ours: string;
  readonly peer: string;
  /** The name of the SQL statement. */
  readonly statement: string;
  /** Normalises the responses for comparison. */
  readonly read: Readonly<Record<'ours' | 'peer' | 'sql', (data: any) => unknown>>;
  /** Fields of Query, or enum values, that our schema must have. */
  readonly needs?: string;
  /** Concurrent clients; fewer for slow queries. */
  readonly connections: number;
}

const aPage = {
  read: { ours: pageOf, peer: peerPageOf, sql: pageOf },
  connections: 8,
};

const PLACE = {
  ours: `query ($after: Cursor) { developments(first: 20, after: $after) { nodes { ${CARD} } } }`,
  peer: `query ($after: Cursor) {
    allDevelopments(first: 20, after: $after, orderBy: [OCCURRED_EARLIEST_DESC, ROW_ID_DESC]) { nodes { ${PEER_CARD} } } }`,
};

const timeline = {
  ours: ({ timeline: buckets }: any) => buckets,
  peer: ({ timelineByMonth }: any) =>
    timelineByMonth.nodes.map(({ month, ...bucket }: any) => ({ from: month, ...bucket })),
  sql: ({ timeline: buckets }: any) => buckets,
};

export const SCENARIOS: readonly Scenario[] = [
  {
    ...aPage,
    ...PLACE,
    name: 'page',
    title: 'nested page of 20, among the newest',
    asks: 'places',
    statement: 'page',
  },
  {
    ...aPage,
    ...PLACE,
    name: 'deep page',
    title: 'nested page of 20, from anywhere in the record',
    asks: 'anywhere',
    statement: 'page',
  },
  {
    ...aPage,
    ...PLACE,
    name: 'page alone',
    title: 'the first nested page, one client alone',
    asks: 'first',
    statement: 'page',
    connections: 1,
  },
  {
    name: 'slug alone',
    title: 'one by slug, one client alone',
    asks: 'slugs',
    ours: `query ($slug: String!) { development(slug: $slug) { ${CARD} } }`,
    // PostGraphile has no field for it, because the slug is a unique index and no constraint.
    peer: `query ($slug: String!) { allDevelopments(first: 1, condition: { slug: $slug }) { nodes { ${PEER_CARD} } } }`,
    statement: 'slug',
    read: {
      ours: ({ development }: any) => development,
      peer: (data: any) => peerPageOf(data)[0],
      sql: ({ development }: any) => development,
    },
    connections: 1,
  },
  {
    ...aPage,
    name: 'participant',
    title: 'filter by participant and year',
    asks: 'parts',
    ours: `query ($actor: String!, $within: String!) {
      developments(first: 20, filter: { participant: { actor: $actor }, occurred: { within: $within } }) {
        nodes { ${CARD} } } }`,
    peer: `query ($actor: String!, $since: Date!, $until: Date!) {
      developmentsWith(actor: $actor, since: $since, until: $until, first: 20) { nodes { ${PEER_CARD} } } }`,
    statement: 'participant',
  },
  {
    ...aPage,
    name: 'search',
    title: 'full-text search, newest first',
    asks: 'words',
    ours: `query ($words: String!) { developments(first: 20, filter: { text: $words }) { nodes { ${CARD} } } }`,
    peer: `query ($words: String!) { search(words: $words, first: 20) { nodes { ${PEER_CARD} } } }`,
    statement: 'search',
    needs: 'RELEVANCE', // Since this value exists, `text` is full-text search.
  },
  {
    ...aPage,
    name: 'relevance',
    title: 'full-text search, most relevant first',
    asks: 'words',
    ours: `query ($words: String!) {
      developments(first: 20, filter: { text: $words }, orderBy: { field: RELEVANCE, direction: DESC }) {
        nodes { ${CARD} } } }`,
    peer: `query ($words: String!) { searchByRelevance(words: $words, first: 20) { nodes { ${PEER_CARD} } } }`,
    statement: 'relevance',
    needs: 'RELEVANCE',
  },
  {
    name: 'timeline',
    title: 'timeline by month, of all',
    asks: 'nothing',
    ours: '{ timeline(interval: MONTH) { from kind count certain } }',
    peer: '{ timelineByMonth { nodes { month kind count certain } } }',
    statement: 'timeline',
    read: timeline,
    connections: 2,
  },
  {
    name: 'facets',
    title: 'facets of a year',
    asks: 'years',
    ours: FACETS,
    peer: PEER_FACETS,
    statement: 'facets',
    read: { ours: facetsOf, peer: peerFacetsOf, sql: sqlFacetsOf },
    needs: 'developmentFacets',
    connections: 2,
  },
  {
    name: 'facets of all',
    title: 'facets of all',
    asks: 'ever',
    ours: FACETS,
    peer: PEER_FACETS,
    statement: 'facets',
    read: { ours: facetsOf, peer: peerFacetsOf, sql: sqlFacetsOf },
    needs: 'developmentFacets',
    connections: 2,
  },
];

/** Repeats the first page, which ours caches. */
export const REPEATED: Scenario = {
  ...aPage,
  ...PLACE,
  name: 'repeated',
  title: 'the same nested page again and again',
  asks: 'first',
  statement: 'page',
};
