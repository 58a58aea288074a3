import type { Database } from '../../database/open.js';
import type { Bus } from '../../feed/bus/bus.js';
import { type DeskChanges, pruneDesk, readDeskChanges, readDeskHead } from './log.js';
import { type DeskPosition, encodeDeskCursor } from './position.js';
import { endPresences } from './presence.js';

export interface DeskTailOptions {
  readonly db: Database;
  readonly bus: Bus;
  /** How often followers look without a wake-up, in milliseconds, and how often presences are checked for their end. */
  readonly pollInterval: number;
  /** How often the log is pruned, in milliseconds. */
  readonly pruneInterval: number;
  /** Called when the log could not be pruned or presences could not be ended. Tried again later. */
  onError(error: unknown): void;
}

/** Follows the log of the desk for this instance. Does nothing but prune the log while nobody follows it. */
export interface DeskTail extends AsyncDisposable {
  /** Returns the position that covers everything committed before the call. */
  head(): Promise<DeskPosition>;
  /** Reads the changes after a position. Followers at the same position share a read. */
  read(after: DeskPosition): Promise<DeskChanges>;
  /** Begins to follow. */
  follow(): Follower;
}

/** Somebody who waits for changes. */
interface Follower {
  /** Resolves when there may be changes that were committed after the latest call of `read`. */
  woken(): Promise<void>;
  /** Wakes the follower. */
  wake(): void;
  leave(): void;
}

export function startDeskTail({ db, bus, pollInterval, pruneInterval, onError }: DeskTailOptions): DeskTail {
  const latches = new Set<Latch>();
  let shared = new Map<string, Promise<DeskChanges>>();
  let ending: Promise<unknown> | undefined;

  const wakeAll = () => {
    shared = new Map(); // Reads that have begun may miss the change.
    for (const latch of latches) latch.wake();
  };
  const stopListening = bus.onDeskWake(wakeAll);
  const poll = setInterval(() => {
    if (latches.size === 0) {
      shared = new Map();
      return;
    }
    ending ??= endPresences(db)
      .then((hasEnded) => hasEnded && bus.wake('DESK'))
      .catch(onError)
      .finally(() => {
        ending = undefined;
      });
    wakeAll();
  }, pollInterval);
  poll.unref();
  let pruning: Promise<unknown> = pruneDesk(db).catch(onError);
  const prune = setInterval(() => {
    pruning = pruneDesk(db).catch(onError);
  }, pruneInterval);
  prune.unref();

  return {
    head: () => readDeskHead(db),
    read: (after) => {
      const key = encodeDeskCursor(after);
      const known = shared.get(key);
      if (known) return known;
      const reading = readDeskChanges(db, after);
      const reads = shared;
      reads.set(key, reading);
      reading.catch(() => reads.delete(key));
      return reading;
    },
    follow: () => {
      const latch = new Latch();
      latches.add(latch);
      return {
        woken: () => latch.woken(),
        wake: () => latch.wake(),
        leave: () => {
          latches.delete(latch);
          latch.wake();
        },
      };
    },
    [Symbol.asyncDispose]: async () => {
      stopListening();
      clearInterval(poll);
      clearInterval(prune);
      await pruning;
      await ending;
    },
  };
}

/** Remembers a wake-up until somebody has waited for it. */
class Latch {
  #isSet = false;
  #resolve: (() => void) | undefined;

  wake(): void {
    this.#isSet = true;
    this.#resolve?.();
    this.#resolve = undefined;
  }

  async woken(): Promise<void> {
    if (!this.#isSet) {
      await new Promise<void>((resolve) => {
        this.#resolve = resolve;
      });
    }
    this.#isSet = false;
  }
}
