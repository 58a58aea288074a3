import type { FeedHead } from './head.js';
import type { FeedEntry } from './log.js';

/** An event for a follower of the feed. `at` is the follower's position after it. */
export type FeedEvent =
  | { readonly kind: 'ENTRY'; readonly at: FeedHead; readonly entry: FeedEntry }
  /** The newest entry of a development or reference up to the position `edge`, from which it is shown. */
  | { readonly kind: 'LATEST'; readonly at: FeedHead; readonly entry: FeedEntry; readonly edge: bigint }
  | { readonly kind: 'CAUGHT_UP'; readonly at: FeedHead }
  | { readonly kind: 'RESET'; readonly at: FeedHead; readonly cause: ResetCause };

/** Why a cursor cannot be continued. */
export type ResetCause = 'OTHER_EPOCH' | 'FROM_THE_FUTURE' | 'OTHER_HISTORY';

/**
 * What a replay sends: each change, or the latest state of each development that has changed, without references or with
 * them.
 */
export type Replay = 'CHANGES' | 'LATEST' | 'LATEST_WITH_REFERENCES';

/** Wraps an entry as an event. */
export const entryEvent = (entry: FeedEntry): FeedEvent => ({ kind: 'ENTRY', at: headOf(entry), entry });

/** Wraps the newest entry of a development or reference up to an edge as an event. */
export const latestEvent = (entry: FeedEntry, edge: bigint): FeedEvent => ({
  kind: 'LATEST',
  at: headOf(entry),
  entry,
  edge,
});

const headOf = ({ epoch, position, hash }: FeedEntry): FeedHead => ({ epoch, position, hash });

/** Returns the position from which objects are shown with an event. */
export const viewedAt = (event: FeedEvent): bigint =>
  event.kind === 'LATEST' ? event.edge : event.at.position;
