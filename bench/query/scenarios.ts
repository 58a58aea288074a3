import { CARD, PEER_CARD, pageOf, peerPageOf } from './card.js';
import { FACETS, facetsOf, PEER_FACETS, peerFacetsOf, sqlFacetsOf } from './facets.js';
import type { QuestionSets } from './questions.js';

/** One kind of question, as each server is asked it. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** Which of the questions are asked. */
  readonly asks: keyof QuestionSets;
  readonly ours: string;
  readonly peer: string;
  /** The name of the statement that answers it in SQL. */
  readonly statement: string;
  /** What the answers come to, in one form. */
  readonly read: Readonly<Record<'ours' | 'peer' | 'sql', (data: any) => unknown>>;
  /** The fields of Query, or the values of an enum, without which ours cannot be asked. */
  readonly needs?: string;
  /** Clients at once; fewer, where one answer takes long. */
  readonly connections: number;
}

const aPage = {
  read: { ours: pageOf, peer: peerPageOf, sql: pageOf },
  connections: 8,
};

const PLACE = {
  ours: `query ($after: String) { developments(first: 20, after: $after) { nodes { ${CARD} } } }`,
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
    needs: 'RELEVANCE', // Text means full-text search from then on.
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

/** The same page over and over, which ours keeps: the first page of the record. */
export const REPEATED: Scenario = {
  ...aPage,
  ...PLACE,
  name: 'repeated',
  title: 'the same nested page again and again',
  asks: 'first',
  statement: 'page',
};
