import type { FeedEvent } from '../../feed/event.js';
import type { FeedHead } from '../../feed/log.js';
import type { FeedItem } from '../types/feed-item.js';

export interface FeedPlanOptions {
  /** Where it begins; at the live edge where undefined. */
  readonly after: FeedHead | undefined;
  /** Whether a client can come back with the cursor of an item. */
  readonly isResumable: boolean;
  /** What the subscriber is told of an event; undefined where it does not concern them. */
  itemOf(event: FeedEvent): Promise<FeedItem | undefined>;
}

/**
 * What a subscription asks of the feed. Whoever serves it follows the feed and executes the selection
 * with each item as root value, once for all subscribers that ask for the same.
 */
export class FeedPlan implements AsyncIterable<FeedItem> {
  readonly after: FeedHead | undefined;
  readonly isResumable: boolean;
  readonly itemOf: FeedPlanOptions['itemOf'];

  constructor({ after, isResumable, itemOf }: FeedPlanOptions) {
    this.after = after;
    this.isResumable = isResumable;
    this.itemOf = itemOf;
  }

  /** GraphQL wants an iterable from a subscription; a plan has no items of its own. */
  [Symbol.asyncIterator](): AsyncIterator<FeedItem> {
    throw new Error('A plan is served by the fan-out and not iterated: see http/feed.ts.');
  }
}
