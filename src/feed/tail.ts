import type { Database } from '../database/open.js';
import type { Bus } from './bus/bus.js';
import { type FeedEntry, type FeedHead, readEntries, readHead } from './log.js';
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
}

/** Starts the tail at the log's present head. */
export async function startTail({ db, bus, pollInterval, onError }: TailOptions): Promise<Tail> {
  let head = await readHead(db);
  const recent = createRecentEntries();
  const readPage = createLogPages(db);
  const listeners = new Set<AdvanceListener>();

  const advance = async (): Promise<void> => {
    for (;;) {
      const page = await readEntries(db, head.position, PAGE);
      const last = page.at(-1);
      if (!last) return;
      recent.add(page);
      head = { epoch: last.epoch, position: last.position };
      for (const listener of listeners) listener(page);
      if (page.length < PAGE) return; // Whoever commits after this wakes the tail again.
    }
  };

  // A look that has begun may have read too early for whoever asks now: they share the one after it.
  let looking: Promise<void> = Promise.resolve();
  let next: { readonly done: Promise<void>; upTo: bigint | undefined } | undefined;
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
        const isRead = next?.upTo !== undefined && next.upTo <= head.position;
        next = undefined;
        looking = isOver || isRead ? Promise.resolve() : advance();
        return looking;
      });
    next = { done, upTo };
    return done;
  };
  let isOver = false;

  const lookLater = (position?: bigint) => {
    if (position === undefined || position > head.position) look(position).catch(onError);
  };
  const stopListening = bus.onWake(lookLater);
  const poll = setInterval(lookLater, pollInterval);
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
