import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import {
  type ConnectionState,
  type ConnectionStatus,
  createConnectionStatus,
} from './adapters/connection-status.js';
import { type Feed, followFeed } from './follow-feed.js';
import type { DefaultDevelopment } from './items.js';
import type { FollowOptions } from './options.js';

export {
  type ConnectionState,
  type ConnectionStatus,
  createConnectionStatus,
} from './adapters/connection-status.js';

/** Options of `useFeed`: those of `followFeed`, and `onError`. */
export interface UseFeedOptions<D = DefaultDevelopment, R extends boolean = false>
  extends Omit<FollowOptions<D, R>, 'signal' | 'onStatus'> {
  /** Called with the error that ends the feed, such as a rejected token. */
  readonly onError?: ((error: unknown) => void) | undefined;
  /** Set it to false to follow later, for example once `after` is known. Default true. */
  readonly enabled?: boolean | undefined;
}

/**
 * Follows the feed while the component is mounted, and returns the state of the connection.
 *
 * It catches up with the latest states (`replay: 'LATEST'`) unless it has a `document` of its own.
 *
 * A new `url`, `filter`, `references`, `selection`, `document`, `documentId` or `variables` begins a new feed. It starts after the last
 * finished item, or before that after `after`, so that no change is missed. The callbacks may change at any time.
 */
export function useFeed<D = DefaultDevelopment, R extends boolean = false>(
  options: UseFeedOptions<D, R>,
): ConnectionState {
  const latest = useRef(options);
  latest.current = options;
  const cursor = useRef<string | undefined>(undefined);
  const [status] = useState(createConnectionStatus);
  const { enabled = true, url, filter, references, selection, document, documentId, variables } = options;
  const key = JSON.stringify([String(url), filter, references, selection, document, documentId, variables]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key holds all options that need a new feed.
  useEffect(() => {
    if (!enabled) return;
    const { onError: _, enabled: __, ...settings } = latest.current;
    let feed: Feed<unknown> | undefined;
    let isMounted = true;
    const run = async () => {
      feed = followFeed<D, R>({
        ...((settings.document ?? settings.documentId) ? {} : { replay: 'LATEST' as const }),
        ...settings,
        after: cursor.current ?? settings.after,
        onStatus: status.track(),
        onChange: (item) => latest.current.onChange?.(item),
        onCaughtUp: (item) => latest.current.onCaughtUp?.(item),
        onReset: (item) => latest.current.onReset?.(item),
      });
      for await (const _item of feed) cursor.current = feed.cursor ?? cursor.current;
    };
    run().catch((error: unknown) => {
      if (isMounted) latest.current.onError?.(error);
    });
    return () => {
      isMounted = false;
      cursor.current = feed?.cursor ?? cursor.current;
      feed?.close();
    };
  }, [enabled, key, status]);

  return useConnectionStatus(status);
}

/** Milliseconds that `useReload` waits for further changes. */
const RELOAD_DELAY = 50;

/**
 * Returns a function to call after each change. It calls the latest `reload` once for all changes that come within 50
 * ms: a list that missed a hundred changes loads once.
 */
export function useReload(reload: () => unknown): () => void {
  const latest = useRef(reload);
  latest.current = reload;
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  return useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      latest.current();
    }, RELOAD_DELAY);
  }, []);
}

/** Returns the state of the connection of a link, exchange or network layer, which got the same `status`. */
export function useConnectionStatus(status: ConnectionStatus): ConnectionState {
  return useSyncExternalStore(
    status.subscribe,
    () => status.current,
    () => 'idle',
  );
}
