import { scaleUtc } from 'd3-scale';
import type { AsOfInput } from '../../../src/parameters/filter-input.js';
import { linkToDevelopment } from '../links.js';
import { FuzzyDate } from '../list/fuzzy-date.js';
import type { Card } from '../queries/card.js';
import { kindOf } from '../words.js';
import { Span } from './span.js';

export interface TimelineProps {
  readonly cards: readonly Card[];
  readonly asOf: AsOfInput | undefined;
}

const DAY = 86_400_000;

/**
 * Developments in the order of time, each with its date in words and drawn as far as it is known. The drawing adds nothing to
 * the words, so screen readers skip it.
 */
export function Timeline({ cards, asOf }: TimelineProps) {
  const dated = cards.filter(({ occurred: { earliest, latest } }) => earliest ?? latest);
  if (dated.length === 0) return <p className="empty">None of these developments has a date.</p>;
  const days = dated.flatMap(({ occurred: { earliest, latest } }) => [earliest, latest].flatMap(toDay));
  const pad = Math.max(30 * DAY, (Math.max(...days) - Math.min(...days)) * 0.02);
  const scale = scaleUtc([Math.min(...days) - pad, Math.max(...days) + DAY + pad], [0, 100]);
  const ticks = scale.ticks(6).map((tick) => ({ x: scale(tick), text: scale.tickFormat(6)(tick) }));
  const sorted = [...dated].sort((a, b) => startOf(a) - startOf(b));
  return (
    <div className="timeline">
      <Legend />
      <svg className="strip axis" width="100%" height="22" aria-hidden="true">
        <Fades />
        {ticks.map(({ x, text }) => (
          <text key={x} x={`${x.toFixed(2)}%`} y="15" textAnchor="middle">
            {text}
          </text>
        ))}
      </svg>
      <ol>
        {sorted.map((card) => (
          <li key={card.id}>
            <div className="said">
              <p className="when">
                <FuzzyDate date={card.occurred} />
              </p>
              <a href={linkToDevelopment(card.slug, asOf)}>
                <bdi>{card.headline}</bdi>
              </a>
              <p className="small">{kindOf(card)}</p>
            </div>
            <svg className="strip" width="100%" height="28" aria-hidden="true">
              {ticks.map(({ x }) => (
                <line
                  key={x}
                  className="grid"
                  x1={`${x.toFixed(2)}%`}
                  x2={`${x.toFixed(2)}%`}
                  y1="0"
                  y2="28"
                />
              ))}
              <Span date={card.occurred} position={(day) => scale(day)} />
            </svg>
          </li>
        ))}
      </ol>
    </div>
  );
}

const toDay = (day: string | null): number[] => (day === null ? [] : [Date.parse(day)]);

const startOf = ({ occurred: { earliest, latest } }: Card): number => Date.parse(earliest ?? latest ?? '');

/** The gradients of open ends. */
function Fades() {
  return (
    <defs>
      <linearGradient id="fade-start">
        <stop offset="0" className="clear" />
        <stop offset="1" className="full" />
      </linearGradient>
      <linearGradient id="fade-end">
        <stop offset="0" className="full" />
        <stop offset="1" className="clear" />
      </linearGradient>
    </defs>
  );
}

const day = (earliest: string | null, latest: string | null, isUncertain = false) => ({
  ...{ earliest, latest, isUncertain, isApproximate: false },
  precision: 'DAY' as const,
});

const LEGEND = [
  { name: 'a day', date: day('2000-01-04', '2000-01-04') },
  { name: 'a month, year or range', date: day('2000-01-02', '2000-01-06') },
  { name: 'approximate or uncertain', date: day('2000-01-02', '2000-01-06', true) },
  { name: 'end not known', date: day('2000-01-02', null) },
];

function Legend() {
  const start = Date.parse('2000-01-01');
  return (
    <ul className="legend" aria-label="How dates are drawn">
      {LEGEND.map(({ name, date }) => (
        <li key={name}>
          <svg width="72" height="28" aria-hidden="true">
            <Span date={date} position={(at) => ((at - start) / (7 * DAY)) * 100} />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}
