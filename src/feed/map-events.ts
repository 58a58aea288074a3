/**
 * Maps what an iterator gives, in order; what becomes undefined is left out.
 *
 * @returns An iterator whose `return()` reaches the source at once, even while `next()` is pending. An
 *   async generator's would wait for it, and an idle subscription would leak.
 */
export function mapEvents<From, To>(
  source: AsyncIterableIterator<From>,
  map: (event: From) => Promise<To | undefined>,
): AsyncIterableIterator<To> {
  const mapped: AsyncIterableIterator<To> = {
    next: async () => {
      for (;;) {
        const { done, value } = await source.next();
        if (done) return { done, value: undefined };
        const event = await map(value);
        if (event !== undefined) return { done: false, value: event };
      }
    },
    return: async () => {
      await source.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return mapped;
    },
  };
  return mapped;
}
