import type { Database } from '../database/open.js';
import type { Bus } from './bus/bus.js';
import { type FeedEntry, type FeedHead, readEntries, readHead, readLog } from './log.js';
import { createLogPages, PAGE } from './log-pages.js';
import { createRecentEntries } from './recent-entries.js';

export interface TailOptions {
  readonly db: Database;
  readonly bus: Bus;
  /** How often to look at the log without a wake-up, in milliseconds: the safety net. */
  readonly pollInterval: number;
  /** Told of a failed look. The tail goes on and looks again at the next wake-up or poll. */
  onError(error: unknown): void;
}

/** Called with what was read, in position order. */
export type AdvanceListener = (entries: readonly FeedEntry[]) => void;

/** This instance's one reader of the log. It keeps the newest entries in memory for its followers. */
export interface Tail extends AsyncDisposable {
  /** The newest entry that it has read. */
  readonly head: FeedHead;
  /** Looks at the log and returns its head: everything that was committed before the call lies before it. */
  refresh(): Promise<FeedHead>;
  /** Entries after a position, in order, at most a page; from memory where it reaches back that far. */
  read(after: bigint): Promise<readonly FeedEntry[]>;
  /** Calls the listener each time the head has moved, until the returned function is called. */
  onAdvance(listener: AdvanceListener): () => void;
  /**
   * Calls the listener as soon as the record has changed or may have, until the returned function is called.
   *
   * That is at a wake-up, before the log is read, and when the log or the reference data (actors, sources, topics, …)
   * turns out to have changed without a wake-up. Reads that begin afterwards see the change. Comes before `onAdvance`.
   */
  onChange(listener: () => void): () => void;
}

/** Starts the tail at the log's present head. */
export async function startTail({ db, bus, pollInterval, onError }: TailOptions): Promise<Tail> {
  let head = await readHead(db);
  let referenceVersion = (await db.referenceHead.findUniqueOrThrow({ where: { id: 1 } })).version;
  const recent = createRecentEntries();
  const readPage = createLogPages(db);
  const listeners = new Set<AdvanceListener>();
  const changeListeners = new Set<() => void>();
  /** Up to here `onChange` has been called. Beyond the head while wake-ups wait for a look. */
  let announced = head.position;
  const announce = (position: bigint) => {
    if (position > announced) announced = position;
    for (const listener of changeListeners) listener();
  };

  const advance = async (): Promise<void> => {
    for (;;) {
      const { entries: page, referenceVersion: version } = await readLog(db, head.position, PAGE);
      const last = page.at(-1);
      const { epoch, position } = last ?? head;
      const isUnannounced = position > announced || epoch !== head.epoch || version !== referenceVersion;
      referenceVersion = version;
      if (isUnannounced) announce(position);
      if (!last) break;
      recent.add(page);
      head = { epoch, position };
      for (const listener of listeners) listener(page);
      if (page.length < PAGE) break; // A later commit wakes the tail again.
    }
    if (!next) announced = head.position; // A bus may have announced positions that do not exist.
  };

  // A look that has begun may have read too early for whoever asks now: they share the one after it.
  let looking: Promise<void> = Promise.resolve();
  let next: { readonly done: Promise<void>; upTo: bigint | undefined } | undefined;
  let hasFailed = false;
  /** @param upTo The position that is looked for; without one there may be anything. */
  const look = (upTo?: bigint): Promise<void> => {
    if (next) {
      next.upTo = later(next.upTo, upTo);
      return next.done;
    }
    const done = looking
      .catch(() => {})
      .then(() => {
        // The commit's own wake-up and its echo over the bus ask for the same: one look is enough.
        const isRead = next?.upTo !== undefined && next.upTo <= head.position && !hasFailed;
        next = undefined;
        if (isOver || isRead) return undefined;
        hasFailed = true;
        looking = advance().then(() => {
          hasFailed = false;
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
    look(position).catch(onError);
  });
  const poll = setInterval(() => look().catch(onError), pollInterval);
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
      return pageEnd <= head.position ? readPage(after) : readEntries(db, after, PAGE);
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

/** The later of two positions that are looked for; none where either look is for anything there may be. */
function later(one: bigint | undefined, other: bigint | undefined): bigint | undefined {
  if (one === undefined || other === undefined) return undefined;
  return one > other ? one : other;
}
