import { LRUCache } from 'lru-cache';
import type { Tail } from '../../feed/tail.js';

export interface ResponseCacheFigures {
  readonly entries: number;
  /** Memory that the entries take, in bytes. */
  readonly bytes: number;
  readonly hits: number;
  readonly misses: number;
  /** Misses that were answered by the execution of another request. */
  readonly shared: number;
  /** Entries removed because the record changed. Entries that had to make room are not counted. */
  readonly dropped: number;
}

/**
 * Answers that are valid until the record changes in any way.
 *
 * Read-your-writes and monotonic reads hold per instance: all entries are dropped as soon as the instance knows
 * of a change, which is before a mutation is answered and before a subscriber is sent the change.
 */
export interface ResponseCache<Answer> extends Disposable {
  /**
   * Returns the cached answer.
   *
   * @param key Everything that the answer depends on, except the record: document, operation, variables, and what
   *   the viewer may see.
   */
  find(key: string): Answer | undefined;
  /**
   * Runs `make`, or waits for a run with the same key that began after the last change.
   *
   * A run begins when `admit` resolves. Until then nobody waits for it, so one client's queue holds up no other client.
   *
   * A defined answer is cached, unless the record changed during the run. Errors are not cached: when `make` returns
   * undefined or rejects, the next caller that waited runs its own, and the others wait for that one. A caller waits
   * for at most two runs that fail, then it runs its own without further waiting.
   *
   * @param admit Waits until the caller may run; returns a function to call after the run.
   * @returns Undefined only if this caller's own `make` returned undefined.
   * @throws The error of this caller's own `admit` or `make`.
   */
  share(
    key: string,
    admit: () => Promise<() => void>,
    make: () => Promise<Answer | undefined>,
  ): Promise<Answer | undefined>;
  /** Call it when a cached answer takes more memory than before. */
  grew(key: string, answer: Answer): void;
  readonly figures: ResponseCacheFigures;
}

export interface ResponseCacheOptions<Answer> {
  /** Create the cache before the fan-out: listeners run in order, so the cache is empty before clients hear. */
  readonly tail: Pick<Tail, 'onChange'>;
  /** Memory that all entries may take, in bytes; one may take an eighth of it. With 0 nothing is cached or shared. */
  readonly maxBytes: number;
  bytesOf(answer: Answer): number;
}

/** How many failed runs of others a caller waits for: a query that always fails must not be answered one by one. */
const MAX_FAILED_RUNS = 2;

/** Memory of an entry beside its answer and the characters of its key, in bytes. */
const ENTRY_BYTES = 300;

export function createResponseCache<Answer extends object>({
  tail,
  maxBytes,
  bytesOf,
}: ResponseCacheOptions<Answer>): ResponseCache<Answer> {
  const kept = new LRUCache<string, Answer>({
    maxSize: Math.max(1, maxBytes),
    maxEntrySize: Math.max(1, Math.floor(maxBytes / 8)),
    sizeCalculation: (answer, key) => ENTRY_BYTES + 2 * key.length + bytesOf(answer),
  });
  /** Runs that began after the last change. */
  const runs = new Map<string, Promise<Answer | undefined>>();
  const counts = { hits: 0, misses: 0, shared: 0, dropped: 0 };

  const clear = () => {
    counts.dropped += kept.size;
    kept.clear();
    runs.clear();
  };
  const stopListening = tail.onChange(clear);

  const run = async (key: string, make: () => Promise<Answer | undefined>) => {
    if (maxBytes === 0) return make();
    const running = make();
    runs.set(key, running);
    const isCurrent = () => runs.get(key) === running;
    try {
      const answer = await running;
      if (answer && isCurrent()) kept.set(key, answer);
      return answer;
    } finally {
      if (isCurrent()) runs.delete(key);
    }
  };

  return {
    find: (key) => {
      const answer = kept.get(key);
      counts[answer ? 'hits' : 'misses'] += 1;
      return answer;
    },
    share: async (key, admit, make) => {
      let release: (() => void) | undefined;
      try {
        for (let failed = 0; failed < MAX_FAILED_RUNS && maxBytes > 0; ) {
          // A run may have ended between this caller's `find` and now, or while it waited to be admitted.
          const other = kept.get(key) ?? runs.get(key)?.catch(() => undefined);
          if (!other && release) break; // Runs at once, so that others find the run.
          if (!other) {
            release = await admit();
            continue;
          }
          const answer = await other;
          if (answer) {
            counts.shared += 1;
            return answer;
          }
          failed += 1;
        }
        release ??= await admit();
        return await run(key, make);
      } finally {
        release?.();
      }
    },
    grew: (key, answer) => {
      if (kept.peek(key) !== answer) return;
      kept.delete(key); // The same answer would keep its old size.
      kept.set(key, answer);
    },
    get figures() {
      return { ...counts, entries: kept.size, bytes: kept.calculatedSize };
    },
    [Symbol.dispose]: () => {
      stopListening();
      kept.clear();
      runs.clear();
    },
  };
}
