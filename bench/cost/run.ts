import { serverVersion } from '../database.js';
import { medianOf } from '../figures.js';
import { askText } from '../query/ask.js';
import { machine, print, writeResults } from '../report.js';
import { type Served, servePostgres } from '../scale/records.js';
import { SHAPES, type Shape } from './shapes.js';

export interface CostOptions {
  readonly counts: readonly number[];
  readonly rounds: number;
}

/** The default price of a millisecond of work: BUDGET_PER_MINUTE of 1,000,000 for 20 s. */
const POINTS_PER_MS = 50;

/** The servers are started with another budget, so that the benchmark does not spend it. */
const SERVED_POINTS_PER_MS = 2_000_000_000 / 6_000_000;

/** The dearest shape may take at most so many times as long for its points as the median. */
const BAR = 5;

/** A shape is measured again until it has taken so long, in milliseconds. */
const SHORT = 1_000;
const MOST_ROUNDS = 50;

interface Measured {
  readonly shape: string;
  readonly count: number;
  /** Points before the execution. */
  readonly requested: number;
  /** Points charged in all. */
  readonly charged: number;
  /** Until the client has the answer, in milliseconds. */
  readonly ms: number;
  /** Milliseconds for 1,000 charged points. */
  readonly perThousand: number;
}

/** Measures how long query shapes take for what they are charged. */
export async function runCost({ counts, rounds }: CostOptions): Promise<void> {
  const log = (line: string) => console.error(line);
  const measured: Measured[] = [];
  for (const count of counts) {
    const record = await servePostgres(count, log);
    try {
      for (const shape of SHAPES) {
        measured.push(await measure(record, shape, rounds));
        log(`${count}: ${shape.name}`);
      }
    } finally {
      await record[Symbol.asyncDispose]();
    }
  }
  const bars = counts.map((count) => report(measured.filter((one) => one.count === count)));
  const file = await writeResults('cost', {
    machine: machine(await serverVersion()),
    rounds,
    measured,
    bars,
  });
  console.log(`\nThe figures are in ${file}.`);
}

/** Takes the fastest of the rounds, after one to warm up: others wait for the machine. Short ones get more rounds. */
async function measure(
  { url, count }: Served,
  { name, query, variables }: Shape,
  rounds: number,
): Promise<Measured> {
  const body = JSON.stringify({ query, variables });
  let fastest: Measured | undefined;
  const start = performance.now();
  const isShort = (round: number) => round < MOST_ROUNDS && performance.now() - start < SHORT;
  for (let round = -1; round < rounds || isShort(round); round += 1) {
    const began = performance.now();
    const answer = JSON.parse(await askText(url, body)) as {
      extensions: { cost: { requested: number; actual: number } };
    };
    const ms = performance.now() - began;
    const { requested, actual } = answer.extensions.cost;
    const charged = requested + ((actual - requested) / SERVED_POINTS_PER_MS) * POINTS_PER_MS;
    if (round < 0 || (fastest && fastest.ms <= ms)) continue;
    fastest = {
      shape: name,
      count,
      requested,
      charged: Math.round(charged),
      ms,
      perThousand: (1_000 * ms) / charged,
    };
  }
  if (!fastest) throw new Error('Expected at least one round.');
  return fastest;
}

function report(measured: readonly Measured[]) {
  const sorted = measured.toSorted((one, other) => other.perThousand - one.perThousand);
  const median = medianOf(measured.map(({ perThousand }) => perThousand));
  const ratio = (sorted[0]?.perThousand ?? Number.NaN) / median;
  print([
    [`shapes on ${measured[0]?.count} developments`, 'ms', 'requested', 'charged', 'ms for 1,000 charged'],
    ...sorted.map(({ shape, ms, requested, charged, perThousand }) => [
      shape,
      ms.toFixed(1),
      String(requested),
      String(charged),
      perThousand.toFixed(2),
    ]),
    ['median', '', '', '', median.toFixed(2)],
    [`dearest to median, at most ${BAR}`, '', '', '', ratio.toFixed(2)],
  ]);
  return { count: measured[0]?.count, median, ratio, atMost: BAR, isReached: ratio <= BAR };
}
