import { withFilter } from '../links.js';
import type { ListState } from '../page-state.js';
import type { Buckets } from '../queries/wire.js';

/** A year or a month. */
export interface Period {
  /** Its first day. */
  readonly from: string;
  /** The day after its last. */
  readonly to: string;
}

/** How many developments fall into a period. */
export interface Bar extends Period {
  readonly count: number;
  readonly certain: number;
}

const MOST_BARS = 120;
const DAY = 86_400_000;

/** Adds up the kinds of developments. Periods without developments have no bar. */
export function toBars(buckets: Buckets): Bar[] {
  const bars = new Map<string, Bar>();
  for (const { from, to, count, certain } of buckets) {
    if (!from || !to) continue;
    const bar = bars.get(from);
    const sum = { count: count + (bar?.count ?? 0), certain: certain + (bar?.certain ?? 0) };
    bars.set(from, { from, to: shifted(to, 1), ...sum });
  }
  const sorted = [...bars.values()].sort((a, b) => (a.from < b.from ? -1 : 1));
  return sorted.slice(-MOST_BARS);
}

/** Returns the day so many days later. */
const shifted = (day: string, days: number) =>
  new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);

export const isMonth = ({ from, to }: Period): boolean => Date.parse(to) - Date.parse(from) < 32 * DAY;

/** Returns the periods from the first bar to the last, those without developments too. */
export function periodsOf(bars: readonly Bar[]): Period[] {
  const [first] = bars;
  const end = bars.at(-1)?.to;
  if (!first || !end) return [];
  const periods: Period[] = [];
  for (let { from } = first; from < end; ) {
    const next = new Date(from);
    if (isMonth(first)) next.setUTCMonth(next.getUTCMonth() + 1);
    else next.setUTCFullYear(next.getUTCFullYear() + 1);
    const to = next.toISOString().slice(0, 10);
    periods.push({ from, to });
    from = to;
  }
  return periods;
}

export const nameOf = (period: Period): string => period.from.slice(0, isMonth(period) ? 7 : 4);

/** Few enough labels for a phone. */
export function ticksOf(bars: readonly Bar[]): Bar[] {
  const [first] = bars;
  const last = bars.at(-1);
  if (!first || !last) return [];
  const all = bars.filter(({ count }) => count > 0);
  const gap = (Date.parse(last.to) - Date.parse(first.from)) / 7;
  let end = Number.NEGATIVE_INFINITY;
  return all.filter(({ from }) => {
    const isFar = Date.parse(from) - end >= gap;
    if (isFar) end = Date.parse(from);
    return isFar;
  });
}

/** Returns the ends of a span of whole periods as the form writes them: `2014` and `2019`, or `2019-02` and `2019-05`. */
export const endsOf = (first: Period, last: Period): [since: string, until: string] => [
  nameOf(first),
  nameOf(last),
];

/** Returns the address of the list of a span of whole periods. */
export function linkToSpan(state: ListState, first: Period, last: Period): string {
  const within = endsOf(first, last).join('/');
  return withFilter(state, { ...state.selection.filter, occurred: { within } });
}
