import { parseEdtf } from './edtf-text.js';
import { instantsOf } from './instants.js';

/** Returns whether the date, or an end of the interval, is approximate: `~` or `%`. */
export const isApproximate = (edtf: string): boolean => /[~%]/.test(edtf);

/** Returns whether the date, or an end of the interval, is uncertain: `?` or `%`. */
export const isUncertain = (edtf: string): boolean => /[?%]/.test(edtf);

/** The instants from the beginning to the end of what a date states. The end is not included. */
export interface TimeSpan {
  readonly start: Date;
  readonly end: Date;
}

/**
 * Returns the instants of a date with a time and an offset, or of an interval between two; undefined for all others.
 * Expects a text that `parseFuzzyDate` accepted.
 */
export function timeSpanOf(edtf: string): TimeSpan | undefined {
  if (!edtf.includes('T')) return undefined;
  const date = parseEdtf(edtf);
  if (!date) return undefined;
  const [first, last] = date.type === 'Interval' ? [date.first, date.last] : [date, date];
  const [from, to] = [first && instantsOf(first), last && instantsOf(last)];
  return from && to ? { start: new Date(from.start), end: new Date(to.end) } : undefined;
}
