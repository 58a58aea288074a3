import type { Replay, ResetCause } from '../event.js';
import type { FeedHead } from '../head.js';
import type { Tail } from '../tail.js';

/** Where a subscriber begins. */
export interface Start {
  /** Entries after this position are sent. */
  readonly from: FeedHead;
  /** The live edge when subscribing. A subscriber that reaches it has caught up. */
  readonly edge: FeedHead;
  /** What is sent between the two. */
  readonly replay: Replay;
  /** Why the requested position cannot be continued; undefined if it can. */
  readonly reset: ResetCause | undefined;
}

/**
 * Returns the start for a requested position. Without one, or if it cannot be continued, that is the live edge.
 */
export async function findStart(tail: Tail, after: FeedHead | undefined, replay: Replay): Promise<Start> {
  const edge = await tail.refresh();
  const reset = after && (await whyNot(tail, after, edge));
  return { from: after && !reset ? after : edge, edge, replay, reset };
}

/** A record that was restored from an older backup has another hash at a position that it has reached again. */
async function whyNot(tail: Tail, after: FeedHead, edge: FeedHead): Promise<ResetCause | undefined> {
  if (after.epoch !== edge.epoch) return 'OTHER_EPOCH';
  if (after.position > edge.position) return 'FROM_THE_FUTURE';
  return (await tail.hashAt(after.position)) === after.hash ? undefined : 'OTHER_HISTORY';
}
