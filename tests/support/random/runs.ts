import { inject } from 'vitest';

declare module 'vitest' {
  export interface ProvidedContext {
    /** How many random cases a project tries: `all` that a test requests, or a `few` of them. */
    runs: 'few' | 'all';
  }
}

const FEWEST = 10;

/** Returns how many random cases to try: `count` in the long tests, a tenth of that elsewhere, but at least ten. */
export function runs(count: number): number {
  return inject('runs') === 'all' ? count : Math.min(count, Math.max(FEWEST, Math.ceil(count / 10)));
}
