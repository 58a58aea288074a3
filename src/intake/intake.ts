import type { FetchForEditor } from './inbox/arrival/fetch-for-editor.js';
import type { RecordNamesCache } from './record-names-cache.js';

/** State shared by requests about articles. */
export interface Intake {
  /** Fetches articles for `addArticle`. */
  readonly fetchArticle: FetchForEditor;
  /** The names that suggestions find. */
  readonly names: RecordNamesCache;
}
