import type { Article } from '../article/article.js';
import type { FeedDocument } from '../watch/feed-document.js';

/** A document from outside that a reader's process parses. */
export type Document =
  | {
      readonly kind: 'article';
      readonly bytes: Uint8Array;
      /** The name of the file, for its ending. */
      readonly name: string;
    }
  | {
      readonly kind: 'feed';
      readonly bytes: Uint8Array;
      readonly contentType: string;
      /** The address of the feed, for relative addresses. */
      readonly url: string;
    };

/** An answer of a reader's process. It sends `ready` once, when it has started. */
export type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'read'; readonly result: Article | FeedDocument }
  /** The document is not readable. */
  | { readonly kind: 'unreadable'; readonly message: string }
  /** A defect of the parsers. */
  | { readonly kind: 'failed'; readonly message: string; readonly stack: string | undefined };
