import type { FeedHead } from './log.js';

/** A result as it goes out: serialised once, the same bytes for every member of a group. */
export interface Payload {
  /** The place in the feed that a client has reached with it. */
  readonly at: FeedHead;
  /** The execution result as JSON, in UTF-8. */
  readonly json: Buffer;
  /** The same as a server-sent event, once a stream has made it. */
  event?: Buffer;
}

/** Why a subscription ends on the server's side. */
export type EndReason = 'TOO_SLOW' | 'GOING_AWAY';

/** One subscriber's line to its client: a WebSocket's operation, or a stream of server-sent events. */
export interface Outlet {
  /** Bytes that were written and that the client has not taken yet. */
  readonly buffered: number;
  /** Writes payloads in their order until more than `limit` bytes are buffered; says how many it wrote. */
  write(payloads: readonly Payload[], limit: number): number;
  /** Resolves when all that was buffered has been taken. */
  drained(): Promise<void>;
  /** Ends the subscription; `last` is the place of the last payload that was written. */
  end(reason: EndReason, last: FeedHead): void;
}
