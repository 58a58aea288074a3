import type { Context } from './context.js';

/**
 * Gathers what the resolvers of a request ask for in one turn of the event loop, and loads it
 * together, at most `size` keys at a time, one load after the other. Keeps nothing: a key that is
 * asked for again is loaded again.
 *
 * @param load Answers the keys in their order.
 */
export function batched<Key, Value>(
  size: number,
  load: (context: Context, keys: readonly Key[]) => Promise<readonly Value[]>,
): (context: Context, key: Key) => Promise<Value> {
  const waiting = new WeakMap<Context, Request<Key, Value>[]>();
  async function answer(context: Context): Promise<void> {
    const requests = waiting.get(context) ?? [];
    waiting.delete(context);
    for (let start = 0; start < requests.length; start += size) {
      const some = requests.slice(start, start + size);
      try {
        const values = await load(
          context,
          some.map(({ key }) => key),
        );
        if (values.length !== some.length)
          throw new Error(`Expected ${some.length} values; got ${values.length}.`);
        for (const [index, { resolve }] of some.entries()) resolve(values[index] as Value);
      } catch (error) {
        for (const { reject } of some) reject(error);
      }
    }
  }
  return (context, key) =>
    new Promise((resolve, reject) => {
      const requests = waiting.get(context);
      if (requests) {
        requests.push({ key, resolve, reject });
        return;
      }
      waiting.set(context, [{ key, resolve, reject }]);
      setImmediate(() => void answer(context)); // After the microtasks in which the other resolvers run.
    });
}

interface Request<Key, Value> {
  readonly key: Key;
  resolve(value: Value): void;
  reject(error: unknown): void;
}
