import pg from 'pg';
import { parseSearchTexts, queriesIn } from '../domain.js';
import { createRandom, zipf } from '../record/random.js';
import { ACTORS } from '../record/references.js';
import { rareWord } from '../record/vocabulary.js';
import { ask } from './ask.js';
import { MOST } from './facets.js';
import type { Servers } from './servers/start.js';

/** A query's variables for each server, and its values for the SQL. */
export interface Question {
  readonly ours: Readonly<Record<string, unknown>>;
  readonly peer: Readonly<Record<string, unknown>>;
  readonly sql: readonly unknown[];
}

/** Several hundred queries of each kind, so that no server can reuse a response. They are the same in every run. */
export interface QuestionSets {
  readonly places: readonly Question[];
  readonly anywhere: readonly Question[];
  readonly first: readonly Question[];
  readonly slugs: readonly Question[];
  readonly parts: readonly Question[];
  readonly words: readonly Question[];
  readonly nothing: readonly Question[];
  readonly years: readonly Question[];
  readonly ever: readonly Question[];
}

const MANY = 300;

export async function makeQuestions(url: string, servers: Servers): Promise<QuestionSets> {
  const span = (since: string, until: string): Question => ({
    ours: { within: `${since}/${until}` },
    peer: { since, until, most: MOST },
    sql: [since, until, MOST],
  });
  return {
    places: await firstPlaces(url, servers),
    anywhere: await anywhere(url, servers),
    first: [{ ours: {}, peer: {}, sql: ['9999-12-31', 'ffffffff-ffff-ffff-ffff-ffffffffffff'] }],
    slugs: slugsOf(await walk(servers.urls.ours)),
    parts: parts(),
    words: words(),
    nothing: [{ ours: {}, peer: {}, sql: [] }],
    years: Array.from({ length: 12 }, (_, index) => {
      const year = 1990 + 3 * index;
      return span(`${year}-01-01`, `${year}-12-31`);
    }),
    ever: [span('1990-01-01', '2025-12-31')],
  };
}

const PEER_ORDER = 'orderBy: [OCCURRED_EARLIEST_DESC, ROW_ID_DESC]';

/** Pages after each of the newest developments, as a reader pages through the list. */
async function firstPlaces(url: string, { urls }: Servers): Promise<Question[]> {
  const ours = await walk(urls.ours);
  const { allDevelopments } = await ask(
    urls.PostGraphile,
    `{ allDevelopments(first: ${MANY}, ${PEER_ORDER}) { edges { cursor node { slug } } } }`,
  );
  const peer = new Map<string, string>(
    allDevelopments.edges.map(({ cursor, node }: Edge) => [node.slug, cursor]),
  );
  return placed(url, ours, (slug) => peer.get(slug));
}

/** Pages after one development in each of several months, anywhere in the record. */
async function anywhere(url: string, { urls }: Servers): Promise<Question[]> {
  const random = createRandom(31);
  const ours: Edge[] = [];
  const peer = new Map<string, string>();
  for (let turn = 0; turn < MANY / 5; turn += 1) {
    const within = `${random.between(1991, 2025)}-${String(random.between(1, 12)).padStart(2, '0')}`;
    const [edge] = await edgesOf(urls.ours, '$within: String!', 'filter: { occurred: { within: $within } }', {
      within,
    });
    if (!edge) continue;
    ours.push(edge);
    const { allDevelopments } = await ask(
      urls.PostGraphile,
      `query ($slug: String!) { allDevelopments(first: 1, condition: { slug: $slug }, ${PEER_ORDER}) { edges { cursor } } }`,
      { slug: edge.node.slug },
    );
    peer.set(edge.node.slug, allDevelopments.edges[0].cursor);
  }
  return placed(url, ours, (slug) => peer.get(slug));
}

interface Edge {
  readonly cursor: string;
  readonly node: { readonly slug: string };
}

async function edgesOf(url: string, variables: string, args: string, values: object): Promise<Edge[]> {
  const query = `query (${variables}) { developments(first: 100, ${args}) { edges { cursor node { slug } } } }`;
  return (await ask(url, query, values)).developments.edges;
}

async function walk(url: string): Promise<Edge[]> {
  const edges: Edge[] = [];
  while (edges.length < MANY) {
    const after = edges.at(-1)?.cursor;
    edges.push(...(await edgesOf(url, '$after: Cursor', 'after: $after', { after })));
  }
  return edges;
}

const slugsOf = (edges: readonly Edge[]): Question[] =>
  edges.map(({ node: { slug } }) => ({ ours: { slug }, peer: { slug }, sql: [slug] }));

async function placed(
  url: string,
  edges: readonly Edge[],
  peerCursor: (slug: string) => string | undefined,
): Promise<Question[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<{ slug: string; day: string; id: string }>(
      'SELECT slug, occurred_earliest::text AS day, id FROM development WHERE slug = ANY ($1)',
      [edges.map(({ node }) => node.slug)],
    );
    const places = new Map(rows.map(({ slug, day, id }) => [slug, [day, id]]));
    return edges.map(({ cursor, node: { slug } }) => ({
      ours: { after: cursor },
      peer: { after: peerCursor(slug) },
      sql: places.get(slug) ?? [],
    }));
  } finally {
    await client.end();
  }
}

/** Pairs of an actor, mostly a frequent one, and a year. */
function parts(): Question[] {
  const random = createRandom(37);
  const anyActor = zipf(ACTORS, 0.8);
  return Array.from({ length: MANY }, () => {
    const { slug: actor } = anyActor(random.next());
    const year = random.between(1991, 2024);
    const [since, until] = [`${year}-01-01`, `${year}-12-31`];
    return {
      ours: { actor, within: `${since}/${until}` },
      peer: { actor, since, until },
      sql: [actor, since, until],
    };
  });
}

const FREQUENT = 'missile treaty exercise brigade stockpile moratorium verification parliament'.split(' ');

/** A rare word, a frequent one, or both. No name contains them. */
function words(): Question[] {
  const random = createRandom(41);
  return Array.from({ length: MANY }, (_, index) => {
    const rare = rareWord(random.between(0, 3_000));
    const frequent = random.pick(FREQUENT);
    const text = [rare, frequent, `${rareWord(random.between(0, 50))} ${frequent}`][index % 3] ?? rare;
    const queries = queriesOf(text);
    return { ours: { words: text }, peer: { words: queries }, sql: [queries] };
  });
}

/** Returns the queries for all words of a text and for any of them, as our server has them, in two lines. */
function queriesOf(text: string): string {
  const units = parseSearchTexts([text]).flatMap(queriesIn).flat();
  const ranked = new Set(units.flatMap((unit) => unit.ranked));
  return [
    units.map(({ words }) => `(${words})`).join(' & '),
    [...ranked].map((term) => `'${term}'`).join(' | '),
  ].join('\n');
}
