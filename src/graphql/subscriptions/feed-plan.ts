import type { FeedEvent } from '../../feed/event.js';
import type { FeedHead } from '../../feed/log.js';
import type { FeedItem } from './feed-item.js';

export interface FeedPlanOptions {
  /** The position to replay from; undefined starts live. */
  readonly after: FeedHead | undefined;
  /** Whether clients can resume with the cursor of an item. */
  readonly isResumable: boolean;
  /** Returns the item to send for an event; undefined skips it. */
  itemOf(event: FeedEvent): Promise<FeedItem | undefined>;
}

/**
 * The result of a subscription's `subscribe`. The fan-out follows the feed as planned and executes the
 * selection with each item as root value, once for all subscribers with the same operation.
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

  /** graphql-js requires an iterable from `subscribe`. */
  [Symbol.asyncIterator](): AsyncIterator<FeedItem> {
    throw new Error('A plan must be passed to the fan-out: see http/subscriptions/subscribe.ts.');
  }
}
