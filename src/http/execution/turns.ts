import { FairQueue } from './fair-queue.js';

/** How long requests may work in one turn of the event loop, in milliseconds. */
const SLICE = 2;

/**
 * Shares the event loop among requests: they work for some milliseconds in each of its turns, then sockets, timers and
 * health checks come first. Clients that wait go on in turns, each with its requests in the order in which they came: a
 * client with a hundred requests holds up another one by one piece of work at a time.
 *
 * One piece of work is never interrupted, so the limits on documents bound how long it takes.
 */
export interface Turns {
  /** Returns undefined while there is time in this turn of the event loop; otherwise a promise to wait for. */
  take(client: string): Promise<void> | undefined;
}

export const createTurns = (): Turns => new SlicedTurns();

class SlicedTurns implements Turns {
  readonly #waiting = new FairQueue<() => void>();
  /** When the work in this turn of the event loop began; undefined before any. */
  #began: number | undefined;
  /** Whether a request may still have microtasks to run. */
  #isBusy = false;

  take(client: string): Promise<void> | undefined {
    if (this.#isBusy || !this.#waiting.isEmpty || this.#isOver()) {
      return new Promise((resolve) => {
        this.#waiting.add(client, resolve);
      });
    }
    if (this.#began === undefined) this.#begin();
    this.#watch();
    return undefined;
  }

  #begin(): void {
    this.#began = performance.now();
    setImmediate(() => {
      this.#began = undefined;
      if (this.#waiting.isEmpty) return;
      this.#begin();
      if (!this.#isBusy) this.#resume();
    });
  }

  #resume(): void {
    if (this.#waiting.isEmpty || this.#isOver()) return;
    this.#watch();
    this.#waiting.take()?.();
  }

  /** Resumes the next request when one has done all that it can for now. */
  #watch(): void {
    this.#isBusy = true;
    // A tick that a microtask asks for comes after all microtasks.
    queueMicrotask(() => process.nextTick(this.#afterMicrotasks));
  }

  readonly #afterMicrotasks = (): void => {
    this.#isBusy = false;
    this.#resume();
  };

  #isOver(): boolean {
    return this.#began !== undefined && performance.now() - this.#began >= SLICE;
  }
}
