import type { Database } from '../database/open.js';
import type { Viewer } from '../domain/access.js';
import type { ReferenceCache } from '../domain/references/cache.js';

/** What resolvers work with: made anew for each request, and for each change that a group is sent. */
export interface Context {
  /** Where what a query reads is to be known, one that watches: see domain/reads.ts. */
  readonly db: Database;
  readonly viewer: Viewer;
  /** Kept rows of what developments refer to; each is loaded where undefined. */
  readonly references?: ReferenceCache;
  /** Wakes the readers of the feed, here and on other instances, up to a position. */
  wake(position?: bigint): void;
  /** The cursor from which the client's transport resumes, without its document saying so. */
  readonly resumeFrom?: string | undefined;
}
