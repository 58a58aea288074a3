import { FeedStoreError } from './errors.js';
import type { DefaultDevelopment, FeedItem } from './items.js';
import { keepConnected, type Sink } from './keep-connected.js';
import { type FollowOptions, readOptions } from './options.js';
import type { FeedStatus } from './status.js';

/** A feed that is being followed: iterate it, or `run()` it with callbacks; one consumer. */
export interface Feed<D = DefaultDevelopment>
  extends AsyncIterableIterator<FeedItem<D>, undefined, undefined> {
  /**
   * The resume point: the cursor of the last item that the caller has finished with; before that the one
   * it began with, once it has begun.
   */
  readonly cursor: string | undefined;
  /** The next item. Asking for it says that the one before is finished with. */
  next(): Promise<IteratorResult<FeedItem<D>, undefined>>;
  /** Does what `close()` does; `for await` calls it when it is left early. */
  return(): Promise<IteratorReturnResult<undefined>>;
  /** Takes every item, for the callbacks alone. Resolves when the feed is closed. @throws What ends the feed. */
  run(): Promise<void>;
  /** Ends the following at once, and wakes whoever waits for an item. The item in hand stays unfinished. */
  close(): void;
}

/**
 * Follows the feed of a Doctrine Wire server: every change that the filter picks, in the order of the
 * record, over WebSocket or Server-Sent Events, across broken connections.
 *
 * Connects when the first item is asked for. An item is **finished** when the next is asked for; its
 * cursor is then saved to the `store` and becomes the resume point. Whoever is interrupted while
 * working on an item is given it again by the next follower, and nothing after it is lost. Within one
 * follower nothing is given twice. At most `maxBuffered` items are held.
 *
 * @throws {FeedOptionsError} At once, for options that cannot be used.
 * @throws {FeedError} From `next()` and `run()`, when following on would not help; after all items that
 *   came before. See `code`.
 */
export function followFeed<D = DefaultDevelopment>(options: FollowOptions<D>): Feed<D> {
  const settings = readOptions(options);
  const { store } = options;
  const lifetime = new AbortController();
  const buffer: FeedItem<D>[] = [];
  let isStarted = false;
  let inHand: FeedItem<D> | undefined;
  let cursor = options.after ?? undefined;
  /** How it ended: `error` is yet to be thrown, after the items held. */
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
    ended = { byCaller: true }; // Who closes wants to hear no more, of an error neither.
    buffer.length = 0;
  };

  const sink: Sink<D> = {
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

  /** The item in hand is finished: from here on, following begins after it. */
  async function finish(): Promise<void> {
    if (!inHand || ended?.byCaller) return;
    const finished = inHand.cursor;
    await stored('save', () => store?.save(finished));
    inHand = undefined;
    cursor = finished;
  }

  async function tellItem(item: FeedItem<D>): Promise<void> {
    if (item.__typename === 'FeedCaughtUp') await options.onCaughtUp?.(item);
    else if (item.__typename === 'FeedReset') await options.onReset?.(item);
    else await options.onChange?.(item);
  }

  async function take(): Promise<IteratorResult<FeedItem<D>, undefined>> {
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

  const feed: Feed<D> = {
    get cursor() {
      return cursor;
    },
    next: () => {
      const taken = turn.then(take).catch((error) => {
        end({ error });
        close(); // It throws once; after that it is done.
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
