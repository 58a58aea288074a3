/**
 * Measures the work of one request, in milliseconds: the time of its statements in the database, and of its turns on
 * the event loop. Statements that run at the same time count each.
 *
 * A turn lasts until the request has nothing more to do for now, so it contains parsing, validation, resolvers and
 * serialisation. Waiting for turns, for a connection or for the client is not work.
 */
export class Work {
  #milliseconds = 0;
  /** When its turn began. Undefined while it waits. */
  #turnBegan: number | undefined;
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
    const turn = performance.now() - this.#turnBegan;
    this.#turnBegan = undefined;
    this.add(turn);
  }

  add(milliseconds: number): void {
    this.#milliseconds += milliseconds;
    this.#charge?.(milliseconds);
  }

  /** Charges the work until now, and from then on all that follows: statements can outlive their request. */
  chargeBy(charge: (milliseconds: number) => void): void {
    this.#charge = charge;
    if (this.#milliseconds > 0) charge(this.#milliseconds);
  }
}
