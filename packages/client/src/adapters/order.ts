/** Keeps items of the feed and answers to queries in order. */
export interface Order {
  /** Sends a query. It is overtaken if an item was delivered meanwhile: the answer may lack the item's change. */
  query<T>(send: () => Promise<T>): Promise<{ readonly result: T; readonly isOvertaken: boolean }>;
  /** Resolves when the queries that are under way have been answered, or after the longest delay. */
  beforeItem(): Promise<void>;
}

interface Query {
  isOvertaken: boolean;
  readonly answered: Promise<unknown>;
}

/**
 * The server has the change of an item before it sends the item, so a query sent after the item came shows the change.
 * One that was sent before may not.
 */
export function createOrder(maxDelay: number): Order {
  const underWay = new Set<Query>();
  return {
    query: async (send) => {
      const sent = send();
      const query: Query = { isOvertaken: false, answered: sent.then(ignore, ignore) };
      underWay.add(query);
      try {
        const result = await sent;
        return { result, isOvertaken: query.isOvertaken };
      } finally {
        underWay.delete(query);
      }
    },
    beforeItem: async () => {
      const earlier = [...underWay];
      if (earlier.length === 0) return;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const delay = new Promise((resolve) => {
        timer = setTimeout(resolve, maxDelay);
      });
      await Promise.race([Promise.all(earlier.map(({ answered }) => answered)), delay]);
      clearTimeout(timer);
      for (const query of underWay) if (earlier.includes(query)) query.isOvertaken = true;
    },
  };
}

function ignore(): void {}
