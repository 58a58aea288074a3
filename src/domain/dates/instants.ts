import type { EdtfDate } from './edtf-text.js';

/** The milliseconds since the epoch that a stated minute or second covers. The end is not included. */
export interface Instants {
  readonly start: number;
  readonly end: number;
  /** Minutes east of UTC, as written. */
  readonly offset: number;
}

const TIME = /^(\d{2}:\d{2})(:\d{2})?(?:(Z)|([+-])(\d{2})(?::?(\d{2}))?)?$/;

/** Returns the instants of a date with a time and an offset; undefined for all others. */
export function instantsOf(date: EdtfDate): Instants | undefined {
  const clock = clockOf(date);
  if (clock?.offset === undefined) return undefined;
  const { start, end, offset } = clock;
  return { start: start - offset * 60_000, end: end - offset * 60_000, offset };
}

/** Returns the minute or second on the clock as written, as if it were UTC; undefined without a time. */
export function clockOf({
  year,
  month,
  day,
  time,
}: EdtfDate):
  | { readonly start: number; readonly end: number; readonly offset: number | undefined }
  | undefined {
  const [, minute, second, utc, sign, hours, minutes = '00'] = TIME.exec(time ?? '') ?? [];
  if (minute === undefined) return undefined;
  const start = Date.parse(`${year}-${month}-${day}T${minute}${second ?? ':00'}Z`);
  const east = Number(hours) * 60 + Number(minutes);
  const offset = utc ? 0 : sign === undefined ? undefined : sign === '-' ? -east : east;
  return { start, end: start + (second === undefined ? 60_000 : 1_000), offset };
}
