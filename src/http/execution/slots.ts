import { FairQueue } from './fair-queue.js';
import type { Lifetime } from './lifetime.js';

/** The part of a request that slots need. */
export interface SlotHolder {
  /** The client in whose turn it is served. */
  readonly client: string;
  readonly lifetime: Lifetime;
}

/**
 * Bounds the statements of requests that run at once, to as many as the pool has connections, and lets clients that wait
 * for one take turns. Without it the pool would serve first the client that asks for most.
 *
 * The server's own statements (the tail, sessions) take none, so at most one statement of each connection is ahead of them.
 */
export interface Slots {
  readonly figures: { readonly busy: number; readonly waiting: number };
  /**
   * Takes a slot, or waits for one. Call `leave` when the work in it has ended.
   *
   * @throws {GraphQLError} If the request is over, or ends while it waits. It has no slot then.
   */
  enter(holder: SlotHolder): Promise<void>;
  leave(): void;
}

export function createSlots(count: number): Slots {
  const queue = new FairQueue<() => void>();
  let busy = 0;
  let waiting = 0;

  const wait = ({ client, lifetime }: SlotHolder) =>
    new Promise<void>((resolve, reject) => {
      waiting += 1;
      const start = () => {
        waiting -= 1;
        stop();
        resolve();
      };
      const remove = queue.add(client, start);
      const stop = lifetime.onEnd((error) => {
        if (!remove()) return;
        waiting -= 1;
        reject(error);
      });
    });

  return {
    get figures() {
      return { busy, waiting };
    },
    enter: async (holder) => {
      holder.lifetime.check();
      if (busy < count) busy += 1;
      else await wait(holder); // Takes over the slot of one that leaves.
    },
    leave: () => {
      const next = queue.take();
      if (next) next();
      else busy -= 1;
    },
  };
}
