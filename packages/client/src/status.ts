/** The transport of the feed. */
export type Transport = 'websocket' | 'sse';

/** The state of the connection, for display and logging. */
export type FeedStatus =
  | { readonly state: 'connecting'; readonly transport: Transport }
  /** Connected, and catching up. */
  | { readonly state: 'replaying'; readonly transport: Transport }
  /** Connected and caught up; items are live. */
  | { readonly state: 'live'; readonly transport: Transport }
  /** Disconnected because of `reason`. The next attempt, over `transport`, follows after `delay` milliseconds. */
  | {
      readonly state: 'waiting';
      readonly transport: Transport;
      readonly reason: Error;
      readonly delay: number;
      /** Attempts in a row that neither delivered a new item nor lasted. */
      readonly failures: number;
    }
  /** `from` failed to open several times in a row, so the client switches to `transport`. */
  | {
      readonly state: 'fallback';
      readonly from: Transport;
      readonly transport: Transport;
      readonly reason: Error;
    }
  /** Disconnected until the consumer has taken half of the buffered items. */
  | { readonly state: 'paused'; readonly transport: Transport; readonly buffered: number }
  /** Ended by the caller, or with `error`. */
  | { readonly state: 'closed'; readonly error?: unknown };
