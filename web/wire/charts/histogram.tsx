import { withFilter } from '../links.js';
import type { ListState } from '../page-state.js';
import type { Buckets } from '../queries/wire.js';
import { counted } from '../words.js';

const WIDTH = 1200;
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
  const x = (day: string) => ((Date.parse(day) - start) / span) * WIDTH;
  const most = Math.max(...bars.map(({ count }) => count));
  const height = (count: number) => (count / most) * (BASE - 8);
  return (
    <figure className="histogram">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`Developments by ${isByMonth ? 'month' : 'year'}. The table below has the same figures.`}
      >
        <line className="axis" x1="0" x2={WIDTH} y1={BASE} y2={BASE} />
        {bars.map(({ from, to, count, certain }) => {
          const width = Math.max(2, x(to) - x(from) - 3);
          const bar = { x: x(from).toFixed(1), width: width.toFixed(1) };
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
          <text key={from} x={((x(from) + x(to)) / 2).toFixed(1)} y={HEIGHT - 4} textAnchor="middle">
            {nameOf(from, isByMonth)}
          </text>
        ))}
      </svg>
      <details>
        <summary>The same as a table</summary>
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
const DAY = 86_400_000;

/** The day after: bars end where the next begins. */
const after = (day: string) => new Date(Date.parse(day) + DAY).toISOString().slice(0, 10);

/** At most a dozen labels. */
function ticksOf(bars: readonly Bar[]): Bar[] {
  const [first] = bars;
  const last = bars.at(-1);
  if (!first || !last) return [];
  const all = bars.filter(({ count }) => count > 0);
  const gap = (Date.parse(last.to) - Date.parse(first.from)) / 14;
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
