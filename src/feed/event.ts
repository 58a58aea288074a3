import type { FeedEntry, FeedHead } from './log.js';

/** What a follower of the feed is told, with the place in the feed that it has then reached. */
export type FeedEvent =
  | { readonly kind: 'ENTRY'; readonly at: FeedHead; readonly entry: FeedEntry }
  | { readonly kind: 'CAUGHT_UP'; readonly at: FeedHead }
  | { readonly kind: 'RESET'; readonly at: FeedHead; readonly cause: ResetCause };

/** Why a place in the feed cannot be continued. */
export type ResetCause = 'OTHER_EPOCH' | 'FROM_THE_FUTURE';

/** The event of an entry. */
export function entryEvent(entry: FeedEntry): FeedEvent {
  return { kind: 'ENTRY', at: { epoch: entry.epoch, position: entry.position }, entry };
}
