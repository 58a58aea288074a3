import type { BackOff } from './back-off.js';
import type { Patience } from './connection.js';
import { documentAround, type FeedDocument, ownDocument } from './document.js';
import { FeedOptionsError } from './errors.js';
import type { DefaultDevelopment, FeedCaughtUp, FeedChange, FeedReset } from './items.js';
import type { WebSocketClass } from './over-websocket.js';
import type { FeedStatus } from './status.js';

/** Where the resume point is kept between runs: a file, localStorage, a table. */
export interface FeedStore {
  /** Called once, before the first connection; undefined or null where there is nothing yet. */
  load(): string | null | undefined | Promise<string | null | undefined>;
  /** Called with the cursor of each item once it is finished, and awaited before the next is given. */
  save(cursor: string): void | Promise<void>;
}

/** What `followFeed` takes. Times are in milliseconds. */
export interface FollowOptions<D = DefaultDevelopment> extends Partial<Patience> {
  /** Of `/graphql`, as http(s) or ws(s); in a browser it may be relative to the page. */
  readonly url: string | URL;
  /** Follow what comes after this cursor: `feedHead`, or that of the last item finished. Without it, what is new. */
  readonly after?: string | null | undefined;
  /** Keeps the resume point. What it loads goes before `after`. */
  readonly store?: FeedStore | undefined;
  /** A `DevelopmentFilter`: which developments. Default: all. */
  readonly filter?: object | null | undefined;
  /** What is selected of each development, in GraphQL. Default: `slug headline`. */
  readonly selection?: string | undefined;
  /**
   * A whole subscription in place of `selection`: it has the variable `$after: Cursor`, may have
   * `$filter: DevelopmentFilter`, and selects `__typename` and `cursor` on every member of `feed`.
   */
  readonly document?: string | undefined;
  /**
   * An API token or a JWT, or what gives one; default: none. A function is asked before each connection, and once more
   * when the server refuses what it gave, as it does with a token that has expired: then the feed goes on at its cursor.
   */
  readonly token?: string | (() => string | undefined | Promise<string | undefined>) | undefined;
  /** Default `auto`: WebSocket, and the other one after `fallbackAfter` attempts in a row that did not open. */
  readonly transport?: 'auto' | 'websocket' | 'sse' | undefined;
  /** For `auto`. Default 3. */
  readonly fallbackAfter?: number | undefined;
  /** `WebSocket` of the `ws` package, where there is no global one: Node 20. */
  readonly webSocketImpl?: WebSocketClass | undefined;
  /** Default: the global `fetch`. */
  readonly fetch?: typeof fetch | undefined;
  /** Bounds of the wait before another attempt. Default 500 and 10,000. */
  readonly backOff?: Partial<BackOff> | undefined;
  /** Attempts in a row that neither bring a new item nor last for `backOff.max` before it ends with FeedUnreachableError. Default: without limit. */
  readonly maxAttempts?: number | undefined;
  /** Items held for a slow consumer before the connection is let go; it comes back when half are taken. Default 1,000. */
  readonly maxBuffered?: number | undefined;
  /** Closes the feed, as `close()` does. */
  readonly signal?: AbortSignal | undefined;
  /** Told of each publication, revision and withdrawal before it is handed out; awaited. If it throws, the feed ends with that. */
  readonly onChange?: ((item: FeedChange<D>) => unknown) | undefined;
  /** As `onChange`, for FeedCaughtUp. */
  readonly onCaughtUp?: ((item: FeedCaughtUp) => unknown) | undefined;
  /** As `onChange`, for FeedReset: load a fresh snapshot here. */
  readonly onReset?: ((item: FeedReset) => unknown) | undefined;
  /** Told how the connection is, as it changes; not awaited. */
  readonly onStatus?: ((status: FeedStatus) => void) | undefined;
}

/** The options with what was left out filled in. */
export interface Settings extends Patience {
  readonly url: URL;
  readonly document: FeedDocument;
  readonly filter: object | undefined;
  readonly transport: 'auto' | 'websocket' | 'sse';
  readonly webSocketImpl: WebSocketClass | undefined;
  readonly fetch: typeof fetch;
  readonly fallbackAfter: number;
  readonly backOff: BackOff;
  readonly maxAttempts: number;
  readonly maxBuffered: number;
  readonly askToken: () => string | undefined | Promise<string | undefined>;
  /** Whether asking again may give another token. */
  readonly renewsToken: boolean;
}

/** @throws {FeedOptionsError} */
export function readOptions<D>(options: FollowOptions<D>): Settings {
  const { selection, document, filter, token } = options;
  if (selection !== undefined && document !== undefined) {
    throw new FeedOptionsError('Expected selection or document; both came. Leave one out.');
  }
  const asked = document === undefined ? documentAround(selection ?? 'slug headline') : ownDocument(document);
  if (filter && !asked.takesFilter) {
    throw new FeedOptionsError(
      'Expected document to have the variable $filter: DevelopmentFilter, since filter is given; it has not. Add it, or leave filter out.',
    );
  }
  const transport = options.transport ?? 'auto';
  const webSocketImpl = options.webSocketImpl ?? globalThis.WebSocket;
  if (transport === 'websocket' && webSocketImpl === undefined) {
    throw new FeedOptionsError(
      'Expected a WebSocket; this platform has no global one. Pass webSocketImpl (on Node 20: WebSocket of the ws package), or use transport "sse".',
    );
  }
  return {
    url: readUrl(options.url),
    document: asked,
    filter: filter ?? undefined,
    transport: webSocketImpl === undefined ? 'sse' : transport,
    webSocketImpl,
    fetch: options.fetch ?? ((...request) => fetch(...request)),
    fallbackAfter: atLeast(1, 'fallbackAfter', options.fallbackAfter ?? 3),
    backOff: {
      min: atLeast(0, 'backOff.min', options.backOff?.min ?? 500),
      max: atLeast(0, 'backOff.max', options.backOff?.max ?? 10_000),
    },
    connectTimeout: atLeast(1, 'connectTimeout', options.connectTimeout ?? 15_000),
    silenceTimeout: atLeast(1, 'silenceTimeout', options.silenceTimeout ?? 40_000),
    maxAttempts: atLeast(1, 'maxAttempts', options.maxAttempts ?? Number.POSITIVE_INFINITY),
    maxBuffered: atLeast(1, 'maxBuffered', options.maxBuffered ?? 1_000),
    askToken: typeof token === 'function' ? token : () => token,
    renewsToken: typeof token === 'function',
  };
}

function atLeast(least: number, name: string, value: number): number {
  if (value >= least) return value;
  throw new FeedOptionsError(`Expected ${name} to be ${least} or more; got ${value}.`);
}

/** The URL for HTTP requests. */
function readUrl(given: string | URL): URL {
  const page = (globalThis as { location?: { href: string } }).location?.href;
  try {
    const url = new URL(String(given).replace(/^ws(?=s?:)/, 'http'), page);
    if (url.protocol === 'http:' || url.protocol === 'https:') return url;
  } catch {
    // Told below.
  }
  throw new FeedOptionsError(
    `Expected url to be that of /graphql, such as "https://example.org/graphql"; got ${JSON.stringify(given)}.`,
  );
}
