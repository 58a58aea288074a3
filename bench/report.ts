import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import type { Verdict } from './bars.js';
import type { Figures } from './figures.js';

const RESULTS = new URL('../bench/results/', import.meta.url);

/** Describes the machine, without which the figures mean little. */
export function machine(postgres: string) {
  return {
    date: new Date().toISOString(),
    node: process.version,
    cores: cpus().length,
    processor: cpus()[0]?.model,
    memory: `${Math.round(totalmem() / 1024 ** 3)} GB`,
    postgres,
  };
}

const number = (value: number) =>
  value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 100 ? 2 : 0 });

export function printTable(figures: Figures, verdicts: readonly Verdict[]): void {
  const rows = Object.entries(figures.all).map(([name, { median, rounds }]) => [
    ...name.split(' / '),
    number(median),
    rounds.map(number).join('  '),
  ]);
  print([['scenario', 'server', 'figure', 'median', 'rounds'], ...rows]);
  if (verdicts.length === 0) return;
  const judged = verdicts.map((verdict) => [
    verdict.what,
    verdict.ratio.toFixed(2),
    wanted(verdict),
    outcome(verdict),
  ]);
  print([['bar', 'ratio', 'wanted', ''], ...judged]);
}

function outcome({ isReached }: Verdict): string {
  if (isReached === undefined) return '';
  return isReached ? 'reached' : 'not reached';
}

function wanted({ atLeast, atMost }: Verdict): string {
  if (atLeast !== undefined) return `at least ${atLeast}`;
  return atMost === undefined ? 'measured only' : `at most ${atMost}`;
}

export function print(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  console.log(`\n${lines.join('\n')}`);
}

/** Writes all results as JSON and prints the path. */
export async function writeResults(name: string, results: object): Promise<string> {
  await mkdir(RESULTS, { recursive: true });
  const file = new URL(`${name}.json`, RESULTS);
  await writeFile(file, `${JSON.stringify(results, null, 2)}\n`);
  return `bench/results/${name}.json`;
}
