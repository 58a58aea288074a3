import { FairQueue } from '../execution/fair-queue.js';
import { type CompressedStart, compressStart, type Encoding } from './content-encoding.js';

/** How many bodies are compressed at once. Node's pool has four threads, which file access and JWTs need too. */
const AT_ONCE = 2;

/** How many bodies may wait. Above it, answers are sent as they are: a busy server has better things to do. */
const MAX_WAITING = 64;

/** Compresses bodies, at most two at once, and lets clients that wait take turns. */
export interface Compressor {
  /** Resolves with undefined if too many bodies wait, or the body cannot be compressed: send it as it is. */
  compress(start: Buffer, encoding: Encoding, client: string): Promise<CompressedStart | undefined>;
}

/** @param onError Called if a body cannot be compressed. */
export function createCompressor(onError: (error: unknown) => void): Compressor {
  const queue = new FairQueue<() => void>();
  let running = 0;
  let waiting = 0;

  const enter = (client: string) =>
    new Promise<void>((resolve) => {
      waiting += 1;
      queue.add(client, resolve);
    });
  const leave = () => {
    const next = queue.take();
    if (next) {
      waiting -= 1;
      next();
    } else running -= 1;
  };

  return {
    compress: async (start, encoding, client) => {
      if (waiting >= MAX_WAITING) return undefined;
      if (running < AT_ONCE) running += 1;
      else await enter(client); // Takes over the place of one that leaves.
      try {
        return await compressStart(start, encoding);
      } catch (error) {
        onError(error);
        return undefined;
      } finally {
        leave();
      }
    },
  };
}
