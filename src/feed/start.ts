import type { ResetCause } from './event.js';
import type { FeedHead } from './log.js';
import type { Tail } from './tail.js';

/** Where a subscriber begins. */
export interface Start {
  /** What comes after this is sent. */
  readonly from: FeedHead;
  /** The live edge at the moment of subscribing: when it is reached, the subscriber has caught up. */
  readonly edge: FeedHead;
  /** Why the place that was asked for cannot be continued; undefined where it can. */
  readonly reset: ResetCause | undefined;
}

/**
 * Finds where to begin for a place in the feed: there, or at the live edge where none is given or the
 * given one cannot be continued.
 */
export async function findStart(tail: Tail, after: FeedHead | undefined): Promise<Start> {
  const edge = await tail.refresh();
  const reset = after && whyNot(after, edge);
  return { from: after && !reset ? after : edge, edge, reset };
}

function whyNot(after: FeedHead, edge: FeedHead): ResetCause | undefined {
  if (after.epoch !== edge.epoch) return 'OTHER_EPOCH';
  return after.position > edge.position ? 'FROM_THE_FUTURE' : undefined;
}
