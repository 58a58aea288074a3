import { NO_EARLIEST, NO_LATEST, readFuzzyDate } from '../domain/dates/fuzzy-date.js';
import type { DevelopmentFilter } from '../domain/filter/types.js';
import type { Interval } from '../domain/timeline.js';
import { type FieldPrice, SCAN_COST } from './cost.js';

const DAYS: Readonly<Record<Interval, number>> = { DAY: 1, WEEK: 7, MONTH: 30, YEAR: 365 };

const DAY = 86_400_000;

/** The days of a timeline without a range: some forty years. */
export const TIMELINE_DAYS = 15_000;

/** How many spans cost as much as one value of each: nothing is read for them. */
export const SPANS_TOGETHER = 10;

interface TimelineArgs {
  readonly interval: Interval;
  readonly filter?: DevelopmentFilter | null | undefined;
}

/** Prices a timeline by the spans that it can have, each with every kind. */
export function timelineCost({ interval, filter }: TimelineArgs): FieldPrice {
  const spans = Math.ceil(daysOf(filter) / DAYS[interval]) + 1;
  const kinds = filter?.kind ? new Set(filter.kind).size : 3;
  return { points: SCAN_COST, times: Math.ceil((spans * kinds) / SPANS_TOGETHER) };
}

/** Dates that are only partly in a range can begin before it, so a year is added. */
function daysOf(filter: DevelopmentFilter | null | undefined): number {
  const range = filter?.occurred ? readFuzzyDate(filter.occurred.within) : undefined;
  if (!range || range.earliest === NO_EARLIEST || range.latest === NO_LATEST) return TIMELINE_DAYS;
  const days = (Date.parse(range.latest) - Date.parse(range.earliest)) / DAY + 1;
  return Math.min(days + (filter?.occurred?.certainty === 'CERTAIN' ? 0 : 365), TIMELINE_DAYS);
}
