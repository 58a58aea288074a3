import type { Database } from './database/open.js';
import type { Viewer } from './domain/access.js';
import type { Tail } from './feed/tail.js';

/** What resolvers work with: made anew for each request, and for each change that a subscriber is sent. */
export interface Context {
  readonly db: Database;
  readonly viewer: Viewer;
  readonly tail: Tail;
  /** Wakes the readers of the feed, here and on other instances. */
  wake(): void;
}
