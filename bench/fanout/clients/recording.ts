import { now } from '../../clock.js';

/** The items that clients should receive. */
export interface Expectation {
  readonly clients: number;
  readonly selections: number;
  /** Items for each client. */
  readonly items: number;
}

export interface Recorded {
  /** Arrival times of items: all of the first client, then all of the second, … */
  readonly arrivals: Float64Array;
  /** Received items in order, by selection. Every client of a selection received the same bytes. */
  readonly items: readonly (readonly Buffer[])[];
  /** Items whose bytes or order differ from those of the selection's first client. */
  readonly different: number;
  readonly missing: number;
  readonly superfluous: number;
}

/** Records arrivals with minimal work, because the clients share the machine with the server. */
export class Recording {
  readonly #expected: Expectation;
  readonly #arrivals: Float64Array;
  readonly #received: Uint32Array;
  readonly #items: Buffer[][];
  #different = 0;
  #superfluous = 0;
  #missing: number;
  #complete = () => {};
  readonly complete: Promise<void>;

  constructor(expected: Expectation) {
    const { clients, selections, items } = expected;
    this.#expected = expected;
    this.#missing = clients * items;
    this.#arrivals = new Float64Array(clients * items);
    this.#received = new Uint32Array(clients);
    this.#items = Array.from({ length: selections }, () => []);
    this.complete = new Promise((resolve) => {
      this.#complete = resolve;
    });
  }

  take(client: number, selection: number, bytes: Buffer): void {
    const index = this.#received[client] ?? 0;
    this.#received[client] = index + 1;
    if (index >= this.#expected.items) {
      this.#superfluous += 1;
      return;
    }
    this.#arrivals[client * this.#expected.items + index] = now();
    const items = this.#items[selection] ?? [];
    const known = items[index];
    if (!known) items[index] = Buffer.from(bytes);
    else if (!known.equals(bytes)) this.#different += 1;
    this.#missing -= 1;
    if (this.#missing === 0) this.#complete();
  }

  get result(): Recorded {
    return {
      arrivals: this.#arrivals,
      items: this.#items,
      different: this.#different,
      missing: this.#missing,
      superfluous: this.#superfluous,
    };
  }
}
