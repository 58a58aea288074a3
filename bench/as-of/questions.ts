/** Queries for the present and the past: the same document with and without `asOf`. */
export interface Question {
  readonly name: string;
  readonly query: string;
}

const CARD = `slug headline occurred { text } confidence disputed
  participants { role actor { name } } topics { name } citations { credibility source { title publisher reliability } }`;

const list = (fields: string, args = '') =>
  `query ($asOf: AsOf) { developments(asOf: $asOf${args}) { ${fields} } }`;

export const QUESTIONS: readonly Question[] = [
  { name: 'page of 20, nested', query: list(`nodes { ${CARD} }`, ', first: 20') },
  {
    name: 'filter: frequent actor and dates',
    query: list(
      `nodes { ${CARD} }`,
      ', first: 20, filter: { participant: { actor: "actor-3" }, occurred: { within: "2000/2010" } }',
    ),
  },
  {
    name: 'filter: rare actor',
    query: list(`nodes { ${CARD} }`, ', first: 20, filter: { participant: { actor: "actor-333" } }'),
  },
  {
    name: 'filter: topic, oldest first',
    query: list(
      `nodes { ${CARD} }`,
      ', first: 20, filter: { topic: "topic-30" }, orderBy: { field: EARLIEST, direction: ASC }',
    ),
  },
  {
    name: 'filter: source',
    query: list(`nodes { ${CARD} }`, ', first: 20, filter: { source: "source-77" }'),
  },
  {
    name: 'filter: a word',
    query: list(`nodes { ${CARD} }`, ', first: 20, filter: { text: "generated 777" }'),
  },
  { name: 'totalCount', query: list('totalCount') },
  {
    name: 'totalCount of a filter',
    query: list(
      'totalCount',
      ', filter: { topic: "topic-3", occurred: { within: "2000/2010", certainty: CERTAIN } }',
    ),
  },
  {
    name: 'timeline by month',
    query: 'query ($asOf: AsOf) { timeline(interval: MONTH, asOf: $asOf) { from kind count certain } }',
  },
  {
    name: 'one by slug',
    query: `query ($asOf: AsOf) { development(slug: "generated-4711", asOf: $asOf) { ${CARD} } }`,
  },
];
