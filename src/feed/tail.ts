import type { Database } from '../database/open.js';
import type { Bus } from './bus/bus.js';
import { type FeedEntry, type FeedHead, readEntries, readHead } from './log.js';

export interface TailOptions {
  readonly db: Database;
  readonly bus: Bus;
  /** How often to look at the log without a wake-up, in milliseconds: the safety net. */
  readonly pollInterval: number;
  /** Told of a failed look. The tail goes on and looks again at the next wake-up or poll. */
  onError(error: unknown): void;
}

/** This instance's one reader of the log. It keeps the newest entries in memory for its followers. */
export interface Tail extends AsyncDisposable {
  /** The newest entry that it has read. */
  readonly head: FeedHead;
  /** How many follow it. */
  readonly followers: number;
  /** Entries after a position, in order, at most a page; from memory where it reaches back that far. */
  read(after: bigint): Promise<readonly FeedEntry[]>;
  /** Calls the listener each time the head has moved, until the returned function is called. */
  onAdvance(listener: () => void): () => void;
}

const PAGE = 100;
const KEPT_IN_MEMORY = 2_000;

/** Starts the tail at the log's present head. */
export async function startTail({ db, bus, pollInterval, onError }: TailOptions): Promise<Tail> {
  let head = await readHead(db);
  let recent: FeedEntry[] = [];
  const listeners = new Set<() => void>();

  async function advance(): Promise<void> {
    for (;;) {
      const page = await readEntries(db, head.position, PAGE);
      const last = page.at(-1);
      if (!last) return;
      recent = [...recent, ...page].slice(-KEPT_IN_MEMORY);
      head = { epoch: last.epoch, position: last.position };
      for (const listener of listeners) listener();
    }
  }

  // A wake-up during a look asks for another look after it: the first may have read too early.
  let looking: Promise<void> | undefined;
  let again = false;
  const look = () => {
    again = looking !== undefined;
    looking ??= advance()
      .catch(onError)
      .finally(() => {
        looking = undefined;
        if (again) look();
      });
  };

  const stopListening = bus.onWake(look);
  const poll = setInterval(look, pollInterval);
  poll.unref();

  return {
    get head() {
      return head;
    },
    get followers() {
      return listeners.size;
    },
    read: async (after) => {
      const first = recent[0];
      if (!first || after + 1n < first.position) return readEntries(db, after, PAGE);
      const start = Number(after + 1n - first.position);
      return recent.slice(start, start + PAGE);
    },
    onAdvance: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    [Symbol.asyncDispose]: async () => {
      stopListening();
      clearInterval(poll);
      again = false;
      await looking;
    },
  };
}
