import type { ListState } from '../page-state.js';
import type { Buckets } from '../queries/wire.js';
import { capital, counted } from '../words.js';
import { type Bar, isMonth, linkToSpan, nameOf, periodsOf, ticksOf, toBars } from './bars.js';
import { Brush } from './brush.js';

const HEIGHT = 104;
const BASE = 78;
/** The space on each side of a bar, as a part of its time. */
const GAP = 0.06;

interface HistogramProps {
  readonly state: ListState;
  readonly buckets: Buckets;
}

/** How many developments fall into each year or month. Each bar is a link that filters to its time, and a span can be chosen. */
export function Histogram({ state, buckets }: HistogramProps) {
  const bars = toBars(buckets);
  const [first] = bars;
  const last = bars.at(-1);
  if (!first || !last || bars.length < 2) return null;
  const start = Date.parse(first.from);
  const span = Date.parse(last.to) - start;
  const x = (day: string) => ((Date.parse(day) - start) / span) * 100;
  const most = Math.max(...bars.map(({ count }) => count));
  const height = (count: number) => (count / most) * (BASE - 8);
  return (
    <figure className="histogram">
      <Brush state={state} periods={periodsOf(bars)}>
        <svg width="100%" height={HEIGHT} aria-hidden="true">
          <line className="axis" x1="0" x2="100%" y1={BASE} y2={BASE} />
          {bars.map((bar) => {
            const { from, to, count, certain } = bar;
            const width = x(to) - x(from);
            const place = { x: percent(x(from) + width * GAP), width: percent(width * (1 - 2 * GAP)) };
            const part = (part: number) => ({
              ...place,
              y: (BASE - height(part)).toFixed(1),
              height: height(part).toFixed(1),
            });
            return (
              <a key={from} href={linkToSpan(state, bar, bar)} tabIndex={-1}>
                <title>{`${nameOf(bar)}: ${counted(count, 'development')}`}</title>
                <rect className="hit" {...place} y="0" height={HEIGHT} />
                <rect className="possible" {...part(count)} />
                <rect className="certain" {...part(certain)} />
              </a>
            );
          })}
          {ticksOf(bars).map((bar) => (
            <text
              key={bar.from}
              x={percent((x(bar.from) + x(bar.to)) / 2)}
              y={HEIGHT - 3}
              textAnchor="middle"
            >
              {nameOf(bar)}
            </text>
          ))}
        </svg>
      </Brush>
      <BarTable state={state} bars={bars} period={isMonth(first) ? 'month' : 'year'} />
    </figure>
  );
}

const percent = (value: number) => `${value.toFixed(2)}%`;

interface TableProps {
  readonly state: ListState;
  readonly bars: readonly Bar[];
  readonly period: 'month' | 'year';
}

function BarTable({ state, bars, period }: TableProps) {
  return (
    <details>
      <summary>Developments by {period} as a table</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{capital(period)}</th>
            <th scope="col">Developments</th>
            <th scope="col">Certainly then</th>
          </tr>
        </thead>
        <tbody>
          {bars
            .filter(({ count }) => count > 0)
            .map((bar) => (
              <tr key={bar.from}>
                <th scope="row">
                  <a href={linkToSpan(state, bar, bar)}>{nameOf(bar)}</a>
                </th>
                <td>{bar.count}</td>
                <td>{bar.certain}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </details>
  );
}
