import pg from 'pg';
import { createRandom, zipf } from '../record/random.js';
import { ACTORS } from '../record/references.js';
import { rareWord } from '../record/vocabulary.js';
import { ask } from './ask.js';
import { MOST } from './facets.js';
import type { Servers } from './servers/start.js';

/** A question's variables for each server, and its values for the SQL. */
export interface Question {
  readonly ours: Readonly<Record<string, unknown>>;
  readonly peer: Readonly<Record<string, unknown>>;
  readonly sql: readonly unknown[];
}

/** Several hundred questions of each kind, so that no server has an answer at hand; the same in every run. */
export interface QuestionSets {
  readonly places: readonly Question[];
  readonly first: readonly Question[];
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
    places: await places(url, servers),
    first: [{ ours: {}, peer: {}, sql: ['9999-12-31', 'ffffffff-ffff-ffff-ffff-ffffffffffff'] }],
    parts: parts(),
    words: words(),
    nothing: [{ ours: {}, peer: {}, sql: [] }],
    years: Array.from({ length: 36 }, (_, index) => span(`${1990 + index}-01-01`, `${1990 + index}-12-31`)),
    ever: [span('1990-01-01', '2025-12-31')],
  };
}

/** After a development that is somewhere in the list: each server's own cursor of it. */
async function places(url: string, { urls }: Servers): Promise<Question[]> {
  const random = createRandom(31);
  const client = new pg.Client(url);
  await client.connect();
  try {
    const questions: Question[] = [];
    for (let turn = 0; turn < MANY; turn += 1) {
      const year = random.between(1991, 2025);
      const within = `${year}-${String(random.between(1, 12)).padStart(2, '0')}`;
      const { developments } = await ask(
        urls.ours,
        'query ($within: String!) { developments(first: 1, filter: { occurred: { within: $within } }) { edges { cursor node { slug } } } }',
        { within },
      );
      const [edge] = developments.edges;
      const { allDevelopments } = await ask(
        urls.PostGraphile,
        `query ($slug: String!) { allDevelopments(first: 1, condition: { slug: $slug },
          orderBy: [OCCURRED_EARLIEST_DESC, ROW_ID_DESC]) { edges { cursor } } }`,
        { slug: edge.node.slug },
      );
      const { rows } = await client.query<{ day: string; id: string }>(
        'SELECT occurred_earliest::text AS day, id FROM development WHERE slug = $1',
        [edge.node.slug],
      );
      questions.push({
        ours: { after: edge.cursor },
        peer: { after: allDevelopments.edges[0].cursor },
        sql: [rows[0]?.day, rows[0]?.id],
      });
    }
    return questions;
  } finally {
    await client.end();
  }
}

/** An actor, mostly one of those that are in many developments, and a year. */
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

/** One rare word, one that many have, or both. Nothing in the record is named by them. */
function words(): Question[] {
  const random = createRandom(41);
  return Array.from({ length: MANY }, (_, index) => {
    const rare = rareWord(random.between(0, 3_000));
    const frequent = random.pick(FREQUENT);
    const text = [rare, frequent, `${rareWord(random.between(0, 50))} ${frequent}`][index % 3] ?? rare;
    return { ours: { words: text }, peer: { words: text }, sql: [text] };
  });
}
