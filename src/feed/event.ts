import type { FeedEntry, FeedHead } from './log.js';

/** An event for a follower of the feed. `at` is the follower's position after it. */
export type FeedEvent =
  | { readonly kind: 'ENTRY'; readonly at: FeedHead; readonly entry: FeedEntry }
  | { readonly kind: 'CAUGHT_UP'; readonly at: FeedHead }
  | { readonly kind: 'RESET'; readonly at: FeedHead; readonly cause: ResetCause };

/** Why a cursor cannot be continued. */
export type ResetCause = 'OTHER_EPOCH' | 'FROM_THE_FUTURE' | 'OTHER_HISTORY';

/** Wraps an entry as an event. */
export function entryEvent(entry: FeedEntry): FeedEvent {
  const { epoch, position, hash } = entry;
  return { kind: 'ENTRY', at: { epoch, position, hash }, entry };
}
