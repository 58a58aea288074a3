import { deepStrictEqual } from 'node:assert';
import { judge } from '../bars.js';
import { serverVersion } from '../database.js';
import { Figures } from '../figures.js';
import { keepRecord } from '../kept.js';
import { type Child, startChild } from '../process.js';
import { machine, printTable, writeResults } from '../report.js';
import { ask, askText } from './ask.js';
import { BARS, medianOf, rateOf } from './bars.js';
import { installPostGraphile } from './install.js';
import type { Borne, Load } from './load.js';
import { addPeerSchema } from './peer-schema.js';
import { makeQuestions, type Question, type QuestionSets } from './questions.js';
import { REPEATED, SCENARIOS, type Scenario } from './scenarios.js';
import { type ServerName, type Servers, startServers } from './servers/start.js';

export interface QueryOptions {
  readonly count: number;
  readonly only: readonly string[];
  readonly rounds: number;
  readonly seconds: number;
}

const UNCACHED: readonly ServerName[] = ['ours', 'ours, Node 20', 'PostGraphile', 'SQL', 'bare'];
const CACHED: readonly ServerName[] = ['ours', 'ours, from the cache', 'PostGraphile', 'SQL', 'bare'];

/** Measures requests a second, compared with other servers on the same database. */
export async function runQuery({ count, only, rounds, seconds }: QueryOptions): Promise<void> {
  const log = (line: string) => console.error(line);
  const scenarios = chosen(only);
  const node = installPostGraphile(log);
  const { url } = await keepRecord(count, log);
  await addPeerSchema(url, log);
  const figures = new Figures();
  await using servers = await startServers(url, node);
  await using clients = startChild(new URL('./load.js', import.meta.url));
  const questions = await makeQuestions(url, servers);
  const skipped: string[] = [];
  for (const scenario of scenarios) {
    if (!(await isKnown(servers, scenario.needs))) {
      log(`${scenario.name}: left out, as ours does not have ${scenario.needs}`);
      skipped.push(scenario.name);
      continue;
    }
    await compare(servers, scenario, questions);
    log(`${scenario.name}: the answers are equal`);
    await measure({ servers, clients, scenario, questions, rounds, seconds, figures, log });
  }
  const verdicts = judge(BARS, figures);
  printTable(figures, verdicts);
  const file = await writeResults('query', {
    machine: machine(await serverVersion()),
    generated: count,
    rounds,
    seconds,
    skipped,
    figures: figures.all,
    bars: verdicts,
  });
  console.log(`\nAll responses were equal. The figures are in ${file}.`);
}

function chosen(only: readonly string[]): Scenario[] {
  const all = [...SCENARIOS, REPEATED];
  const unknown = only.find((name) => !all.some((scenario) => scenario.name === name));
  if (unknown !== undefined) {
    const names = all.map(({ name }) => name).join(', ');
    throw new Error(`No scenario "${unknown}". Expected some of: ${names}.`);
  }
  return all.filter(({ name }) => only.length === 0 || only.includes(name));
}

async function isKnown({ urls }: Servers, name: string | undefined): Promise<boolean> {
  if (name === undefined) return true;
  const { query, order } = await ask(
    urls.ours,
    `{ query: __type(name: "Query") { fields { name } }
       order: __type(name: "DevelopmentOrderField") { fields: enumValues { name } } }`,
  );
  return [...query.fields, ...order.fields].some((field) => field.name === name);
}

function bodyOf(scenario: Scenario, server: ServerName, question: Question): string {
  if (server === 'SQL') return JSON.stringify({ values: question.sql });
  return server === 'PostGraphile'
    ? JSON.stringify({ query: scenario.peer, variables: question.peer })
    : JSON.stringify({ query: scenario.ours, variables: question.ours });
}

const urlOf = ({ urls }: Servers, { statement }: Scenario, server: ServerName) =>
  server === 'SQL' ? `${urls.SQL}${statement}` : urls[server];

const COMPARED = 40;

/** @throws {AssertionError} If the servers' responses to a query differ. */
async function compare(servers: Servers, scenario: Scenario, questions: QuestionSets): Promise<void> {
  for (const question of questions[scenario.asks].slice(0, COMPARED)) {
    const answer = async (server: ServerName) =>
      JSON.parse(await askText(urlOf(servers, scenario, server), bodyOf(scenario, server, question))).data;
    const { read } = scenario;
    const expected = read.sql(await answer('SQL'));
    const what = `${scenario.name}: ${JSON.stringify(question.sql)}`;
    deepStrictEqual(read.peer(await answer('PostGraphile')), expected, `PostGraphile, ${what}`);
    for (const server of ['ours', 'ours, Node 20', 'ours, from the cache'] as const) {
      deepStrictEqual(read.ours(await answer(server)), expected, `${server}, ${what}`);
    }
  }
}

interface Measuring {
  readonly servers: Servers;
  readonly clients: Child;
  readonly scenario: Scenario;
  readonly questions: QuestionSets;
  readonly rounds: number;
  readonly seconds: number;
  readonly figures: Figures;
  log(line: string): void;
}

/** Runs the servers in turn, starting with another one in each round. */
async function measure({ servers, clients, scenario, questions, rounds, seconds, figures, log }: Measuring) {
  const asked = questions[scenario.asks];
  const [first] = asked;
  if (!first) throw new Error(`No queries for ${scenario.name}.`);
  await servers.answerWith(Buffer.from(await askText(servers.urls.ours, bodyOf(scenario, 'ours', first))));
  const names = scenario === REPEATED ? CACHED : UNCACHED;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of [...names.slice(round % names.length), ...names.slice(0, round % names.length)]) {
      const load: Load = {
        url: urlOf(servers, scenario, name),
        bodies: asked.map((question) => bodyOf(scenario, name, question)),
        connections: scenario.connections,
        seconds,
      };
      await clients.call<Borne>('put', { ...load, seconds: Math.max(1, seconds / 3) }); // Warm-up.
      const { perSecond, p50, p99, busy, failed } = await clients.call<Borne>('put', load);
      if (failed > 0) throw new Error(`${name} failed ${failed} queries of ${scenario.name}.`);
      if (!(perSecond > 0)) {
        throw new Error(
          `${name} answered no query of ${scenario.name} within ${seconds} s. Pass more --seconds.`,
        );
      }
      figures.add(rateOf(scenario.name, name), perSecond);
      figures.add(medianOf(scenario.name, name), p50);
      figures.add(`${scenario.name} / ${name} / p99, ms`, p99);
      if (name === 'bare') figures.add(`${scenario.name} / bare / clients, cores`, busy);
      log(`${scenario.name}, ${name}: ${perSecond.toPrecision(3)} a second, p50 ${p50.toFixed(2)} ms`);
    }
  }
}
