import { setImmediate } from 'node:timers/promises';

/** A database that answers while rows are composed waits at most this long for its next statement, in milliseconds. */
const LONGEST = 5;

/** Divides long computations, so that what the database answers meanwhile is not left waiting. */
export class Pauses {
  #began = performance.now();

  /** Call it between two rows. Lets input and output run if the last pause is some time ago. */
  async between(): Promise<void> {
    if (performance.now() - this.#began < LONGEST) return;
    await setImmediate();
    this.#began = performance.now();
  }
}
