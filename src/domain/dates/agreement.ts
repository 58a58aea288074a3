import { NO_EARLIEST, NO_LATEST, possibleBounds, statedBounds } from './bounds.js';
import { type EdtfDate, type EdtfText, parseEdtf } from './edtf-text.js';
import { clockOf, instantsOf } from './instants.js';

/**
 * Returns whether two dates can both be true: one, as stated, lies within what the other can mean. Two single dates of which
 * one is approximate or uncertain agree if they have a moment in common.
 *
 * Times with offsets are compared as instants. A time with an offset and a date without one are compared in that offset and
 * in UTC. The relation is symmetric. Expects texts that `parseFuzzyDate` accepted.
 */
export function datesAgree(one: string, other: string): boolean {
  if (one === other) return true;
  const dates = [parseEdtf(one), parseEdtf(other)] as const;
  if (!dates[0] || !dates[1]) return false;
  const [a, b] = [viewOf(dates[0]), viewOf(dates[1])];
  const offsets = new Set([0, ...a.offsets, ...b.offsets]);
  const mayShare = a.isSingle && b.isSingle && (a.isQualified || b.isQualified);
  return [...offsets].some((offset) => {
    const [ours, theirs] = [a.at(offset), b.at(offset)];
    return (
      contains(theirs.possible, ours.stated) ||
      contains(ours.possible, theirs.stated) ||
      (mayShare && overlap(ours.possible, theirs.possible))
    );
  });
}

/** A stretch of clock time in milliseconds. The end is not included. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

interface View {
  readonly isSingle: boolean;
  readonly isQualified: boolean;
  /** The offsets that the date gives, in minutes. */
  readonly offsets: readonly number[];
  /** Returns the date on a clock with an offset. Dates without an offset are taken as written. */
  at(offset: number): { readonly stated: Stretch; readonly possible: Stretch };
}

function viewOf(date: EdtfText): View {
  const ends = date.type === 'Interval' ? [date.first, date.last] : [date, date];
  const [first = null, last = null] = ends;
  const [stated, possible] = [statedBounds(date), possibleBounds(date)];
  return {
    isSingle: date.type !== 'Interval',
    isQualified: ends.some((end) => end?.isQualified === true),
    offsets: ends.flatMap((end) => (end && instantsOf(end)?.offset) ?? []),
    at: (offset) => ({
      stated: { start: startOf(first, stated.earliest, offset), end: endOf(last, stated.latest, offset) },
      possible: {
        start: startOf(first, possible.earliest, offset),
        end: endOf(last, possible.latest, offset),
      },
    }),
  };
}

function startOf(date: EdtfDate | null, day: string, offset: number): number {
  if (day === NO_EARLIEST) return Number.NEGATIVE_INFINITY;
  return (date && timeOf(date, offset)?.start) ?? Date.parse(`${day}T00:00:00Z`);
}

function endOf(date: EdtfDate | null, day: string, offset: number): number {
  if (day === NO_LATEST) return Number.POSITIVE_INFINITY;
  return (date && timeOf(date, offset)?.end) ?? Date.parse(`${day}T00:00:00Z`) + 86_400_000;
}

function timeOf(date: EdtfDate, offset: number): Stretch | undefined {
  const instants = instantsOf(date);
  if (!instants) return clockOf(date);
  return { start: instants.start + offset * 60_000, end: instants.end + offset * 60_000 };
}

const contains = (outer: Stretch, inner: Stretch) => inner.start >= outer.start && inner.end <= outer.end;

const overlap = (one: Stretch, other: Stretch) => one.start < other.end && other.start < one.end;
