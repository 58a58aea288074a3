/** Returns whether the date, or an end of the interval, is approximate: `~` or `%`. */
export const isApproximate = (edtf: string): boolean => /[~%]/.test(edtf);

/** Returns whether the date, or an end of the interval, is uncertain: `?` or `%`. */
export const isUncertain = (edtf: string): boolean => /[?%]/.test(edtf);

/** The instants of a stated time. The end is not included. */
export interface TimeSpan {
  readonly start: Date;
  readonly end: Date;
}

const TIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(:\d{2})?(Z|[+-]\d{2})(:\d{2})?$/;

/** Returns the minute or second of a date with a time and an offset; undefined for all others. */
export function timeSpanOf(edtf: string): TimeSpan | undefined {
  const [, minute, second, offset = '', minutes = ':00'] = TIME.exec(edtf) ?? [];
  if (minute === undefined) return undefined;
  const start = new Date(`${minute}${second ?? ':00'}${offset === 'Z' ? 'Z' : `${offset}${minutes}`}`);
  return { start, end: new Date(start.getTime() + (second === undefined ? 60_000 : 1_000)) };
}
