import type { DevelopmentFilter, FeedFilter } from '../../domain/filter/types.js';
import type { Replay } from '../../feed/event.js';
import type { FeedHead } from '../../feed/head.js';
import type { FeedItem } from './feed-item.js';

export interface FeedPlanOptions {
  /** The position to replay from; undefined starts live. */
  readonly after: FeedHead | undefined;
  /** FEED: every change and event, and clients resume with the cursor of an item. PUBLISHED: publications only. */
  readonly sends: 'FEED' | 'PUBLISHED';
  readonly filter: FeedFilter;
  /** Whether changes of references are sent. The filter does not select among them. */
  readonly references: boolean;
  /** What is sent before FeedCaughtUp. */
  readonly replay: Replay;
  /** The filter as it was sent, which the LATEST replay asks the database with. Undefined for other plans: it is large. */
  readonly wanted: DevelopmentFilter | undefined;
}

/**
 * The result of a subscription's `subscribe`. The fan-out follows the feed as planned and executes the
 * selection with each item as root value, once for all subscribers with the same operation.
 */
export class FeedPlan implements AsyncIterable<FeedItem> {
  readonly after: FeedHead | undefined;
  readonly sends: FeedPlanOptions['sends'];
  readonly filter: FeedFilter;
  readonly references: boolean;
  readonly replay: Replay;
  readonly wanted: DevelopmentFilter | undefined;

  constructor({ after, sends, filter, references, replay, wanted }: FeedPlanOptions) {
    this.after = after;
    this.sends = sends;
    this.filter = filter;
    this.references = references;
    this.replay = replay;
    this.wanted = wanted;
  }

  /** graphql-js requires an iterable from `subscribe`. */
  [Symbol.asyncIterator](): AsyncIterator<FeedItem> {
    throw new Error('A plan must be passed to the fan-out: see http/subscriptions/subscribe.ts.');
  }
}
