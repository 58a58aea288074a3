import type { Work } from './work.js';

/** How long requests may work in one turn of the event loop, in milliseconds. */
const SLICE = 2;

/**
 * Shares the event loop among requests: they work for some milliseconds in each of its turns, then sockets, timers and
 * health checks come first. Requests that wait go on in the order in which they came.
 *
 * One piece of work is never interrupted, so the limits on documents bound how long it takes.
 */
export interface Turns {
  /**
   * Returns undefined while there is time in this turn of the event loop; otherwise a promise to wait for.
   *
   * @param work Measures the request's turn, until it has done all that it can for now.
   */
  take(work: Work): Promise<void> | undefined;
}

export const createTurns = (): Turns => new SlicedTurns();

class SlicedTurns implements Turns {
  readonly #waiting: { readonly work: Work; resume(): void }[] = [];
  /** When the work in this turn of the event loop began; undefined before any. */
  #began: number | undefined;
  /** The work of the request that may still have microtasks to run. */
  #busy: Work | undefined;

  take(work: Work): Promise<void> | undefined {
    if (this.#busy || this.#waiting.length > 0 || this.#isOver()) {
      return new Promise((resume) => {
        this.#waiting.push({ work, resume });
      });
    }
    if (this.#began === undefined) this.#begin();
    this.#watch(work);
    return undefined;
  }

  #begin(): void {
    this.#began = performance.now();
    setImmediate(() => {
      this.#began = undefined;
      if (this.#waiting.length === 0) return;
      this.#begin();
      if (!this.#busy) this.#resume();
    });
  }

  #resume(): void {
    if (this.#isOver()) return;
    const next = this.#waiting.shift();
    if (!next) return;
    this.#watch(next.work);
    next.resume();
  }

  /** Resumes the next request when one has done all that it can for now. */
  #watch(work: Work): void {
    this.#busy = work;
    work.beginTurn();
    // A tick that a microtask asks for comes after all microtasks.
    queueMicrotask(() => process.nextTick(this.#afterMicrotasks));
  }

  readonly #afterMicrotasks = (): void => {
    this.#busy?.endTurn();
    this.#busy = undefined;
    this.#resume();
  };

  #isOver(): boolean {
    return this.#began !== undefined && performance.now() - this.#began >= SLICE;
  }
}
