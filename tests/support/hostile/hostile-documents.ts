/** A request that must be refused over HTTP and WebSocket. */
export interface HostileDocument {
  readonly query: string;
  readonly variables?: object;
  readonly operationName?: string;
  /** The code of the refusal. By default, any code that a client can act on. */
  readonly code?: string;
}

const many = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => make(i)).join(' ');
const nest = (count: number, open: string, inner: string, close: string) =>
  `${open.repeat(count)}${inner}${close.repeat(count)}`;

const SLUG = 'inf-moratorium-ends-2025';
const ofDevelopment = (selection: string) => `{ development(slug: "${SLUG}") { ${selection} } }`;
const pageOf = (selection: string) => `{ developments(first: 1) { nodes { ${selection} } } }`;
/** Nests interfaces, with twice as many fields on each level. */
const bothWays = (levels: number): string =>
  levels === 0 ? 'slug' : `links { to { ${bothWays(levels - 1)} } from { ${bothWays(levels - 1)} } }`;
const filtered = (filter: string) => `{ developments(filter: ${filter}) { totalCount } }`;
const LIMIT = { code: 'LIMIT_EXCEEDED' };
const INPUT = { code: 'BAD_USER_INPUT' };
const FILTER = 'query ($filter: DevelopmentFilter) { developments(filter: $filter) { totalCount } }';

const deepFilter = (levels: number) => {
  let filter: object = {};
  for (let level = 0; level < levels; level += 1) filter = { not: filter };
  return filter;
};

/** Each fragment spreads the next twice, so that the last would be reached 2³⁰ times. */
const doubling = (on: string, spread: (next: string) => string, last: string) =>
  `${many(30, (i) => `fragment F${i} on ${on} { ${spread(`F${i + 1}`)} }`)} fragment F30 on ${on} { ${last} }`;

const introspect = (levels: number) =>
  `{ __schema { types { ${nest(levels, 'fields { type { ', 'name', '} } ')} } } }`;

export const DOCUMENTS: Record<string, HostileDocument> = {
  // Nesting
  'fields nested 50 deep': { query: ofDevelopment(nest(25, 'links { to { ', 'slug', '} } ')), ...LIMIT },
  'fields nested 5,000 deep': {
    query: ofDevelopment(nest(2_500, 'links { to { ', 'slug', '} } ')),
    ...LIMIT,
  },
  'unknown fields nested 1,000 deep': { query: nest(1_000, '{ a ', '', '}') },
  'lists nested 900 deep': { query: filtered(`{ topic: ${nest(900, '[', '', ']')} }`) },
  'lists nested 5,000 deep': { query: filtered(`{ topic: ${nest(5_000, '[', '', ']')} }`), ...LIMIT },
  'objects nested 450 deep': { query: filtered(nest(450, '{ not: ', '{}', '}')) },
  'objects nested 1,900 deep': { query: filtered(nest(1_900, '{ not: ', '{}', '}')), ...LIMIT },
  'a default value nested 450 deep': {
    query: `query ($f: DevelopmentFilter = ${nest(450, '{ not: ', '{}', '}')}) { developments(filter: $f) { totalCount } }`,
  },
  'a type nested 900 deep': { query: `query ($x: ${nest(900, '[', 'Int', ']')}) { __typename }` },
  'inline fragments nested 600 deep': { query: nest(600, '{ ... ', '{ __typename }', '}') },
  'inline fragments nested 1,500 deep': { query: nest(1_500, '{ ... ', '{ __typename }', '}'), ...LIMIT },
  '10,000 open braces': { query: '{'.repeat(10_000) },
  '10,000 open brackets': { query: `{ a(b: ${'['.repeat(10_000)}` },
  'variables nested 400 deep': { query: FILTER, variables: { filter: deepFilter(400) }, ...LIMIT },

  // Fields that validation compares pairwise
  '480 fields of the same name': { query: pageOf(many(480, () => 'topics { slug }')), ...LIMIT },
  '150 links to the same fields': { query: pageOf(many(150, () => 'links { to { slug id } }')), ...LIMIT },
  '150 fragments on the same selection': {
    query: `${pageOf(many(150, (i) => `...F${i}`))} ${many(150, (i) => `fragment F${i} on Development { slug id }`)}`,
    ...LIMIT,
  },
  'fields of the same name within those of the same name': {
    query: pageOf(many(22, () => `topics { ${many(22, () => 'slug')} }`) + many(80, () => ' topics { id }')),
    ...LIMIT,
  },
  'links in both directions 8 deep': { query: pageOf(bothWays(8)), ...LIMIT },

  // Numbers
  '150 aliases': { query: `{ ${many(150, (i) => `a${i}: feedHead`)} }`, ...LIMIT },
  '1,000 aliases': { query: `{ ${many(1_000, (i) => `a${i}: feedHead`)} }`, ...LIMIT },
  '600 aliases of __typename': { query: `{ ${many(600, (i) => `a${i}: __typename`)} }`, ...LIMIT },
  '1,000 aliases of __typename': { query: `{ ${many(1_000, (i) => `a${i}: __typename`)} }`, ...LIMIT },
  '150 aliases in a list': {
    query: `{ developments(first: 100) { nodes { ${many(150, (i) => `a${i}: slug`)} } } }`,
    ...LIMIT,
  },
  '200 directives': { query: `{ ${many(200, () => '__typename @skip(if: false)')} }`, ...LIMIT },
  '1,000 directives': { query: `{ __typename ${many(1_000, () => '@skip(if: false)')} }`, ...LIMIT },
  '900 unknown directives': { query: `{ __typename ${many(900, () => '@a')} }` },
  '5,000 operations': {
    query: many(5_000, (i) => `query Q${i} { __typename }`),
    operationName: 'Q1',
    ...LIMIT,
  },
  '300 operations of one name': { query: many(300, () => 'query Q { __typename }'), operationName: 'Q' },
  '300 operations and no name': { query: many(300, (i) => `query Q${i} { __typename }`) },
  '1,500 unknown fields': { query: `{ ${many(1_500, (i) => `developmentz${i}`)} }` },
  '300 variables of one name': { query: `query (${many(300, () => '$a: Int')}) { __typename }` },
  '300 unused variables': { query: `query (${many(300, (i) => `$a${i}: Int`)}) { __typename }` },
  '300 undefined variables': { query: `{ nodes(ids: [${many(300, (i) => `$a${i}`)}]) { id } }` },
  '5,000 ids': {
    query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
    variables: { ids: Array(5_000).fill('U3RhdGVtZW50OjA=') },
    ...LIMIT,
  },
  '5,000 parts of a filter': {
    query: FILTER,
    variables: { filter: { or: Array(5_000).fill({}) } },
    ...LIMIT,
  },
  'the fields of all types under 40 aliases': {
    query: `{ __schema { types { ${many(40, (i) => `a${i}: fields { name description args { name } }`)} } } }`,
    ...LIMIT,
  },
  'the schema 15 times': {
    query: `{ ${many(15, (i) => `a${i}: __schema { ...S }`)} } fragment S on __Schema { types { name fields { name args { name type { name } } } } }`,
    ...LIMIT,
  },

  'the schema 20 times': {
    query: `{ ${many(20, (i) => `a${i}: __schema { types { name fields { name args { name type { name } } type { name } } } }`)} }`,
    ...LIMIT,
  },
  'a topic 8,000 times': {
    query: FILTER,
    variables: { filter: { topic: Array(8_000).fill('intermediate-range-missiles') } },
    ...LIMIT,
  },
  '8,000 unknown topics': {
    query: FILTER,
    variables: { filter: { topic: Array.from({ length: 8_000 }, (_, i) => `topic-${i}`) } },
    ...LIMIT,
  },
  // Fragments
  'a fragment that spreads itself': { query: 'query { ...A } fragment A on Query { ...A }' },
  'fragments in a cycle': {
    query: `query { ...A } fragment A on Query { ...B } fragment B on Query { x: __typename ...C } fragment C on Query { ...A }`,
  },
  'a fragment that spreads itself one level down': {
    query: `{ development(slug: "${SLUG}") { ...A } } fragment A on Development { links { to { ...A } } }`,
  },
  'an unused cycle of fragments': {
    query: '{ __typename } fragment A on Query { ...B } fragment B on Query { ...A }',
  },
  'fragments that double 30 times': {
    query: `{ ...F0 } ${doubling('Query', (next) => `...${next} ...${next}`, 'feedHead')}`,
  },
  'fragments that double 30 times under aliases': {
    query: `{ development(slug: "${SLUG}") { ...F0 } } ${doubling(
      'Development',
      (next) => `a: links { to { ...${next} } } b: links { to { ...${next} } }`,
      'slug',
    )}`,
    ...LIMIT,
  },
  'fragments that each spread all later ones': {
    query: `{ ...F0 } ${many(38, (i) => `fragment F${i} on Query { ${many(38 - i, (j) => `...F${i + j + 1}`)} }`)} fragment F38 on Query { a: feedHead }`,
  },
  'a chain of 1,000 fragments': {
    query: `{ ...F0 } ${many(1_000, (i) => `fragment F${i} on Query { ...F${i + 1} }`)} fragment F1000 on Query { feedHead }`,
    ...LIMIT,
  },
  '200 unused fragments': {
    query: `{ feedHead } ${many(200, (i) => `fragment F${i} on Query { feedHead }`)}`,
  },
  '80,000 fields of one name': { query: `{ ${'x '.repeat(80_000)} }`, ...LIMIT },
  '160 lists of one name': {
    query: `{ ${many(160, () => 'developments { nodes { topics { name } } }')} }`,
    ...LIMIT,
  },
  '240 fragments that differ in one field': {
    query: ofDevelopment(
      many(240, (i) => `... on ${i % 2 ? 'Event' : 'Statement'} { a: ${i % 3 ? 'slug' : 'revision'} }`),
    ),
  },

  // Expensive answers
  'a page of a million': { query: '{ developments(first: 1000000) { totalCount } }' },
  'pages in pages': {
    query:
      '{ developments(first: 100) { nodes { citations { source { developments(first: 100) { nodes { citations { source { developments(first: 100) { nodes { slug } } } } } } } } } } }',
    ...LIMIT,
  },
  '20 long chains': {
    query: `{ ${many(20, (i) => `a${i}: chain(slug: "${SLUG}", depth: 10) { nodes { citations { source { developments(first: 100) { nodes { slug } } } } } }`)} }`,
    ...LIMIT,
  },
  'types of fields of types': { query: introspect(40) },
  'types of fields of types, within the depth': { query: introspect(5) },
  'a subscription with 1,000 aliases': {
    query: `subscription { feed { ${many(1_000, (i) => `a${i}: __typename`)} } }`,
    ...LIMIT,
  },
  'a subscription with 150 aliases': {
    query: `subscription { feed { ${many(150, (i) => `a${i}: __typename`)} } }`,
    ...LIMIT,
  },
  'a subscription to fields nested 50 deep': {
    query: `subscription { developmentPublished { ${nest(25, 'links { to { ', 'slug', '} } ')} } }`,
    ...LIMIT,
  },
  'a subscription whose items cost too much': {
    query:
      'subscription { developmentPublished { citations { source { developments(first: 100) { nodes { citations { source { developments(first: 100) { nodes { slug } } } } } } } } } }',
    ...LIMIT,
  },

  // Texts
  'an empty document': { query: '' },
  'a NUL character': { query: '{ feedHead \u0000 }' },
  'a NUL character in a string': { query: '{ topic(slug: "a\\u0000b") { id } }' },
  'half of a surrogate pair': { query: '{ topic(slug: "\\ud800") { id } }' },
  'a string of 200,000 characters': { query: `{ topic(slug: "${'a'.repeat(200_000)}") { id } }`, ...LIMIT },
  'a block string of 50,000 lines': { query: filtered(`{ text: """${'\n a'.repeat(50_000)}""" }`), ...LIMIT },
  'an unterminated string': { query: `{ topic(slug: "${'a'.repeat(200_000)}` },
  'a name of 200,000 characters': { query: `{ ${'a'.repeat(200_000)} }` },
  'a number of 200,000 digits': { query: `{ developments(first: ${'9'.repeat(200_000)}) { totalCount } }` },
  'a cursor of 60,000 characters': {
    query: `{ developments(after: "${'A'.repeat(60_000)}") { totalCount } }`,
    ...INPUT,
  },
  'an invalid cursor': { query: '{ developments(after: "garbage") { totalCount } }', ...INPUT },
  'a feed cursor for a list': {
    query: '{ topics(after: "ZmVlZDox") { totalCount } }',
    ...INPUT,
  },
  'an invalid id': { query: '{ node(id: "garbage") { id } }', ...INPUT },
  'an invalid feed cursor': {
    query: 'subscription { feed(after: "garbage") { __typename } }',
    ...INPUT,
  },
};

/** Expensive requests that the server must still answer in time, with data or a refusal. */
export const HEAVY: Record<string, HostileDocument> = {
  'links in both directions 4 deep': { query: pageOf(bothWays(4)) },
  'links in both directions 6 deep, in fragments': {
    query: `${pageOf('...F0')} ${many(6, (i) => `fragment F${i} on Development { links { to { ...F${i + 1} } from { ...F${i + 1} } } }`)} fragment F6 on Development { slug }`,
  },
  '100 aliases of lists': { query: pageOf(many(100, (i) => `a${i}: topics { slug name }`)) },
  '60 large fragments': {
    query: `${pageOf(many(60, (i) => `...F${i}`))} ${many(60, (i) => `fragment F${i} on Development { slug headline summary confidence }`)}`,
  },
  'ofType 50 deep': { query: `{ __schema { types { ${nest(50, 'ofType { ', 'name', '} ')} } } }` },
  'a chain of 200 fragments': {
    query: `{ ...F0 } ${many(200, (i) => `fragment F${i} on Query { ...F${i + 1} }`)} fragment F200 on Query { feedHead }`,
  },
  '15 negated conditions in each of 6 alternatives': {
    query: FILTER,
    variables: {
      filter: {
        or: Array.from({ length: 6 }, (_, i) => ({
          and: Array.from({ length: 15 }, (_, j) => ({
            not: { text: `word${i} missile ${j}`, country: ['RU', 'US'] },
          })),
        })),
      },
    },
  },
};

const FIELDS =
  'slug headline summary confidence status disputed occurred { edtf earliest latest precision text } topics { slug name } ' +
  'citations { source { slug title } } participants { role actor { slug name } } revisions { nodes { number } }';
const pagesOf = (count: number, selection: string) =>
  `{ ${many(count, (i) => `a${i}: developments(first: 100) { nodes { ${selection} } }`)} }`;

/** The documents within all limits that keep a server busiest, by kind. */
export const WORST: Record<string, readonly HostileDocument[]> = {
  'nested interfaces': [{ query: pageOf(bothWays(4)) }, { query: pageOf(bothWays(6)) }],
  aliases: [
    { query: pagesOf(19, 'slug headline summary confidence status') },
    {
      query: pagesOf(
        1,
        many(99, (i) => `b${i}: headline`),
      ),
    },
  ],
  'large fragments': [
    {
      query: `${pageOf(many(60, (i) => `...F${i}`))} ${many(60, (i) => `fragment F${i} on Development { slug headline summary confidence }`)}`,
    },
    { query: pageOf(many(240, (i) => `... on ${i % 2 ? 'Event' : 'Statement'} { slug id }`)) },
  ],
  'deep and wide variables': [
    { query: FILTER, variables: { filter: deepFilter(95) } },
    { query: FILTER, variables: { filter: { or: Array(1_900).fill({}) } } },
  ],
  'big pages': [
    { query: pagesOf(4, FIELDS) },
    {
      query: pagesOf(1, 'citations { source { developments(first: 30) { nodes { slug headline } } } }'),
    },
  ],
  introspection: [
    {
      query: `{ __schema { types { ${many(7, (i) => `a${i}: fields { name description args { name } }`)} } } }`,
    },
    { query: `{ __schema { types { ${many(99, (i) => `a${i}: name`)} } } }` },
    {
      query: `{ __type(name: "Query") { ${many(38, (i) => `a${i}: fields { name args { name type { name } } }`)} } }`,
    },
  ],
  'long texts': [
    { query: filtered(`{ text: """${'\n a'.repeat(21_000)}""" }`) },
    { query: `{ topic(slug: "${'a'.repeat(65_000)}") { id } }` },
  ],
  'fields that are not there': [
    { query: pageOf(many(900, (i) => `headlin${i}`)) },
    { query: `{ developments(filter: { ${many(600, (i) => `topi${i}: 1`)} }) { totalCount } }` },
  ],
};
