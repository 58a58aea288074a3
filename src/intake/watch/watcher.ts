import type { Database } from '../../database/open.js';
import type { AllowedAddresses } from '../../files/fetch/allowed-addresses.js';
import type { Resolve } from '../../files/fetch/open-address.js';
import type { DocumentReader } from '../reader/document-reader.js';
import { type DueFeed, readDue } from './due.js';
import { createHosts } from './hosts.js';
import { createLease, LeaseLostError } from './lease.js';
import { pollFeed } from './poll-feed.js';

export interface WatcherOptions {
  readonly db: Database;
  readonly reader: DocumentReader;
  readonly allowed: AllowedAddresses;
  readonly userAgent: string;
  /** The least time between two requests to a host, in milliseconds. */
  readonly pause: number;
  readonly resolve?: Resolve;
  /** Wakes the readers of the desk's log. */
  wake(): void;
  onWatching(isWatching: boolean): void;
  onFailure(feed: DueFeed, failure: string): void;
  /** Called if articles of a feed could not be read or saved. */
  onWarning(feed: DueFeed, warning: string): void;
  /** Called for what should not happen: the database is away, or a defect. */
  onError(error: unknown): void;
}

/** How often feeds that are due are looked up, in milliseconds. */
const LOOK = 500;
/** How often the lease is renewed, in milliseconds: thrice before it ends. */
const RENEW = 5_000;
/** The most feeds that are read at once. */
const AT_ONCE = 4;
/** The pause before a feed whose poll could not be saved is tried again, in milliseconds. */
const AFTER_DEFECT = 60_000;

/**
 * Fetches watched feeds when they are due. Of several instances one does so, and another takes over when it ends: at once
 * after a disposal, within 15 s after a crash.
 */
export function startWatcher(options: WatcherOptions): AsyncDisposable {
  const { db, allowed, userAgent, pause, resolve, wake, onError, onWatching } = options;
  const lease = createLease(db);
  const end = new AbortController();
  const attempts = new Map<string, number>();
  /** Feeds that are polled, or that wait after a defect. */
  const busy = new Map<string, Promise<void>>();
  const waiting = new Set<NodeJS.Timeout>();
  let isWatching = false;
  let renewAt = Number.NEGATIVE_INFINITY;
  /** Ends the polls of this term once the lease is lost. */
  let term = new AbortController();
  let fetch = fetchUntil(term.signal);

  function fetchUntil(lost: AbortSignal) {
    const signal = AbortSignal.any([end.signal, lost]);
    const base = { allowed, userAgent, signal, resolve };
    return { ...base, before: createHosts({ pause, fetch: base }).before };
  }

  const setWatching = (value: boolean) => {
    if (value === isWatching) return;
    isWatching = value;
    if (!value) {
      term.abort(new LeaseLostError('Another instance watches the feeds.'));
      term = new AbortController();
      fetch = fetchUntil(term.signal);
    }
    onWatching(value);
  };

  const poll = async (feed: DueFeed) => {
    const { signal } = fetch;
    try {
      await pollFeed(feed, { ...options, lease, fetch, attempts, onArrival: wake });
    } catch (error) {
      if (signal.aborted || error instanceof LeaseLostError) return;
      onError(error);
      await new Promise<void>((done) => {
        const timer = setTimeout(done, AFTER_DEFECT).unref();
        waiting.add(timer);
        signal.addEventListener('abort', () => done(), { once: true });
      });
    }
  };

  const look = async () => {
    if (performance.now() >= renewAt) {
      setWatching(await lease.take());
      renewAt = performance.now() + (isWatching ? RENEW : LOOK);
    }
    if (!isWatching || busy.size >= AT_ONCE) return;
    for (const feed of await readDue(db, AT_ONCE * 2)) {
      if (busy.has(feed.id) || busy.size >= AT_ONCE || end.signal.aborted) continue;
      busy.set(
        feed.id,
        poll(feed).finally(() => busy.delete(feed.id)),
      );
    }
  };

  let timer: NodeJS.Timeout | undefined;
  let isAway = false;
  let running: Promise<void> = Promise.resolve();
  const run = async () => {
    try {
      await look();
      isAway = false;
    } catch (error) {
      // Without the database the lease cannot be renewed. Writes check it, so nothing is saved twice.
      if (!isAway && !end.signal.aborted) onError(error);
      isAway = true;
    }
    if (!end.signal.aborted) schedule(LOOK);
  };
  const schedule = (wait: number) => {
    timer = setTimeout(() => {
      running = run();
    }, wait);
    timer.unref();
  };
  schedule(0);

  return {
    [Symbol.asyncDispose]: async () => {
      end.abort(new Error('the watcher ends'));
      clearTimeout(timer);
      for (const one of waiting) clearTimeout(one);
      await running;
      await Promise.all(busy.values());
      await lease.release().catch(onError);
    },
  };
}
