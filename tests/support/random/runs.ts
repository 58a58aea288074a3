import { inject } from 'vitest';

declare module 'vitest' {
  export interface ProvidedContext {
    /** How many random cases a project tries: `all` that a test requests, or a `few` of them. */
    runs: 'few' | 'all';
  }
}

/**
 * Returns how many random cases to try: `count` in the long tests, a twentieth of that elsewhere, but at least `fewest`.
 */
export function runs(count: number, fewest = 5): number {
  return inject('runs') === 'all' ? count : Math.min(count, Math.max(fewest, Math.ceil(count / 20)));
}
