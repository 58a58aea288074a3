import { deepStrictEqual } from 'node:assert';
import { createDatabase } from '../database.js';
import { openDatabase } from '../domain.js';
import { startOurs, urlOfServer } from '../server.js';
import { QUESTIONS, type Question } from './questions.js';
import { fillRecord } from './record.js';
import { type Measured, report } from './report.js';

/** The bar: the past may take this many times the present's time. */
const BAR = 3;

/** Compares queries about the past with the same queries about the present. */
export async function runAsOf({ count, rounds }: { count: number; rounds: number }): Promise<void> {
  await using database = await createDatabase();
  const { DATABASE_URL } = database.env;
  const past = await fill(DATABASE_URL, count);
  await using server = await startOurs({ ...database.env, RESPONSE_CACHE: '0' });
  const url = urlOfServer(server);
  const { feedHead: head } = await ask(url, { query: '{ feedHead }' }, {});
  const measured: Measured[] = [];
  for (const question of QUESTIONS) {
    // As of the newest position, past and present must return the same.
    deepStrictEqual(
      await ask(url, question, { asOf: { cursor: head } }),
      await ask(url, question, {}),
      question.name,
    );
    measured.push(await measure(url, question, { asOf: { cursor: past } }, rounds));
    console.error(`${question.name} measured`);
  }
  await report({ measured, bar: BAR, count, rounds, postgres: database.version });
}

async function fill(url: string, count: number): Promise<string> {
  await using opened = await openDatabase({ kind: 'postgres', url, poolSize: 2 });
  return await fillRecord(opened.db, count, (line) => console.error(line));
}

/** Answers before the first that counts. */
const WARM_UP = 5;
const PER_ROUND = 15;

/** Asks about the present and the past in turn, so that both meet the same machine. */
async function measure(url: string, question: Question, past: object, rounds: number): Promise<Measured> {
  const times = { present: [] as number[], past: [] as number[] };
  for (let turn = 0; turn < WARM_UP + rounds * PER_ROUND; turn += 1) {
    for (const [when, variables] of [
      ['present', {}],
      ['past', past],
    ] as const) {
      const start = performance.now();
      await ask(url, question, variables);
      if (turn >= WARM_UP) times[when].push(performance.now() - start);
    }
  }
  return { name: question.name, present: median(times.present), past: median(times.past) };
}

const median = (values: number[]) =>
  values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function ask(url: string, { query }: Pick<Question, 'query'>, variables: object): Promise<any> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown };
  if (errors) throw new Error(`${query}: ${JSON.stringify(errors)}`);
  return data;
}
