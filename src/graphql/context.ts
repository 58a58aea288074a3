import type { Database } from '../database/open.js';
import type { Viewer } from '../domain/access.js';
import type { ReferenceCache } from '../domain/references/cache.js';
import { Loaders } from './batch.js';

/** What resolvers work with: one for each request, and one for each change that a group of subscribers is sent. */
export interface Context {
  readonly db: Database;
  readonly viewer: Viewer;
  /** Cached rows of actors, sources and so on; undefined in mutations, which must see their own writes. */
  readonly references: ReferenceCache | undefined;
  /** The version of those rows that the request has found current. */
  referencesVersion: bigint | undefined;
  /** The cursor from `Last-Event-ID`, which takes precedence over the document's `after`. */
  readonly resumeFrom: string | undefined;
  readonly loaders: Loaders;
  /** How many developments the answer shows so far: see types/budget.ts. */
  shownDevelopments: number;
  /** Wakes the readers of the feed, here and on other instances, up to a position. */
  wake(position?: bigint): void;
}

/** Creates a context without a request: for one change of the feed. */
export function createContext(given: Pick<Context, 'db' | 'viewer' | 'wake'>): Context {
  return {
    ...given,
    references: undefined,
    referencesVersion: undefined,
    resumeFrom: undefined,
    loaders: new Loaders(),
    shownDevelopments: 0,
  };
}
