import { CARD } from '../query/card.js';
import { FACETS } from '../query/facets.js';
import { ACTORS, COUNTRIES, SOURCES, TOPICS, TREATIES, WEAPON_SYSTEMS } from '../record/references.js';
import { rareWord } from '../record/vocabulary.js';

/** A query with its variables, the same on every record. */
export interface Shape {
  readonly name: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

const slugs = (things: readonly { readonly slug: string }[], count: number, from = 0): string[] =>
  things.slice(from, from + count).map(({ slug }) => slug);

const FILTERED = 'query ($filter: DevelopmentFilter)';

/** A page of slugs with a filter. */
const page = (name: string, filter: object, args = ''): Shape => ({
  name: `page of slugs: ${name}`,
  query: `${FILTERED} { developments(first: 20, filter: $filter${args}) { nodes { slug } } }`,
  variables: { filter },
});

/** The length of a list with a filter. */
const count = (name: string, filter: object): Shape => ({
  name: `count: ${name}`,
  query: `${FILTERED} { developments(filter: $filter) { totalCount } }`,
  variables: { filter },
});

/** A page of a hundred with a part of each development. */
const parts = (name: string, selection: string, first = 100): Shape => ({
  name: `${first} developments: ${name}`,
  query: `{ developments(first: ${first}) { nodes { ${selection} } } }`,
});

const plain = (name: string, query: string, variables?: Shape['variables']): Shape => ({
  name,
  query,
  ...(variables && { variables }),
});

const RELEVANCE = ', orderBy: { field: RELEVANCE, direction: DESC }';
const RECORDED = ', orderBy: { field: RECORDED, direction: DESC }';
const PAST = ', asOf: { moment: "2025-06-01T00:00:00Z" }';
const FREQUENT = 'missile treaty exercise brigade stockpile moratorium verification parliament'.split(' ');
const rare = (number: number) => Array.from({ length: number }, (_, index) => rareWord(1_000 + index));
const many = (number: number, part: (index: number) => string) =>
  Array.from({ length: number }, (_, index) => part(index)).join(' ');

const FILTERS: readonly (readonly [name: string, filter: object])[] = [
  ['everything', {}],
  ['one kind', { kind: ['STATEMENT'] }],
  ['a frequent participant', { participant: { actor: ACTORS[0]?.slug, role: ['INITIATOR'] } }],
  ['a rare participant', { participant: { actor: ACTORS[950]?.slug } }],
  ['a country', { country: ['RU'] }],
  ['a hundred countries', { country: COUNTRIES }],
  ['all topics', { topic: slugs(TOPICS, 60) }],
  [
    'all treaties and all weapon systems',
    { treaty: slugs(TREATIES, 30), weaponSystem: slugs(WEAPON_SYSTEMS, 100) },
  ],
  ['two hundred rare sources', { source: slugs(SOURCES, 200, 4_700) }],
  ['rests only on a source', { restsOnlyOn: slugs(SOURCES, 1, 10) }],
  ['rests only on two hundred rare sources', { restsOnlyOn: slugs(SOURCES, 200, 4_700) }],
  ['rests only on two hundred frequent sources', { restsOnlyOn: slugs(SOURCES, 200) }],
  ['not one topic', { not: { topic: slugs(TOPICS, 1) } }],
  ['not nine of ten', { not: { country: COUNTRIES } }],
  ['disputed with low confidence', { disputed: true, minConfidence: 'HIGH' }],
  [
    'a day in either of thirty years',
    { or: Array.from({ length: 30 }, (_, at) => ({ occurred: { within: `${1990 + at}-03-05` } })) },
  ],
  ['never', { and: [{ kind: ['EVENT'] }, { changeType: ['ADOPTED'] }] }],
  ['a frequent word', { text: 'missile' }],
  ['a rare word', { text: rareWord(1_000) }],
  ['sixteen frequent words', { text: FREQUENT.join(' or ') }],
  ['a prefix', { text: 'mi*' }],
  ['a phrase', { text: '"nuclear force"' }],
  ['a word and not another', { text: 'missile -treaty' }],
  ['words of no development', { text: rare(8).join(' ') }],
  [
    'a hundred words',
    {
      and: Array.from({ length: 6 }, (_, at) => ({
        text: rare(16)
          .map((word) => `${word}${at}`)
          .join(' or '),
      })),
    },
  ],
];

/** Query shapes, from the cheapest to those that a hostile client would choose. */
export const SHAPES: readonly Shape[] = [
  plain('the head of the feed', '{ feedHead }'),
  plain('introspection: all types', '{ __schema { types { name fields { name type { name } } } } }'),
  plain('one by slug', `{ development(slug: "generated-5") { ${CARD} } }`),
  plain(
    'twenty by slug',
    `{ ${many(20, (at) => `d${at}: development(slug: "generated-${at * 37}") { slug headline }`)} }`,
  ),
  plain('a page of cards', `{ developments(first: 20) { nodes { ${CARD} } } }`),
  plain('a page of a hundred cards', `{ developments(first: 100) { nodes { ${CARD} } } }`),
  plain('a page of cards, last recorded', `{ developments(first: 20${RECORDED}) { nodes { ${CARD} } } }`),
  plain('a page of the past', `{ developments(first: 20${PAST}) { nodes { ${CARD} } } }`),
  plain(
    'twenty pages',
    `{ ${many(20, (at) => `p${at}: developments(first: ${at + 1}) { nodes { slug } }`)} }`,
  ),
  ...FILTERS.map(([name, filter]) => page(name, filter)),
  page('a frequent word by relevance', { text: 'missile' }, RELEVANCE),
  page('sixteen words by relevance', { text: FREQUENT.join(' or ') }, RELEVANCE),
  page('a prefix by relevance', { text: 'mi*' }, RELEVANCE),
  page('a country, last recorded', { country: ['RU'] }, RECORDED),
  page('rests only on a source, last recorded', { restsOnlyOn: slugs(SOURCES, 1, 10) }, RECORDED),
  page('a country in the past', { country: ['RU'] }, PAST),
  page('a frequent word in the past', { text: 'missile' }, PAST),
  page('not one topic in the past', { not: { topic: slugs(TOPICS, 1) } }, PAST),
  ...FILTERS.filter((_, at) => at % 2 === 0 || at === 11 || at === 15).map(([name, filter]) =>
    count(name, filter),
  ),
  parts('participants', 'slug participants { role actor { slug name names { name } } }'),
  parts('citations with claims', 'slug citations { credibility source { slug title } claims { text } }'),
  parts('agreement of sources', 'citations { source { agreement { preferred normal deprecated } } }', 20),
  parts('developments of sources', 'citations { source { developments(first: 5) { nodes { slug } } } }', 20),
  parts('links', 'slug links { relation to { slug } from { slug } }'),
  parts('revisions with changes', 'revisions { nodes { number changes { field before after } } }'),
  parts('highlights of a word', 'highlights(text: "missile") { field parts { text isHit } }'),
  parts(
    'highlights of many words',
    `highlights(text: "${FREQUENT.join(' or ')}") { field parts { text isHit } }`,
  ),
  parts(
    'all scalar fields',
    'id slug headline summary status confidence disputed revision recordedAt publishedAt',
  ),
  plain('timeline by year', '{ timeline(interval: YEAR) { from kind count certain } }'),
  plain('timeline by month', '{ timeline(interval: MONTH) { from kind count certain } }'),
  plain('timeline by day', '{ timeline(interval: DAY) { from to kind count certain } }'),
  plain(
    'timeline by day of a year',
    '{ timeline(interval: DAY, filter: { occurred: { within: "2019" } }) { from count } }',
  ),
  plain('timeline of a word', '{ timeline(interval: MONTH, filter: { text: "missile" }) { from count } }'),
  plain('timeline of the past', `{ timeline(interval: YEAR${PAST}) { from count } }`),
  plain('facets of a year', FACETS, { within: '2019' }),
  plain('facets of all', FACETS, { within: '1990/2025' }),
  plain('facet of countries', '{ developmentFacets { country { values { country count } } } }'),
  plain(
    'facet of countries of a word',
    '{ developmentFacets(filter: { text: "missile" }) { country { values { count } } } }',
  ),
  plain(
    'facet of kinds in the past',
    `{ developmentFacets(filter: {}${PAST}) { kind { values { count } } } }`,
  ),
  plain('chain', '{ chain(slug: "generated-5", depth: 5) { nodes { slug } edges { relation } isComplete } }'),
  plain(
    'changes between',
    '{ changesBetween(first: 20, from: { moment: "2025-01-01T00:00:00Z" }) { nodes { kind after { slug } } } }',
  ),
  plain(
    'changes between, by a country',
    '{ changesBetween(first: 20, from: { moment: "2000-01-01T00:00:00Z" }, filter: { country: ["MW"] }) { totalCount nodes { kind after { slug } changes { field } } } }',
  ),
  plain(
    'references by slug',
    `{ ${many(15, (at) => `a${at}: actor(slug: "${ACTORS[at]?.slug}") { name names { name } }`)} }`,
  ),
  plain('a page of sources', '{ sources(first: 100) { totalCount nodes { slug title publisher } } }'),
  plain(
    'sources with agreement',
    '{ sources(first: 20) { nodes { slug agreement { preferred normal deprecated } } } }',
  ),
  plain(
    'sources with their developments',
    '{ sources(first: 20) { nodes { developments(first: 5) { totalCount nodes { slug } } } } }',
  ),
  plain(
    'a filter of forty values, twenty times',
    `query ($filter: DevelopmentFilter) { ${many(20, (at) => `c${at}: developments(first: 1, filter: $filter) { totalCount }`)} }`,
    { filter: { topic: slugs(TOPICS, 30), country: COUNTRIES.slice(0, 10) } },
  ),
];
