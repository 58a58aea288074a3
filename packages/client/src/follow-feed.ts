import { FeedStoreError } from './errors.js';
import type { AnyItem, DefaultDevelopment, FeedItem, FeedReset } from './items.js';
import { keepConnected, type Sink } from './keep-connected.js';
import { type AnyOptions, type FollowOptions, readOptions, type TypedFollowOptions } from './options.js';
import type { FeedStatus } from './status.js';

/** A feed for one consumer: iterate it, or `run()` it with callbacks. */
export interface Feed<Item = FeedItem> extends AsyncIterableIterator<Item, undefined, undefined> {
  /**
   * The resume point: the cursor of the last finished item, or before that the cursor the feed started after.
   */
  readonly cursor: string | undefined;
  /** Returns the next item and marks the one before as finished. */
  next(): Promise<IteratorResult<Item, undefined>>;
  /** Closes the feed. `for await` calls it on an early exit. */
  return(): Promise<IteratorReturnResult<undefined>>;
  /** Consumes all items through the callbacks. Resolves when the feed is closed. @throws The error that ends the feed. */
  run(): Promise<void>;
  /** Closes the feed at once and resolves a pending `next()`. The current item stays unfinished. */
  close(): void;
}

/**
 * Follows the feed of a Doctrine Wire server over WebSocket or Server-Sent Events: every matching change, in commit
 * order, resuming across broken connections.
 *
 * Connects on the first `next()`. Requesting the next item **finishes** the one before: its cursor is saved to the
 * `store` and becomes the resume point. If the process ends while it works on an item, the next run delivers that item
 * again and loses nothing after it. Within one feed, no item comes twice. At most `maxBuffered` items are buffered.
 *
 * @throws {FeedOptionsError} At once, for invalid options.
 * @throws {FeedError} From `next()` and `run()`, if a retry would not help, after all items received before. See `code`.
 */
export function followFeed<Result extends { readonly feed: AnyItem }, Variables>(
  options: TypedFollowOptions<Result, Variables>,
): Feed<Result['feed']>;
export function followFeed<D = DefaultDevelopment, R extends boolean = false>(
  options: FollowOptions<D, R>,
): Feed<FeedItem<D, R>>;
export function followFeed(options: AnyOptions): Feed<AnyItem> {
  const settings = readOptions(options);
  const { store } = options;
  const lifetime = new AbortController();
  const buffer: AnyItem[] = [];
  let isStarted = false;
  let inHand: AnyItem | undefined;
  let cursor = options.after ?? undefined;
  /** Set once the feed has ended. `error` is thrown after the buffered items. */
  let ended: { readonly error?: unknown; readonly byCaller?: true } | undefined;
  let wakeConsumer = () => {};
  let wakeProducer = () => {};
  let turn: Promise<unknown> = Promise.resolve();

  const tellStatus = (status: FeedStatus) => {
    try {
      options.onStatus?.(status);
    } catch (error) {
      end({ error });
    }
  };

  const end = (how: NonNullable<typeof ended>) => {
    if (ended) return;
    ended = how;
    options.signal?.removeEventListener('abort', close);
    lifetime.abort();
    wakeConsumer();
    wakeProducer();
    tellStatus({ state: 'closed', ...('error' in how && { error: how.error }) });
  };

  const close = () => {
    end({});
    ended = { byCaller: true }; // After close() the caller gets no more items and no error.
    buffer.length = 0;
  };

  const sink: Sink = {
    push: (item) => {
      buffer.push(item);
      wakeConsumer();
      return buffer.length;
    },
    drained: async () => {
      while (buffer.length > settings.maxBuffered / 2 && !ended) {
        await new Promise<void>((resolve) => {
          wakeProducer = resolve;
        });
      }
    },
    tell: (status) => {
      if (!ended) tellStatus(status);
    },
  };

  async function start(): Promise<void> {
    isStarted = true;
    try {
      if (store) cursor = (await stored('load', () => store.load())) ?? cursor;
      await keepConnected(settings, cursor, sink, lifetime.signal);
    } catch (error) {
      end({ error });
    }
  }

  /** Marks the current item as finished and makes its cursor the resume point. */
  async function finish(): Promise<void> {
    if (!inHand || ended?.byCaller) return;
    const finished = inHand.cursor;
    await stored('save', () => store?.save(finished));
    inHand = undefined;
    cursor = finished;
  }

  // The types of the items come from the document, which decides what they have.
  async function tellItem(item: AnyItem): Promise<void> {
    if (item.__typename === 'FeedCaughtUp') await options.onCaughtUp?.(item);
    else if (item.__typename === 'FeedReset') await options.onReset?.(item as FeedReset);
    else await options.onChange?.(item as never);
  }

  async function take(): Promise<IteratorResult<AnyItem, undefined>> {
    await finish();
    if (!isStarted && !ended) void start();
    while (buffer.length > 0 || !ended) {
      const item = buffer.shift();
      if (item) {
        wakeProducer();
        inHand = item;
        await tellItem(item);
        return { done: false, value: item };
      }
      await new Promise<void>((resolve) => {
        wakeConsumer = resolve;
      });
    }
    const { error } = ended;
    if (error !== undefined) throw error;
    return { done: true, value: undefined };
  }

  const feed: Feed<AnyItem> = {
    get cursor() {
      return cursor;
    },
    next: () => {
      const taken = turn.then(take).catch((error) => {
        end({ error });
        close(); // Throw once; later calls return done.
        throw error;
      });
      turn = taken.catch(() => {});
      return taken;
    },
    return: async () => {
      close();
      return { done: true, value: undefined };
    },
    run: async () => {
      for await (const _ of feed);
    },
    close,
    [Symbol.asyncIterator]: () => feed,
  };
  if (options.signal?.aborted) close();
  options.signal?.addEventListener('abort', close);
  return feed;
}

async function stored<T>(method: 'load' | 'save', call: () => T | Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw new FeedStoreError(method, cause);
  }
}
