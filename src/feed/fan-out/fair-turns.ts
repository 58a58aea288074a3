/** A step that waits for its turn. */
interface Waiting {
  step(): Promise<number>;
  resolve(): void;
  reject(error: unknown): void;
}

/** The waiting steps of a client, by subscriber, in the order in which they came. */
type Steps = Map<object, Waiting>;

/**
 * Runs the steps of replays one after the other: clients take turns, and so do the subscribers of each client.
 *
 * So a client with many replays takes no more than one with a single replay. Between steps the event loop turns, so that
 * live subscribers keep their latency.
 */
export class FairTurns {
  /** The clients with steps, in the order of their turns. */
  readonly #clients = new Map<string, Steps>();
  /** The clients that may take no turn for a while. */
  readonly #resting = new Map<string, Steps>();
  #isWorking = false;
  #isClosed = false;

  /**
   * Waits for a turn and runs a step. A subscriber may have one step at a time.
   *
   * @param step Returns for how long the client shall rest after it, in milliseconds.
   * @returns A promise that resolves after the step, or without it after {@link leave} or {@link close}.
   */
  take(client: string, subscriber: object, step: () => Promise<number>): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const resting = this.#resting.get(client);
      const steps = resting ?? this.#clients.get(client) ?? new Map();
      steps.set(subscriber, { step, resolve, reject });
      if (resting) return;
      this.#clients.set(client, steps); // A client that has steps already keeps its place.
      if (!this.#isWorking) void this.#work();
    });
  }

  /** Gives a client no turn for a while. */
  rest(client: string, milliseconds: number): void {
    if (milliseconds <= 0 || this.#resting.has(client) || this.#isClosed) return;
    this.#resting.set(client, this.#clients.get(client) ?? new Map());
    this.#clients.delete(client);
    setTimeout(() => {
      const steps = this.#resting.get(client);
      this.#resting.delete(client);
      if (!steps || steps.size === 0) return;
      this.#clients.set(client, steps);
      if (!this.#isWorking) void this.#work();
    }, milliseconds).unref();
  }

  /** Drops the waiting step of a subscriber, if it has one. */
  leave(client: string, subscriber: object): void {
    for (const clients of [this.#clients, this.#resting]) {
      const steps = clients.get(client);
      const waiting = steps?.get(subscriber);
      if (!steps || !waiting) continue;
      steps.delete(subscriber);
      if (steps.size === 0 && clients === this.#clients) clients.delete(client);
      waiting.resolve();
    }
  }

  /** Drops all waiting steps. */
  close(): void {
    this.#isClosed = true;
    for (const clients of [this.#clients, this.#resting]) {
      for (const steps of clients.values()) for (const { resolve } of steps.values()) resolve();
      clients.clear();
    }
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    for (let next = this.#next(); next; next = this.#next()) {
      const { client, waiting } = next;
      try {
        this.rest(client, await waiting.step());
        waiting.resolve();
      } catch (error) {
        waiting.reject(error);
      }
      await new Promise(setImmediate);
    }
    this.#isWorking = false;
  }

  #next(): { readonly client: string; readonly waiting: Waiting } | undefined {
    for (const [client, steps] of this.#clients) {
      this.#clients.delete(client);
      for (const [subscriber, waiting] of steps) {
        steps.delete(subscriber);
        if (steps.size > 0) this.#clients.set(client, steps); // Behind all others.
        return { client, waiting };
      }
    }
    return undefined;
  }
}
