const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The longest pause after failures, in milliseconds. */
const MAX_BACK_OFF = DAY;
/** The longest pause that a server can ask for, in milliseconds. */
const MAX_RETRY_AFTER = 7 * DAY;

export interface Outcome {
  /** The interval of the feed, in milliseconds. */
  readonly interval: number;
  /** Failures in a row, with this one. 0 after a success. */
  readonly failures: number;
  /** How long the server asks to wait, in milliseconds. */
  readonly retryAfter: number | null;
}

/**
 * Returns how long to wait before the next request, in milliseconds: the interval, doubled with each failure in a row up to a
 * day. It differs by up to a tenth, so that feeds which were added together are not fetched together.
 *
 * @param random A number from 0 to 1.
 */
export function pauseAfter({ interval, failures, retryAfter }: Outcome, random: number): number {
  const pause =
    failures === 0 ? interval : Math.max(interval, Math.min(interval * 2 ** (failures - 1), MAX_BACK_OFF));
  const asked = Math.min(retryAfter ?? 0, MAX_RETRY_AFTER);
  return Math.max(Math.round(pause * (0.9 + 0.2 * random)), asked);
}

/** Reads `Retry-After`, in milliseconds from now: a number of seconds, or a date. Null if it is neither. */
export function parseRetryAfter(header: string | undefined, now: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const until = Date.parse(text);
  return Number.isNaN(until) || !/[a-z]/i.test(text) ? null : Math.max(until - now, 0);
}
