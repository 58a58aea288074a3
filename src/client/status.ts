/** What carries the feed. */
export type Transport = 'websocket' | 'sse';

/** How the connection is, for showing and logging. */
export type FeedStatus =
  | { readonly state: 'connecting'; readonly transport: Transport }
  /** Connected, and catching up. */
  | { readonly state: 'replaying'; readonly transport: Transport }
  /** Connected and caught up: what comes is new. */
  | { readonly state: 'live'; readonly transport: Transport }
  /** Broken off because of `reason`; the next attempt, over `transport`, comes after `delay` milliseconds. */
  | {
      readonly state: 'waiting';
      readonly transport: Transport;
      readonly reason: Error;
      readonly delay: number;
      /** Attempts in a row that neither brought a new item nor lasted. */
      readonly failures: number;
    }
  /** `from` could not be opened several times in a row: from now on over `transport`. */
  | {
      readonly state: 'fallback';
      readonly from: Transport;
      readonly transport: Transport;
      readonly reason: Error;
    }
  /** Let go until the consumer has taken half of the items held. */
  | { readonly state: 'paused'; readonly transport: Transport; readonly buffered: number }
  /** Ended, by the caller or with `error`. */
  | { readonly state: 'closed'; readonly error?: unknown };
