import type { FeedFilter } from '../../domain/filter/types.js';

/** Holds equal filters once, however many groups use them. */
export class FilterPool {
  readonly #filters = new Map<string, { readonly filter: FeedFilter; users: number }>();

  /** The number of different filters. */
  get size(): number {
    return this.#filters.size;
  }

  /** Returns the filter to use in place of an equal one. Call {@link release} with it once. */
  hold(filter: FeedFilter): FeedFilter {
    const known = this.#filters.get(filter.canonical);
    if (known) {
      known.users += 1;
      return known.filter;
    }
    this.#filters.set(filter.canonical, { filter, users: 1 });
    return filter;
  }

  release({ canonical }: FeedFilter): void {
    const known = this.#filters.get(canonical);
    if (!known) return;
    known.users -= 1;
    if (known.users === 0) this.#filters.delete(canonical);
  }
}
