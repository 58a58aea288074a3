/** A queue that serves clients in turns: each in the order of its own items. */
export class FairQueue<Item> {
  /** In the order of the clients' next turns. */
  readonly #queues = new Map<string, Set<Item>>();

  get isEmpty(): boolean {
    return this.#queues.size === 0;
  }

  /** @returns A function that removes the item, and returns false if it has been taken. */
  add(client: string, item: Item): () => boolean {
    const queue = this.#queues.get(client) ?? new Set();
    this.#queues.set(client, queue.add(item));
    return () => {
      const wasWaiting = queue.delete(item);
      if (queue.size === 0 && this.#queues.get(client) === queue) this.#queues.delete(client);
      return wasWaiting;
    };
  }

  /** Removes and returns the next item: the oldest of the client whose turn it is. */
  take(): Item | undefined {
    for (const [client, queue] of this.#queues) {
      this.#queues.delete(client);
      for (const item of queue) {
        queue.delete(item);
        if (queue.size > 0) this.#queues.set(client, queue); // Behind all other clients.
        return item;
      }
    }
    return undefined;
  }
}
