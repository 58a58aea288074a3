import type { FetchForEditor } from './inbox/fetch-for-editor.js';
import type { RecordNamesCache } from './record-names-cache.js';

/** What requests about articles share. */
export interface Intake {
  /** Fetches articles for `addArticle`. */
  readonly fetchArticle: FetchForEditor;
  /** The names that suggestions find. */
  readonly names: RecordNamesCache;
}
