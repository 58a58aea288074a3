import { FairQueue } from './fair-queue.js';

/** How long requests may work in one turn of the event loop, in milliseconds. */
const SLICE = 2;

/** Told when a turn begins and ends. */
export interface TurnMeter {
  beginTurn(): void;
  endTurn(): void;
}

/** For turns that are nobody's work, or are charged otherwise. */
export const UNMEASURED: TurnMeter = { beginTurn: () => {}, endTurn: () => {} };

/**
 * Shares the event loop among requests: they work for some milliseconds in each of its turns, then sockets, timers and
 * health checks come first. Clients that wait go on in turns, each with its requests in the order in which they came: a
 * client with a hundred requests holds up another one by one piece of work at a time.
 *
 * One piece of work is never interrupted, so the limits on documents bound how long it takes.
 */
export interface Turns {
  /**
   * Returns undefined while there is time in this turn of the event loop; otherwise a promise to wait for.
   *
   * @param meter Measures the request's turn, until it has done all that it can for now.
   */
  take(client: string, meter: TurnMeter): Promise<void> | undefined;
}

export const createTurns = (): Turns => new SlicedTurns();

class SlicedTurns implements Turns {
  readonly #waiting = new FairQueue<{ readonly meter: TurnMeter; resume(): void }>();
  /** When the work in this turn of the event loop began; undefined before any. */
  #began: number | undefined;
  /** The meter of the request that may still have microtasks to run. */
  #busy: TurnMeter | undefined;

  take(client: string, meter: TurnMeter): Promise<void> | undefined {
    if (this.#busy || !this.#waiting.isEmpty || this.#isOver()) {
      return new Promise((resume) => {
        this.#waiting.add(client, { meter, resume });
      });
    }
    if (this.#began === undefined) this.#begin();
    this.#watch(meter);
    return undefined;
  }

  #begin(): void {
    this.#began = performance.now();
    setImmediate(() => {
      this.#began = undefined;
      if (this.#waiting.isEmpty) return;
      this.#begin();
      if (!this.#busy) this.#resume();
    });
  }

  #resume(): void {
    if (this.#isOver()) return;
    const next = this.#waiting.take();
    if (!next) return;
    this.#watch(next.meter);
    next.resume();
  }

  /** Resumes the next request when one has done all that it can for now. */
  #watch(meter: TurnMeter): void {
    this.#busy = meter;
    meter.beginTurn();
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
