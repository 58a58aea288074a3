import type { FeedStatus } from '../status.js';

/** The state of the live connection. `idle`: nothing is followed. */
export type ConnectionState = 'idle' | FeedStatus['state'];

/** Holds the state of the live connection, for display. */
export interface ConnectionStatus {
  /** The state of the feed that is furthest from being live. */
  readonly current: ConnectionState;
  /** Calls the listener after each change, until the returned function is called. */
  subscribe(listener: () => void): () => void;
  /** Begins to show another feed. Pass the result as its `onStatus`. A closed feed is no longer shown. */
  track(): (status: FeedStatus) => void;
}

const FROM_WORST: readonly ConnectionState[] = [
  'waiting',
  'fallback',
  'connecting',
  'paused',
  'replaying',
  'live',
];

/** Creates a status to pass to an adapter, and to show with `useConnectionStatus` or `subscribe`. */
export function createConnectionStatus(): ConnectionStatus {
  const feeds = new Map<symbol, ConnectionState>();
  const listeners = new Set<() => void>();
  let current: ConnectionState = 'idle';
  return {
    get current() {
      return current;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    track: () => {
      const feed = Symbol('feed');
      return ({ state }) => {
        if (state === 'closed') feeds.delete(feed);
        else feeds.set(feed, state);
        const states = new Set(feeds.values());
        const next = FROM_WORST.find((one) => states.has(one)) ?? 'idle';
        if (next === current) return;
        current = next;
        for (const listener of listeners) listener();
      };
    },
  };
}
