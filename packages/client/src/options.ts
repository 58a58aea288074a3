import type { BackOff } from './back-off.js';
import type { Patience } from './connection.js';
import {
  documentAround,
  type FeedDocument,
  ownDocument,
  persistedDocument,
  type TypedDocument,
} from './document.js';
import { FeedOptionsError } from './errors.js';
import type { DevelopmentFilter } from './generated/filter.js';
import type { AnyItem, ChangeOf, DefaultDevelopment, FeedItem, FeedReset } from './items.js';
import type { WebSocketClass } from './over-websocket.js';
import type { FeedStatus } from './status.js';

/** Stores the resume point between runs, for example in a file, localStorage or a table. */
export interface FeedStore {
  /** Called once, before the first connection. Returns undefined or null if nothing is stored yet. */
  load(): string | null | undefined | Promise<string | null | undefined>;
  /** Called with the cursor of each finished item, and awaited before the next item. */
  save(cursor: string): void | Promise<void>;
}

/** Options for typed and other documents. Times are in milliseconds. */
interface SharedOptions<Item> extends Partial<Patience> {
  /** The URL of `/graphql`, as http(s) or ws(s). In a browser it may be relative to the page. */
  readonly url: string | URL;
  /** The cursor to follow after: `feedHead`, or that of the last finished item. Default: start live. */
  readonly after?: string | null | undefined;
  /**
   * The items that come before FeedCaughtUp, after the start and after each reconnection: every change, or with `LATEST`
   * each development that has changed once, as it is now. Default: `CHANGES`, unless the document says otherwise.
   */
  readonly replay?: 'CHANGES' | 'LATEST' | undefined;
  /** Stores the resume point. A loaded cursor overrides `after`. */
  readonly store?: FeedStore | undefined;
  /**
   * An API token, a JWT, or a function that returns one. Default: none. A function is called before each connection, and
   * once more when the server rejects its token, for example after expiry. Then the feed continues at its cursor.
   */
  readonly token?: string | (() => string | undefined | Promise<string | undefined>) | undefined;
  /** Default `auto`: WebSocket, or the other transport after `fallbackAfter` attempts in a row that did not open. */
  readonly transport?: 'auto' | 'websocket' | 'sse' | undefined;
  /** For `auto`. Default 3. */
  readonly fallbackAfter?: number | undefined;
  /** `WebSocket` of the `ws` package, on platforms without a global one, such as Node 20. */
  readonly webSocketImpl?: WebSocketClass | undefined;
  /** Default: the global `fetch`. */
  readonly fetch?: typeof fetch | undefined;
  /** Bounds of the wait before a retry. Default 500 and 10,000. When the network comes back, the wait ends at once. */
  readonly backOff?: Partial<BackOff> | undefined;
  /** Attempts in a row, none of which delivers a new item or lasts for `backOff.max`, before FeedUnreachableError. Default: no limit. */
  readonly maxAttempts?: number | undefined;
  /** Items buffered for a slow consumer before the client disconnects. It reconnects when half are consumed. Default 1,000. */
  readonly maxBuffered?: number | undefined;
  /** Closes the feed when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /** Called and awaited with each change of a development, or of a reference if asked for, before it is yielded. If it throws, the feed ends with that error. */
  readonly onChange?: ((item: ChangeOf<Item>) => unknown) | undefined;
  /** Like `onChange`, for FeedCaughtUp. */
  readonly onCaughtUp?: ((item: AnyItem) => unknown) | undefined;
  /** Like `onChange`, for FeedReset: load a fresh snapshot here. */
  readonly onReset?: ((item: FeedReset) => unknown) | undefined;
  /** Called with each status change; not awaited. */
  readonly onStatus?: ((status: FeedStatus) => void) | undefined;
}

/**
 * Options of `followFeed` whose items are typed by `D`, the type of the selected development. `R` is the type of
 * `references`.
 */
export interface FollowOptions<D = DefaultDevelopment, R extends boolean = false>
  extends SharedOptions<FeedItem<D, R>> {
  /** Selects developments. Default: all. */
  readonly filter?: DevelopmentFilter | null | undefined;
  /**
   * Whether ReferenceChanged comes too: each change of an actor, source, topic, treaty, weapon system or doctrine, whatever
   * the filter. Default: false.
   */
  readonly references?: R | undefined;
  /** The selection on Development, in GraphQL. Default: `slug headline`. */
  readonly selection?: string | undefined;
  /**
   * A whole subscription instead of `selection`. It must have the variable `$after: Cursor`, may have
   * `$filter: DevelopmentFilter`, `$replay: FeedReplay` and `$references: Boolean`, and must select `__typename` and `cursor` on every member of `feed`.
   */
  readonly document?: string | undefined;
  /** The id of such a subscription among the server's persisted documents, instead of its text. */
  readonly documentId?: string | undefined;
  /** Values of other variables of the document. */
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

/** Options of `followFeed` with a typed document, which types the items, the filter and the other variables. */
export interface TypedFollowOptions<Result extends { readonly feed: AnyItem }, Variables>
  extends SharedOptions<Result['feed']> {
  /** A subscription as in `FollowOptions.document`. */
  readonly document: TypedDocument<Result, Variables>;
  readonly filter?: Variables extends { filter?: infer Filter } ? Filter : undefined;
  readonly variables?: Omit<Variables, 'after' | 'filter' | 'replay' | 'references'> | undefined;
  /** As in `FollowOptions`. The document needs the variable. */
  readonly references?: boolean | undefined;
}

/** What the implementation takes, whatever types the caller has. */
export interface AnyOptions extends SharedOptions<AnyItem> {
  readonly document?: string | TypedDocument<unknown, never> | undefined;
  readonly documentId?: string | undefined;
  readonly selection?: string | undefined;
  readonly filter?: unknown;
  readonly references?: boolean | undefined;
  readonly variables?: object | undefined;
}

/** The options with defaults filled in. */
export interface Settings extends Patience {
  readonly url: URL;
  readonly document: FeedDocument;
  /** All variables but `after`. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly transport: 'auto' | 'websocket' | 'sse';
  readonly webSocketImpl: WebSocketClass | undefined;
  readonly fetch: typeof fetch;
  readonly fallbackAfter: number;
  readonly backOff: BackOff;
  readonly maxAttempts: number;
  readonly maxBuffered: number;
  readonly askToken: () => string | undefined | Promise<string | undefined>;
  /** Whether another call may return another token. */
  readonly renewsToken: boolean;
}

/** The options that are variables of the document, with their types. */
const VARIABLES = [
  ['filter', 'DevelopmentFilter'],
  ['replay', 'FeedReplay'],
  ['references', 'Boolean'],
] as const;

/** @throws {FeedOptionsError} */
export function readOptions(options: AnyOptions): Settings {
  const { token } = options;
  const asked = readDocument(options);
  const variables: Record<string, unknown> = { ...options.variables };
  for (const [name, type] of VARIABLES) {
    const value = options[name];
    if (value == null || value === false) continue;
    if (!asked.takes(name, type)) {
      throw new FeedOptionsError(
        `${name} needs a document with the variable $${name}: ${type}. Add the variable, or omit ${name}.`,
      );
    }
    variables[name] = value;
  }
  const transport = options.transport ?? 'auto';
  const webSocketImpl = options.webSocketImpl ?? globalThis.WebSocket;
  if (transport === 'websocket' && webSocketImpl === undefined) {
    throw new FeedOptionsError(
      'This platform has no global WebSocket. Pass webSocketImpl (on Node 20: WebSocket of the ws package), or use transport "sse".',
    );
  }
  return {
    url: readUrl(options.url),
    document: asked,
    variables,
    transport: webSocketImpl === undefined ? 'sse' : transport,
    webSocketImpl,
    fetch: options.fetch ?? ((...request) => fetch(...request)),
    fallbackAfter: atLeast(1, 'fallbackAfter', options.fallbackAfter ?? 3),
    backOff: {
      min: atLeast(0, 'backOff.min', options.backOff?.min ?? 500),
      max: atLeast(0, 'backOff.max', options.backOff?.max ?? 10_000),
    },
    connectTimeout: atLeast(1, 'connectTimeout', options.connectTimeout ?? 15_000),
    silenceTimeout: atLeast(1, 'silenceTimeout', options.silenceTimeout ?? 5_000),
    maxAttempts: atLeast(1, 'maxAttempts', options.maxAttempts ?? Number.POSITIVE_INFINITY),
    maxBuffered: atLeast(1, 'maxBuffered', options.maxBuffered ?? 1_000),
    askToken: typeof token === 'function' ? token : () => token,
    renewsToken: typeof token === 'function',
  };
}

function readDocument({ selection, document, documentId }: AnyOptions): FeedDocument {
  if ([selection, document, documentId].filter((given) => given !== undefined).length > 1) {
    throw new FeedOptionsError('selection, document and documentId exclude each other. Pass only one.');
  }
  if (documentId !== undefined) return persistedDocument(documentId);
  if (document !== undefined) return ownDocument(document);
  return documentAround(selection ?? 'slug headline');
}

function atLeast(least: number, name: string, value: number): number {
  if (value >= least) return value;
  throw new FeedOptionsError(`Expected ${name} to be ${least} or more; got ${value}.`);
}

/** Parses the URL as one for HTTP requests. */
function readUrl(given: string | URL): URL {
  const page = (globalThis as { location?: { href: string } }).location?.href;
  try {
    const url = new URL(String(given).replace(/^ws(?=s?:)/, 'http'), page);
    if (url.protocol === 'http:' || url.protocol === 'https:') return url;
  } catch {
    // Reported below.
  }
  throw new FeedOptionsError(
    `url must be that of /graphql, such as "https://example.org/graphql"; got ${JSON.stringify(given)}.`,
  );
}
