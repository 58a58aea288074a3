/** How long requests may work in one turn of the event loop, in milliseconds. */
const SLICE = 5;

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

  take(): Promise<void> | undefined {
    if (this.#began === undefined) this.#begin();
    else if (this.#waiting.length > 0 || this.#isOver(this.#began)) {
      return new Promise((resolve) => {
        this.#waiting.push(resolve);
      });
    }
    return undefined;
  }

  #begin(): void {
    this.#began = performance.now();
    setImmediate(() => {
      this.#began = undefined;
      if (this.#waiting.length === 0) return;
      this.#begin();
      this.#resume();
    });
  }

  readonly #resume = (): void => {
    this.#waiting.shift()?.();
    // A tick that a microtask asks for comes after all microtasks: the request has then done all it can for now.
    queueMicrotask(() => process.nextTick(this.#resumeNext));
  };

  readonly #resumeNext = (): void => {
    if (this.#waiting.length > 0 && this.#began !== undefined && !this.#isOver(this.#began)) this.#resume();
  };

  #isOver(began: number): boolean {
    return performance.now() - began >= SLICE;
  }
}
