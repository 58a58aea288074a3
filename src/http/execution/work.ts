import type { Running } from '../../database/read.js';

/**
 * Measures the work of one request, in milliseconds: the time in which the database runs statements of it, and the time
 * of its turns on the event loop.
 *
 * Statements that run at the same time count once: on a busy database they take time from each other. A turn lasts
 * until the request has nothing more to do for now, so it contains parsing, validation, resolvers and serialisation.
 * Waiting for a turn, for a connection or for the client is not work.
 */
export class Work implements Running {
  #milliseconds = 0;
  /** When its turn began. Undefined while it waits. */
  #turnBegan: number | undefined;
  #statements = 0;
  /** When the first of the running statements began. */
  #statementsBegan = 0;
  #charge: ((milliseconds: number) => void) | undefined;

  /** Until now, the turn that is going on included. */
  get milliseconds(): number {
    return this.#milliseconds + (this.#turnBegan === undefined ? 0 : performance.now() - this.#turnBegan);
  }

  beginTurn(): void {
    this.#turnBegan = performance.now();
  }

  endTurn(): void {
    if (this.#turnBegan === undefined) return;
    this.#add(performance.now() - this.#turnBegan);
    this.#turnBegan = undefined;
  }

  began(): void {
    if (this.#statements === 0) this.#statementsBegan = performance.now();
    this.#statements += 1;
  }

  ended(): void {
    this.#statements -= 1;
    if (this.#statements === 0) this.#add(performance.now() - this.#statementsBegan);
  }

  /** Charges the work until now, and from then on all that follows: statements can outlive their request. */
  chargeBy(charge: (milliseconds: number) => void): void {
    this.#charge = charge;
    if (this.#milliseconds > 0) charge(this.#milliseconds);
  }

  #add(milliseconds: number): void {
    this.#milliseconds += milliseconds;
    this.#charge?.(milliseconds);
  }
}
