import type { DeskChanges } from '../../domain/desk/log.js';
import type { DeskPosition } from '../../domain/desk/position.js';

/** The result of the `subscribe` of `deskChanged`: where to begin. The transport follows the log of the desk from there. */
export class DeskPlan implements AsyncIterable<DeskChanges> {
  /** Undefined begins now. */
  readonly after: DeskPosition | undefined;

  constructor(after: DeskPosition | undefined) {
    this.after = after;
  }

  /** graphql-js requires an iterable from `subscribe`. */
  [Symbol.asyncIterator](): AsyncIterator<DeskChanges> {
    throw new Error('A plan must be passed to the subscription: see http/subscriptions/subscribe.ts.');
  }
}
