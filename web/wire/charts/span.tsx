import type { FuzzyDate } from '../queries/card.js';

interface SpanProps {
  readonly date: Pick<FuzzyDate, 'earliest' | 'latest' | 'isUncertain' | 'isApproximate'>;
  /** Returns where an instant is, in per cent of the width. */
  position(instant: number): number;
}

const DAY = 86_400_000;
const TOP = 8;
const HEIGHT = 12;

/** Draws a date as far as it is known: a mark for a day, a bar for more, dashed where uncertain, fading where open. */
export function Span({ date: { earliest, latest, isUncertain, isApproximate }, position }: SpanProps) {
  const start = earliest === null ? 0 : position(Date.parse(earliest));
  const end = latest === null ? 100 : position(Date.parse(latest) + DAY);
  const isVague = isUncertain || isApproximate;
  if (earliest !== null && earliest === latest) {
    const middle = `${((start + end) / 2).toFixed(2)}%`;
    return <circle className={isVague ? 'span vague' : 'span'} cx={middle} cy="14" r="6" />;
  }
  const bar = { x: percent(start), width: percent(Math.max(0.8, end - start)), y: TOP, height: HEIGHT };
  if (earliest === null) return <rect className="open" {...bar} fill="url(#fade-start)" />;
  if (latest === null) return <rect className="open" {...bar} fill="url(#fade-end)" />;
  return <rect className={isVague ? 'span vague' : 'span'} {...bar} rx="2" />;
}

const percent = (value: number) => `${value.toFixed(2)}%`;
