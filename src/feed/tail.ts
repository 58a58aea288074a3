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
type AdvanceListener = (entries: readonly FeedEntry[]) => void;

/** This instance's one reader of the log. It keeps the newest entries in memory for its followers. */
export interface Tail extends AsyncDisposable {
  /** The newest entry that it has read. */
  readonly head: FeedHead;
  /** Whether it was told of something since that it has not looked for yet. A look that fails changes nothing. */
  readonly isBehind: boolean;
  /** Looks at the log and returns its head: everything that was committed before the call lies before it. */
  refresh(): Promise<FeedHead>;
  /** Entries after a position, in order, at most a page; from memory where it reaches back that far. */
  read(after: bigint): Promise<readonly FeedEntry[]>;
  /** Calls the listener each time the head has moved, until the returned function is called. */
  onAdvance(listener: AdvanceListener): () => void;
  /**
   * Calls the listener each time that what developments refer to was found changed (actors, sources, topics, …),
   * until the returned function is called. Such changes have no entries: how many there were is not told.
   */
  onReferenceChange(listener: () => void): () => void;
}

/** Starts the tail at the log's present head. */
export async function startTail({ db, bus, pollInterval, onError }: TailOptions): Promise<Tail> {
  let head = await readHead(db);
  let referenceVersion = (await db.referenceHead.findUniqueOrThrow({ where: { id: 1 } })).version;
  const recent = createRecentEntries();
  const readPage = createLogPages(db);
  const listeners = new Set<AdvanceListener>();
  const referenceListeners = new Set<() => void>();

  const advance = async (): Promise<void> => {
    for (;;) {
      const { entries: page, referenceVersion: version } = await readLog(db, head.position, PAGE);
      if (version !== referenceVersion) {
        referenceVersion = version;
        for (const listener of referenceListeners) listener(); // First: a commit may have changed both.
      }
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
  // Wake-ups so far, and those that a look has answered.
  let wakes = 0;
  let asked = 0; // As of the last look: it failed where it has not answered them.
  let answered = 0;
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
        const isRead = next?.upTo !== undefined && next.upTo <= head.position && answered === asked;
        const answers = wakes;
        asked = wakes;
        next = undefined;
        looking = (isOver || isRead ? Promise.resolve() : advance()).then(() => {
          answered = answers;
        });
        return looking;
      });
    next = { done, upTo };
    return done;
  };
  let isOver = false;

  const stopListening = bus.onWake((position) => {
    if (position !== undefined && position <= head.position) return;
    wakes += 1;
    look(position).catch(onError);
  });
  const poll = setInterval(() => look().catch(onError), pollInterval);
  poll.unref();

  return {
    get head() {
      return head;
    },
    get isBehind() {
      return answered < wakes;
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
    onReferenceChange: (listener) => {
      referenceListeners.add(listener);
      return () => referenceListeners.delete(listener);
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
