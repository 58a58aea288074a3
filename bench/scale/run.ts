import { serverVersion } from '../database.js';
import { medianOf } from '../figures.js';
import { ask } from '../query/ask.js';
import { machine, writeResults } from '../report.js';
import { QUESTIONS, type Question, variablesOf } from './questions.js';
import { type Served, serveEmbedded, servePostgres } from './records.js';
import { type Measured, report } from './report.js';

export interface ScaleOptions {
  readonly counts: readonly number[];
  readonly embedded: readonly number[];
  readonly turns: number;
}

/** Warm-up turns. */
const WARM_UP = 10;

/** Measures how latency grows with the record. */
export async function runScale({ counts, embedded, turns }: ScaleOptions): Promise<void> {
  const log = (line: string) => console.error(line);
  const records: Served[] = [];
  try {
    for (const count of counts) records.push(await servePostgres(count, log));
    for (const count of embedded) records.push(await serveEmbedded(count, log));
    const measured: Measured[] = [];
    const questions = await known(records);
    for (const question of questions)
      if (question.grows !== 'count') await measure(records, question, WARM_UP);
    for (const question of questions) {
      measured.push(await measure(records, question, turns));
      log(`${question.name} measured`);
    }
    const bars = report(measured, counts, embedded);
    const file = await writeResults('scale', {
      machine: machine(await serverVersion()),
      turns,
      measured,
      bars,
    });
    console.log(`\nThe figures are in ${file}.`);
  } finally {
    for (const record of records) await record[Symbol.asyncDispose]();
  }
}

/** Returns the queries that our schema supports. */
async function known([record]: readonly Served[]): Promise<readonly Question[]> {
  if (!record) throw new Error('Expected at least one size.');
  const { query, order } = await ask(
    record.url,
    `{ query: __type(name: "Query") { fields { name } }
       order: __type(name: "DevelopmentOrderField") { fields: enumValues { name } } }`,
  );
  const names = new Set<string>([...query.fields, ...order.fields].map(({ name }) => name));
  return QUESTIONS.filter(({ needs }) => needs === undefined || names.has(needs));
}

/** Runs one query at a time, on each record in turn. */
async function measure(records: readonly Served[], question: Question, turns: number): Promise<Measured> {
  const times = records.map((): number[] => []);
  for (let turn = -WARM_UP; turn < turns; turn += 1) {
    for (const [at, record] of records.entries()) {
      const variables = variablesOf(question, turn, record);
      const start = performance.now();
      await ask(record.url, question.query, variables);
      if (turn >= 0) times[at]?.push(performance.now() - start);
    }
  }
  return {
    question: question.name,
    grows: question.grows,
    p50: records.map(({ database, count }, at) => ({ database, count, ms: medianOf(times[at] ?? []) })),
  };
}
