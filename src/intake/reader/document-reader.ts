import { type Article, readArticle } from '../article/article.js';
import { formatOf } from '../article/format.js';
import { UnreadableArticleError } from '../article/unreadable.js';
import type { FeedDocument } from '../watch/feed-document.js';
import { UnreadableFeedError } from '../watch/unreadable-feed.js';
import { type Child, ChildEndedError, startChild } from './child-process.js';
import type { Document } from './documents.js';

/**
 * Parses documents from outside in a process of its own, one after the other. The process starts with the first document
 * that is more than plain text, and ends when it is idle. A document that takes too long or too much memory ends the
 * process, and the next one gets another.
 */
export interface DocumentReader extends AsyncDisposable {
  /**
   * @param name The name of the file, for its ending.
   * @throws {UnreadableArticleError} If the document is too large, damaged, has no text, exceeds a limit, or ends its parser.
   */
  readArticle(bytes: Uint8Array, name: string): Promise<Article>;
  /**
   * @param url The address of the document, for relative addresses.
   * @throws {UnreadableFeedError} Also if the document exceeds a limit, or ends its parser.
   */
  readFeed(bytes: Uint8Array, contentType: string, url: string): Promise<FeedDocument>;
}

export interface DocumentReaderOptions {
  /** How long a document may take, in milliseconds. */
  readonly timeout: number;
  /** The most memory of the process, in bytes. */
  readonly maxBytes?: number;
  /** How long the process waits for the next document, in milliseconds. */
  readonly idle?: number;
  /** The most documents that wait or are parsed. Others are refused. Default: no limit. */
  readonly maxUnread?: number;
  /** How long a document may wait for its turn, in milliseconds. Later it is refused. Default: no limit. */
  readonly maxWait?: number;
  /** Called if the parsers fail by a defect of ours or theirs. The document is refused. */
  onDefect(error: Error): void;
}

const MAX_BYTES = 512 * 1024 * 1024;
const IDLE = 60_000;
const PARSER_FAILED = 'its parser failed';

export function createDocumentReader(options: DocumentReaderOptions): DocumentReader {
  const limits = { timeout: options.timeout, maxBytes: options.maxBytes ?? MAX_BYTES };
  const { idle = IDLE, maxUnread = Number.POSITIVE_INFINITY, maxWait = Number.POSITIVE_INFINITY } = options;
  let child: Child | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let unread = 0;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;

  const end = async () => {
    const ending = child;
    child = undefined;
    await ending?.end();
  };

  const ask = (document: Document) => {
    if (isClosed) throw new Error('The server is ending and reads no more documents.');
    if (!child?.isAlive) child = startChild(limits);
    return child.parse(document);
  };

  /** Asks once more if earlier documents may have left the memory in the process. */
  const askAgain = (error: unknown, hadAnswered: boolean, document: Document) => {
    const isMemory =
      error instanceof ChildEndedError && (error.reason === 'maxBytes' || error.reason === 'memory');
    if (isMemory && hadAnswered && !isClosed) return ask(document);
    throw error;
  };

  const parse = async (document: Document, since: number) => {
    if (performance.now() - since > maxWait) {
      throw unreadable(document, `${nameOf(document)} was not read: the server is busy. Try again later.`);
    }
    const hadAnswered = child?.isAlive === true && child.hasAnswered;
    const answer = await ask(document)
      .catch((error: unknown) => askAgain(error, hadAnswered, document))
      .catch((error: unknown) => {
        throw error instanceof ChildEndedError ? endedBy(error, document) : error;
      });
    if (answer.kind === 'read') return answer.result;
    if (answer.kind === 'unreadable') throw unreadable(document, answer.message);
    if (answer.kind === 'ready') throw new Error('The process that reads documents has answered twice.');
    const error = new Error(`${nameOf(document)} could not be parsed: ${answer.message}`);
    if (answer.stack !== undefined) error.stack = answer.stack;
    options.onDefect(error);
    throw unreadable(document, `${nameOf(document)} cannot be read: ${PARSER_FAILED}.`);
  };

  const endedBy = (error: ChildEndedError, document: Document) => {
    // It is no fault of the document.
    if (isClosed || error.reason === 'start') return error;
    const why = {
      timeout: `it takes more than ${limits.timeout / 1_000} s`,
      maxBytes: `it takes more than ${Math.round(limits.maxBytes / 1024 / 1024)} MB of memory`,
      memory: 'it takes too much memory',
      other: PARSER_FAILED,
    }[error.reason];
    return unreadable(document, `${nameOf(document)} cannot be read: ${why}.`);
  };

  /** Parses one document after the other, in the order of the calls. */
  const queue = (document: Document) => {
    if (unread >= maxUnread) {
      const reason = `The server is already reading ${maxUnread} documents. Try again in a few seconds.`;
      throw unreadable(document, reason);
    }
    unread += 1;
    clearTimeout(timer);
    const since = performance.now();
    const result = last.then(() => parse(document, since));
    last = result
      .catch(() => {})
      .then(() => {
        unread -= 1;
        if (unread > 0 || isClosed) return;
        timer = setTimeout(() => void end(), idle);
        timer.unref();
      });
    return result;
  };

  return {
    readArticle: async (bytes, name) =>
      // Plain text needs no parser.
      formatOf(bytes, name) === 'text'
        ? readArticle(bytes, name)
        : ((await queue({ kind: 'article', bytes, name })) as Article),
    readFeed: async (bytes, contentType, url) =>
      (await queue({ kind: 'feed', bytes, contentType, url })) as FeedDocument,
    async [Symbol.asyncDispose]() {
      isClosed = true;
      clearTimeout(timer);
      await end();
    },
  };
}

const nameOf = (document: Document) => (document.kind === 'article' ? document.name : document.url);

const unreadable = ({ kind }: Document, message: string) =>
  kind === 'article' ? new UnreadableArticleError(message) : new UnreadableFeedError(message);
