import type { Database } from '../database/open.js';
import type { Bus } from './bus/bus.js';
import { FIRST_HASH, isErasure, shortHash } from './hash-chain.js';
import { type FeedHead, readHead, readReferenceVersion } from './head.js';
import { latestOf } from './latest.js';
import { type FeedEntry, readEntries, readLog } from './log.js';
import {
  createHashPages,
  createLatestPages,
  createLogPages,
  createRecentEntries,
  PAGE,
} from './log-cache.js';

export interface TailOptions {
  readonly db: Database;
  readonly bus: Bus;
  /** How often to read the log without a wake-up, in milliseconds, in case one is lost. */
  readonly pollInterval: number;
  /** Called with the first failed read of an outage. The tail retries at the next wake-up or poll. */
  onError(error: unknown): void;
  /** Called when a read has succeeded after such a failure. */
  onBack?(): void;
}

/** How long the answer to a look may take before its connection counts as silent, in milliseconds. */
const LOOK_TIMEOUT = 5_000;

/** Called with new entries in position order. */
type AdvanceListener = (entries: readonly FeedEntry[]) => void;

/** Reads the log for this instance, and keeps the newest entries in memory for its followers. */
export interface Tail extends AsyncDisposable {
  /** The newest entry read. */
  readonly head: FeedHead;
  /** Reads the log and returns its head, which covers everything committed before the call. */
  refresh(): Promise<FeedHead>;
  /** Returns at most a page of entries after a position, in order, from memory if possible. */
  read(after: bigint): Promise<readonly FeedEntry[]>;
  /**
   * Returns at most a page of entries after a position, in order: of each development the newest up to `upTo`, which the
   * head has reached, and of each reference too if they are asked for. Empty at the end.
   */
  readLatest(after: bigint, upTo: bigint, withReferences: boolean): Promise<readonly FeedEntry[]>;
  /**
   * Returns the part of the hash that cursors carry, at a position up to the head: from memory, or from the database for
   * a thousand positions at once.
   */
  hashAt(position: bigint): Promise<string | undefined>;
  /** Calls the listener after each advance of the head. Returns a function that unsubscribes. */
  onAdvance(listener: AdvanceListener): () => void;
  /**
   * Calls the listener as soon as the record has changed or may have, until the returned function is called.
   *
   * That is at a wake-up, before the log is read, and when the log or the reference data (actors, sources, topics, …)
   * turns out to have changed without a wake-up. Reads that begin afterwards see the change. Comes before `onAdvance`.
   */
  onChange(listener: () => void): () => void;
}

/** Starts the tail at the log's current head. */
export async function startTail({ db, bus, pollInterval, onError, onBack }: TailOptions): Promise<Tail> {
  let head = await readHead(db);
  let referenceVersion = await readReferenceVersion(db);
  const recent = createRecentEntries();
  const pages = createLogPages(db);
  const latestPages = createLatestPages(db);
  const readHash = createHashPages(db);
  const listeners = new Set<AdvanceListener>();
  const changeListeners = new Set<() => void>();
  /** Up to here `onChange` has been called. Beyond the head while wake-ups wait for a look. */
  let announced = head.position;
  const announce = (position: bigint) => {
    if (position > announced) announced = position;
    for (const listener of changeListeners) listener();
  };

  /** Forgets entries of before an erasure. */
  const forget = () => {
    recent.clear();
    pages.clear();
    latestPages.clear();
  };

  /** Whether the last look failed, and that was reported. */
  let isAway = false;
  const reportLost = (error: unknown) => {
    if (!isAway) onError(error);
    isAway = true;
  };
  const reportBack = () => {
    if (isAway) onBack?.();
    isAway = false;
  };

  const advance = async (): Promise<void> => {
    for (;;) {
      // A busy server may be slow for once: the look after a failed one has twice the time.
      const answerTimeout = isAway ? 2 * LOOK_TIMEOUT : LOOK_TIMEOUT;
      const { entries: page, referenceVersion: version } = await readLog(db, head.position, PAGE, {
        answerTimeout,
      });
      const last = page.at(-1);
      const { epoch, position, hash } = last ?? head;
      const isUnannounced = position > announced || epoch !== head.epoch || version !== referenceVersion;
      referenceVersion = version;
      if (isUnannounced) announce(position);
      if (!last) break;
      if (page.some(({ change }) => isErasure(change))) forget();
      recent.add(page);
      head = { epoch, position, hash };
      for (const listener of listeners) listener(page);
      if (page.length < PAGE) break; // A later commit wakes the tail again.
    }
    if (!next) announced = head.position; // A bus may have announced positions that do not exist.
  };

  // A running read may have been too early for new callers, so they share the next one.
  let looking: Promise<void> = Promise.resolve();
  let next: { readonly done: Promise<void>; upTo: bigint | undefined } | undefined;
  let hasFailed = false;
  /** @param upTo The announced position; without one, anything may have changed. */
  const look = (upTo?: bigint): Promise<void> => {
    if (next) {
      next.upTo = later(next.upTo, upTo);
      return next.done;
    }
    const done = looking
      .catch(() => {})
      .then(() => {
        // The commit's own wake-up and its echo over the bus announce the same position: one read is enough.
        const isRead = next?.upTo !== undefined && next.upTo <= head.position && !hasFailed;
        next = undefined;
        if (isOver || isRead) return undefined;
        hasFailed = true;
        looking = advance().then(() => {
          hasFailed = false;
          reportBack();
        });
        return looking;
      });
    next = { done, upTo };
    return done;
  };
  let isOver = false;

  const stopListening = bus.onWake((position) => {
    if (position !== undefined && position <= head.position) return;
    if (position === undefined || position > announced) announce(position ?? announced);
    look(position).catch(reportLost);
  });
  const poll = setInterval(() => look().catch(reportLost), pollInterval);
  poll.unref();

  return {
    get head() {
      return head;
    },
    refresh: async () => {
      await look();
      return head;
    },
    read: async (after) => {
      const kept = recent.read(after, PAGE);
      if (kept) return kept;
      const pageEnd = after - (after % BigInt(PAGE)) + BigInt(PAGE);
      return pageEnd <= head.position ? pages.read(after) : readEntries(db, after, PAGE);
    },
    readLatest: async (after, upTo, withReferences) => {
      const kept = recent.read(after, Number.POSITIVE_INFINITY);
      if (!kept) return latestPages.read(after, upTo, withReferences);
      const entries = kept.filter(({ position }) => position <= upTo);
      return latestOf(entries, withReferences).slice(0, PAGE);
    },
    hashAt: async (position) => {
      if (position === head.position) return head.hash;
      if (position === 0n) return shortHash(FIRST_HASH);
      const [kept] = recent.read(position - 1n, 1) ?? [];
      return kept?.hash ?? readHash(position);
    },
    onAdvance: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onChange: (listener) => {
      changeListeners.add(listener);
      return () => changeListeners.delete(listener);
    },
    [Symbol.asyncDispose]: async () => {
      stopListening();
      clearInterval(poll);
      isOver = true;
      await (next?.done ?? looking).catch(() => {});
    },
  };
}

/** Returns the later of two announced positions; undefined if either is. */
function later(one: bigint | undefined, other: bigint | undefined): bigint | undefined {
  if (one === undefined || other === undefined) return undefined;
  return one > other ? one : other;
}
