import { CARD } from '../query/card.js';
import { FACETS } from '../query/facets.js';
import { createRandom, type Random } from '../record/random.js';
import { ACTORS, COUNTRIES, SOURCES, TOPICS } from '../record/references.js';
import { rareWord } from '../record/vocabulary.js';

/** The allowed growth from the smallest record to the largest. */
type Growth = 'page or filter' | 'search' | 'count';

/** A query for records of every size. */
export interface Question {
  readonly name: string;
  readonly grows: Growth;
  readonly query: string;
  /** Variables for each turn, the same for every record. */
  variables(random: Random, record: { readonly count: number; readonly deep: string }): object;
  /** The query field or order that the schema must have. */
  readonly needs?: string;
}

const list = (variables: string, args: string) =>
  `query (${variables}) { developments(first: 20${args}) { nodes { ${CARD} } } }`;

const year = (random: Random) => String(random.between(1991, 2024));
const slugOf = (things: readonly { readonly slug: string }[], index: number) => things[index]?.slug;

/** The allowed growth of pages and filters on a record a hundred times as large. */
export const BARS: Readonly<Partial<Record<Growth, number>>> = { 'page or filter': 1.5, search: 2 };

export const FIRST_PAGE = 'page 1';
export const DEEP_PAGE = 'page 10,000';

export const QUESTIONS: readonly Question[] = [
  {
    name: FIRST_PAGE,
    grows: 'page or filter',
    query: `{ developments(first: 20) { nodes { ${CARD} } } }`,
    variables: () => ({}),
  },
  {
    name: DEEP_PAGE,
    grows: 'page or filter',
    query: list('$after: Cursor', ', after: $after'),
    variables: (_random, { deep }) => ({ after: deep }),
  },
  {
    name: 'one kind, oldest first',
    grows: 'page or filter',
    query: list('', ', orderBy: { field: EARLIEST, direction: ASC }, filter: { kind: [STATEMENT] }').replace(
      ' ()',
      '',
    ),
    variables: () => ({}),
  },
  {
    name: 'frequent participant and year',
    grows: 'page or filter',
    query: list(
      '$actor: String!, $within: String!',
      ', filter: { participant: { actor: $actor }, occurred: { within: $within } }',
    ),
    variables: (random) => ({ actor: slugOf(ACTORS, random.between(0, 5)), within: year(random) }),
  },
  {
    name: 'rare participant',
    grows: 'page or filter',
    query: list('$actor: String!', ', filter: { participant: { actor: $actor } }'),
    variables: (random) => ({ actor: slugOf(ACTORS, random.between(900, 1_000)) }),
  },
  {
    name: 'country and year',
    grows: 'page or filter',
    query: list(
      '$country: String!, $within: String!',
      ', filter: { country: [$country], occurred: { within: $within } }',
    ),
    variables: (random) => ({ country: random.pick(COUNTRIES), within: year(random) }),
  },
  {
    name: 'topic, oldest first',
    grows: 'page or filter',
    query: list(
      '$topic: String!',
      ', filter: { topic: [$topic] }, orderBy: { field: EARLIEST, direction: ASC }',
    ),
    variables: (random) => ({ topic: slugOf(TOPICS, random.between(0, TOPICS.length - 1)) }),
  },
  {
    name: 'source',
    grows: 'page or filter',
    query: list('$source: String!', ', filter: { source: [$source] }'),
    variables: (random) => ({ source: slugOf(SOURCES, random.between(0, SOURCES.length - 1)) }),
  },
  {
    name: 'last recorded',
    grows: 'page or filter',
    query: list('', ', orderBy: { field: RECORDED, direction: DESC }').replace(' ()', ''),
    variables: () => ({}),
  },
  {
    name: 'one by slug',
    grows: 'page or filter',
    query: `query ($slug: String!) { development(slug: $slug) { ${CARD} } }`,
    variables: (random, { count }) => ({ slug: `generated-${random.between(0, count - 1)}` }),
  },
  {
    name: 'search: rare word',
    grows: 'search',
    query: list('$text: String!', ', filter: { text: $text }'),
    variables: (random) => ({ text: rareWord(random.between(1_000, 1_100)) }),
    needs: 'RELEVANCE',
  },
  {
    name: 'search: frequent word',
    grows: 'search',
    query: list('$text: String!', ', filter: { text: $text }'),
    variables: (random) => ({ text: random.pick(['missile', 'treaty', 'exercise', 'parliament']) }),
    needs: 'RELEVANCE',
  },
  {
    name: 'search: two words, by relevance',
    grows: 'search',
    query: list(
      '$text: String!',
      ', filter: { text: $text }, orderBy: { field: RELEVANCE, direction: DESC }',
    ),
    variables: (random) => ({
      text: `${rareWord(random.between(0, 30))} ${random.pick(['missile', 'treaty', 'exercise'])}`,
    }),
    needs: 'RELEVANCE',
  },
  {
    name: 'search: frequent word, by relevance',
    grows: 'search',
    query: list(
      '$text: String!',
      ', filter: { text: $text }, orderBy: { field: RELEVANCE, direction: DESC }',
    ),
    variables: (random) => ({ text: random.pick(['missile', 'treaty', 'exercise', 'parliament']) }),
    needs: 'RELEVANCE',
  },
  {
    name: 'totalCount of a topic',
    grows: 'count',
    query: 'query ($topic: String!) { developments(filter: { topic: [$topic] }) { totalCount } }',
    variables: (random) => ({ topic: slugOf(TOPICS, random.between(0, TOPICS.length - 1)) }),
  },
  {
    name: 'timeline by month, of all',
    grows: 'count',
    query: '{ timeline(interval: MONTH) { from kind count certain } }',
    variables: () => ({}),
  },
  {
    name: 'facets of a year',
    grows: 'count',
    query: FACETS,
    variables: (random) => ({ within: year(random) }),
    needs: 'developmentFacets',
  },
  {
    name: 'facets of all',
    grows: 'count',
    query: FACETS,
    variables: () => ({ within: '1990/2025' }),
    needs: 'developmentFacets',
  },
];

/** Returns the variables of a turn, the same for every record. */
export const variablesOf = (
  question: Question,
  turn: number,
  record: { count: number; deep: string },
): object => question.variables(createRandom(51, turn), record);
