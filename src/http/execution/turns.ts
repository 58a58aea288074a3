/** How long requests may work in one turn of the event loop, in milliseconds. */
const SLICE = 2;

/**
 * Shares the event loop among requests: they work for some milliseconds in each of its turns, then sockets, timers and
 * health checks come first. Requests that wait go on in the order in which they came.
 *
 * One piece of work is never interrupted, so the limits on documents bound how long it takes.
 */
export interface Turns {
  /** Returns undefined while there is time in this turn of the event loop; otherwise a promise to wait for. */
  take(): Promise<void> | undefined;
}

export const createTurns = (): Turns => new SlicedTurns();

class SlicedTurns implements Turns {
  readonly #waiting: (() => void)[] = [];
  /** When the work in this turn of the event loop began; undefined before any. */
  #began: number | undefined;
  /** Whether a request may still have microtasks to run. */
  #isBusy = false;

  take(): Promise<void> | undefined {
    if (this.#isBusy || this.#waiting.length > 0 || this.#isOver()) {
      return new Promise((resolve) => {
        this.#waiting.push(resolve);
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
      if (this.#waiting.length === 0) return;
      this.#begin();
      if (!this.#isBusy) this.#resume();
    });
  }

  #resume(): void {
    if (this.#waiting.length === 0 || this.#isOver()) return;
    this.#watch();
    this.#waiting.shift()?.();
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
