import iconv from 'iconv-lite';
import { FetchFailedError } from '../../files/fetch/errors.js';
import { type FetchOptions, fetchAddress } from '../../files/fetch/fetch-address.js';
import type { DocumentReader } from '../reader/document-reader.js';
import type { Article } from './article.js';
import { MAX_ARTICLE_BYTES } from './read-article.js';

export interface FetchedArticle extends Article {
  /** The address that answered, after redirects. */
  readonly url: string;
}

export type FetchArticleOptions = Omit<FetchOptions, 'maxBytes' | 'timeout' | 'headers'> & {
  /** In milliseconds. */
  readonly timeout?: number;
  readonly reader: DocumentReader;
};

/** Name endings by media type, for the reader of articles. */
const ENDINGS: Readonly<Record<string, string>> = {
  'text/html': 'html',
  'application/xhtml+xml': 'html',
  'text/plain': 'txt',
  'text/markdown': 'md',
  'application/pdf': 'pdf',
};
/** How long a fetch may take, in milliseconds, unless the caller has less time. */
const FETCH_TIMEOUT = 30_000;

/**
 * Fetches an article from an address, and reads it.
 *
 * @throws {RefusedAddressError} For an address that may not be fetched.
 * @throws {FetchFailedError} Also for an error status, and a media type that is no text.
 * @throws {UnreadableArticleError} If the document is damaged, or has no text.
 */
export async function fetchArticle(
  address: string,
  { timeout = FETCH_TIMEOUT, reader, ...options }: FetchArticleOptions,
): Promise<FetchedArticle> {
  const { status, url, headers, body } = await fetchAddress(address, {
    ...options,
    maxBytes: MAX_ARTICLE_BYTES,
    timeout,
    headers: { accept: Object.keys(ENDINGS).join(', ') },
  });
  if (status !== 200)
    throw new FetchFailedError(`${url.href} answers with the status ${status}.`, { status });
  const [type = '', charset] = (headers['content-type'] ?? 'text/html')
    .toLowerCase()
    .split(/;\s*charset\s*=\s*"?/);
  const media = type.replace(/;.*/, '').trim();
  const ending = ENDINGS[media];
  if (ending === undefined)
    throw new FetchFailedError(
      `${url.href} is ${JSON.stringify(media)}. Expected HTML, Markdown, plain text or PDF.`,
    );
  const bytes = ending === 'pdf' ? body : inUtf8(body, charset);
  const article = await reader.readArticle(bytes, `${url.pathname.slice(0, 200)}.${ending}`);
  return { ...article, url: url.href };
}

/** Articles are read as UTF-8. */
function inUtf8(bytes: Buffer, stated: string | undefined): Buffer {
  const declared = /<meta[^>]{1,200}charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(
    bytes.subarray(0, 2_048).toString('latin1'),
  );
  const encoding = (stated ?? declared?.[1] ?? 'utf-8').replace(/["';].*$/, '').trim();
  const isForeign = !/^utf-?8$/i.test(encoding) && iconv.encodingExists(encoding);
  return isForeign ? Buffer.from(iconv.decode(bytes, encoding)) : bytes;
}
