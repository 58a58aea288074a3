import type { AllowedAddresses } from '../../../files/fetch/allowed-addresses.js';
import { FetchFailedError } from '../../../files/fetch/errors.js';
import type { FetchedArticle } from '../../article/fetch-article.js';
import type { DocumentReader } from '../../reader/document-reader.js';
import { userAgentOf } from '../../user-agent.js';

/**
 * Fetches an article for an editor who waits for it.
 *
 * @throws {RefusedAddressError} For an address that may not be fetched.
 * @throws {FetchFailedError} Also if 4 fetches are running.
 * @throws {UnreadableArticleError} If the document is damaged, or has no text.
 */
export type FetchForEditor = (address: string) => Promise<FetchedArticle>;

export interface FetchForEditorOptions {
  readonly allowed: AllowedAddresses;
  readonly publicUrl: string | undefined;
  readonly reader: DocumentReader;
  /** How long a request may take, in seconds. */
  readonly requestTimeout: number;
}

/** The most articles that are fetched at once: each may have 10 MB. */
const AT_ONCE = 4;
/** The longest fetch, in milliseconds. */
const MAX_TIME = 30_000;

export function createFetchForEditor(options: FetchForEditorOptions): FetchForEditor {
  const { allowed, publicUrl, reader, requestTimeout } = options;
  const userAgent = userAgentOf(publicUrl);
  // The rest of the request's time is for reading the document.
  const timeout = Math.min(MAX_TIME, requestTimeout * 700);
  let running = 0;
  return async (address) => {
    if (running >= AT_ONCE) {
      throw new FetchFailedError(
        `The server is already fetching ${AT_ONCE} articles. Try again in a few seconds.`,
      );
    }
    running += 1;
    try {
      // It loads the tables of encodings, which most servers never use.
      const { fetchArticle } = await import('../../article/fetch-article.js');
      return await fetchArticle(address, { allowed, userAgent, timeout, reader });
    } finally {
      running -= 1;
    }
  };
}
