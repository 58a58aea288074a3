import type { ArticleReaders } from './inbox/arrival/add-article.js';
import type { RecordNamesCache } from './record-names-cache.js';

/** State shared by requests about articles. */
export interface Intake extends ArticleReaders {
  /** The names that suggestions find. */
  readonly names: RecordNamesCache;
}
