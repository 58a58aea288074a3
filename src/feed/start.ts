import type { ResetCause } from './event.js';
import type { FeedHead } from './log.js';
import type { Tail } from './tail.js';

/** Where a subscriber begins. */
export interface Start {
  /** Entries after this position are sent. */
  readonly from: FeedHead;
  /** The live edge when subscribing. A subscriber that reaches it has caught up. */
  readonly edge: FeedHead;
  /** Why the requested position cannot be continued; undefined if it can. */
  readonly reset: ResetCause | undefined;
}

/**
 * Returns the start for a requested position. Without one, or if it cannot be continued, that is the live edge.
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
