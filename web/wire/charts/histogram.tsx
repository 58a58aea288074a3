import { withFilter } from '../links.js';
import type { ListState } from '../page-state.js';
import type { Buckets } from '../queries/wire.js';
import { counted } from '../words.js';

const HEIGHT = 96;
const BASE = 74;

interface HistogramProps {
  readonly state: ListState;
  readonly buckets: Buckets;
}

interface Bar {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly certain: number;
}

/** How many developments fall into each year or month. Each bar is a link that filters to its time. */
export function Histogram({ state, buckets }: HistogramProps) {
  const bars = toBars(buckets);
  const [first] = bars;
  const last = bars.at(-1);
  if (!first || !last || bars.length < 2) return null;
  const isByMonth =
    first.to.slice(0, 4) === first.from.slice(0, 4) && first.to.slice(5, 7) === first.from.slice(5, 7);
  const start = Date.parse(first.from);
  const span = Date.parse(last.to) - start;
  const x = (day: string) => ((Date.parse(day) - start) / span) * 100;
  const most = Math.max(...bars.map(({ count }) => count));
  const height = (count: number) => (count / most) * (BASE - 8);
  return (
    <figure className="histogram">
      <svg width="100%" height={HEIGHT} aria-hidden="true">
        <line className="axis" x1="0" x2="100%" y1={BASE} y2={BASE} />
        {bars.map(({ from, to, count, certain }) => {
          const width = x(to) - x(from);
          const bar = { x: percent(x(from) + width * GAP), width: percent(width * (1 - 2 * GAP)) };
          return (
            <a key={from} href={linkTo(state, from, to)} tabIndex={-1}>
              <title>{`${nameOf(from, isByMonth)}: ${counted(count, 'development')}`}</title>
              <rect className="hit" {...bar} y="0" height={HEIGHT} />
              <rect
                className="possible"
                {...bar}
                y={(BASE - height(count)).toFixed(1)}
                height={height(count).toFixed(1)}
              />
              <rect
                className="certain"
                {...bar}
                y={(BASE - height(certain)).toFixed(1)}
                height={height(certain).toFixed(1)}
              />
            </a>
          );
        })}
        {ticksOf(bars).map(({ from, to }) => (
          <text key={from} x={percent((x(from) + x(to)) / 2)} y={HEIGHT - 4} textAnchor="middle">
            {nameOf(from, isByMonth)}
          </text>
        ))}
      </svg>
      <details>
        <summary>Developments by {isByMonth ? 'month' : 'year'} as a table</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{isByMonth ? 'Month' : 'Year'}</th>
              <th scope="col">Developments</th>
              <th scope="col">Certainly then</th>
            </tr>
          </thead>
          <tbody>
            {bars.flatMap(({ from, to, count, certain }) =>
              count === 0 ? (
                []
              ) : (
                <tr key={from}>
                  <th scope="row">
                    <a href={linkTo(state, from, to)}>{nameOf(from, isByMonth)}</a>
                  </th>
                  <td>{count}</td>
                  <td>{certain}</td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

/** Adds up the kinds, and fills in the times without developments. */
function toBars(buckets: Buckets): Bar[] {
  const bars = new Map<string, Bar>();
  for (const { from, to, count, certain } of buckets) {
    if (!from || !to) continue;
    const bar = bars.get(from);
    const sum = { count: count + (bar?.count ?? 0), certain: certain + (bar?.certain ?? 0) };
    bars.set(from, { from, to: after(to), ...sum });
  }
  const sorted = [...bars.values()].sort((a, b) => (a.from < b.from ? -1 : 1));
  return sorted.slice(-MOST_BARS);
}

const MOST_BARS = 120;
/** The space on each side of a bar, as a part of its time. */
const GAP = 0.06;

const percent = (value: number) => `${value.toFixed(2)}%`;

const DAY = 86_400_000;

/** The day after: bars end where the next begins. */
const after = (day: string) => new Date(Date.parse(day) + DAY).toISOString().slice(0, 10);

/** Few enough labels for a phone. */
function ticksOf(bars: readonly Bar[]): Bar[] {
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

const nameOf = (from: string, isByMonth: boolean) => (isByMonth ? from.slice(0, 7) : from.slice(0, 4));

function linkTo(state: ListState, from: string, to: string): string {
  const until = new Date(Date.parse(to) - DAY).toISOString().slice(0, 10);
  const isYear = from.endsWith('-01-01') && until.endsWith('-12-31');
  const [since, end] = isYear ? [from.slice(0, 4), until.slice(0, 4)] : [from, until];
  return withFilter(state, { ...state.selection.filter, occurred: { within: `${since}/${end}` } });
}
