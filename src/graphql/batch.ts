import DataLoader from 'dataloader';
import type { Context } from './context.js';

type Load<Key, Value> = (context: Context, keys: readonly Key[]) => Promise<readonly Value[]>;

/** The data loaders of one context, each created on first use. */
export class Loaders {
  readonly #loaders = new Map<unknown, DataLoader<unknown, unknown>>();

  /** Returns the loader of this context for `load`. */
  of<Key, Value>(context: Context, load: Load<Key, Value>, maxBatchSize: number): DataLoader<Key, Value> {
    const known = this.#loaders.get(load) as DataLoader<Key, Value> | undefined;
    if (known) return known;
    const loader = new DataLoader<Key, Value>((keys) => load(context, keys) as Promise<Value[]>, {
      cache: false, // A key that is asked for again is loaded again.
      maxBatchSize,
      batchScheduleFn: setImmediate, // After the microtasks in which the other resolvers run.
    });
    this.#loaders.set(load, loader as DataLoader<unknown, unknown>);
    return loader;
  }
}

/**
 * Creates a function that batches what the resolvers of a context ask for in one turn of the event loop.
 *
 * @param size The most keys in one call of `load`.
 * @param load Returns the values in the order of the keys.
 */
export function batched<Key, Value>(
  size: number,
  load: Load<Key, Value>,
): (context: Context, key: Key) => Promise<Value> {
  return (context, key) => context.loaders.of(context, load, size).load(key);
}
