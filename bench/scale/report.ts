import { print } from '../report.js';
import { BARS, DEEP_PAGE, FIRST_PAGE, type Question } from './questions.js';
import type { Served } from './records.js';

/** Median times in milliseconds for each record. */
export interface Measured {
  readonly question: string;
  readonly grows: Question['grows'];
  readonly p50: readonly {
    readonly database: Served['database'];
    readonly count: number;
    readonly ms: number;
  }[];
}

/** Prints the times and which bars were reached. Returns the bars for the results. */
export function report(
  measured: readonly Measured[],
  counts: readonly number[],
  embedded: readonly number[],
) {
  const [smallest, largest] = [Math.min(...counts), Math.max(...counts)];
  const bars = measured.flatMap((one) => {
    const bar = BARS[one.grows];
    if (bar === undefined || smallest === largest) return [];
    const ratio = msOf(one, largest) / msOf(one, smallest);
    const what = `${one.question}: ${grouped(largest)} to ${grouped(smallest)}`;
    return [{ what, ratio, atMost: bar, isReached: ratio <= bar }];
  });
  const [first, deep] = [FIRST_PAGE, DEEP_PAGE].map((name) =>
    measured.find(({ question }) => question === name),
  );
  if (first && deep) {
    const ratio = msOf(deep, largest) / msOf(first, largest);
    bars.push({ what: `${DEEP_PAGE} to ${FIRST_PAGE}`, ratio, atMost: 1.2, isReached: ratio <= 1.2 });
  }
  print([
    [
      'question, p50 in ms',
      ...counts.map((count) => `PostgreSQL ${grouped(count)}`),
      ...embedded.map((count) => `embedded ${grouped(count)}`),
    ],
    ...measured.map(({ question, p50 }) => [question, ...p50.map(({ ms }) => ms.toFixed(1))]),
  ]);
  if (bars.length > 0) {
    print([
      ['bar', 'ratio', 'wanted', ''],
      ...bars.map(({ what, ratio, atMost, isReached }) => [
        what,
        ratio.toFixed(2),
        `at most ${atMost}`,
        isReached ? 'reached' : 'not reached',
      ]),
    ]);
  }
  return bars;
}

const grouped = (count: number) => count.toLocaleString('en');

function msOf({ p50 }: Measured, of: number): number {
  return p50.find(({ database, count }) => database === 'PostgreSQL' && count === of)?.ms ?? Number.NaN;
}
