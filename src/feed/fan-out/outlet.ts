import type { FeedHead } from '../head.js';

/** A serialised result, as an outlet takes it. */
export interface OutletPayload {
  /** The client's position after this payload. Undefined outside the feed. */
  readonly at?: FeedHead;
  /** The execution result as JSON in UTF-8. */
  readonly json: Buffer;
  /** The same as a server-sent event, once a stream has made it. */
  event?: Buffer;
}

/** A result serialised once, with the same bytes for every member of a group. */
export interface Payload extends OutletPayload {
  readonly at: FeedHead;
}

/** Why the server ends a subscription. */
export type EndReason = 'TOO_SLOW' | 'GOING_AWAY';

/** Sends to one subscriber's client: a WebSocket operation or an event stream. */
export interface Outlet {
  /** Bytes written but not yet taken by the client. */
  readonly buffered: number;
  /** Writes payloads in order until more than `limit` bytes are buffered. Returns how many it wrote. */
  write(payloads: readonly OutletPayload[], limit: number): number;
  /** Resolves when the buffer is empty. */
  drained(): Promise<void>;
  /** Ends the subscription. `last` is the position of the last payload written, in the feed. */
  end(reason: EndReason, last?: FeedHead): void;
}
