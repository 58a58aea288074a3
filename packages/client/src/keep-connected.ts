import { backOffAfter, sleep } from './back-off.js';
import { chooseTransport, type TransportChoice } from './choose-transport.js';
import type { FeedResult } from './connection.js';
import { ConnectionLostError, FeedError, FeedUnauthorizedError, FeedUnreachableError } from './errors.js';
import type { AnyItem } from './items.js';
import { listenToNetwork } from './network.js';
import type { Settings } from './options.js';
import { createRepetitions } from './position.js';
import { itemIn } from './received-item.js';
import type { FeedStatus } from './status.js';

/** Receives items and status changes. */
export interface Sink {
  /** @returns The number of buffered items, this one included. */
  push(item: AnyItem): number;
  /** Resolves when the buffer has enough room again, or the feed has ended. */
  drained(): Promise<void>;
  tell(status: FeedStatus): void;
}

/**
 * Delivers the feed to the sink, each item once and in order. It reconnects as needed, each time after the last item
 * received. Returns when the signal aborts.
 *
 * @throws {FeedError} If a retry would not help.
 */
export async function keepConnected(
  settings: Settings,
  start: string | undefined,
  sink: Sink,
  signal: AbortSignal,
): Promise<void> {
  const follower = new Follower(settings, start, sink, signal);
  const stopListening = listenToNetwork(follower);
  try {
    await follower.follow();
  } finally {
    stopListening();
  }
}

/** One connection, from asking for a token to its end. */
interface Attempt {
  readonly abort: AbortController;
  openedAt: number | undefined;
  /** Why this client ended the connection, if it did. */
  reason: unknown;
}

class Follower {
  readonly #settings: Settings;
  readonly #sink: Sink;
  readonly #signal: AbortSignal;
  readonly #choice: TransportChoice;
  readonly #isRepetition = createRepetitions();
  #after: string | undefined;
  /** Attempts in a row that neither delivered a new item nor lasted. */
  #failures = 0;
  /** Whether a token was rejected and no item has come since. */
  #isRefused = false;
  #attempt: Attempt | undefined;
  #wait: AbortController | undefined;

  constructor(settings: Settings, start: string | undefined, sink: Sink, signal: AbortSignal) {
    this.#settings = settings;
    this.#after = start;
    this.#sink = sink;
    this.#signal = signal;
    this.#choice = chooseTransport(settings);
  }

  readonly onLost = () => {
    if (this.#attempt) interrupt(this.#attempt, new ConnectionLostError('The device went offline.'));
  };

  readonly onBack = () => {
    this.#wait?.abort();
    if (this.#attempt && this.#attempt.openedAt === undefined) {
      interrupt(this.#attempt, new NetworkBackError('The network came back during the attempt.'));
    }
  };

  async follow(): Promise<void> {
    while (!this.#signal.aborted) {
      let reason: Error = new ConnectionLostError('The server ended the subscription.');
      this.#tell('connecting');
      try {
        const buffered = await this.#connect();
        if (buffered !== undefined) {
          this.#sink.tell({ state: 'paused', transport: this.#choice.current, buffered });
          await this.#sink.drained();
          continue;
        }
      } catch (error) {
        reason = this.#reasonToRetry(error);
      }
      if (this.#signal.aborted) return;
      await this.#pause(reason);
    }
  }

  /** Connects once. Returns the number of buffered items if a full buffer ended the connection, otherwise undefined. */
  async #connect(): Promise<number | undefined> {
    const attempt: Attempt = { abort: new AbortController(), openedAt: undefined, reason: undefined };
    const stopLinking = link(this.#signal, attempt.abort);
    this.#attempt = attempt;
    let buffered: number | undefined;
    try {
      const token = await askToken(this.#settings, attempt.abort.signal);
      if (!attempt.abort.signal.aborted) {
        await this.#choice.connect({
          url: this.#settings.url,
          operation: this.#settings.document.operation,
          variables: { ...this.#settings.variables, after: this.#after },
          token,
          signal: attempt.abort.signal,
          onOpen: () => {
            attempt.openedAt = performance.now();
            this.#choice.note(true);
            this.#tell('replaying');
          },
          onResult: (result) => {
            if (attempt.abort.signal.aborted) return; // Items in transit when we disconnect come again.
            try {
              buffered = this.#take(result);
              if (buffered !== undefined) attempt.abort.abort();
            } catch (error) {
              interrupt(attempt, error);
            }
          },
        });
      }
      if (attempt.reason !== undefined) throw attempt.reason;
      return buffered;
    } catch (error) {
      this.#switchTransport(attempt, error);
      throw error;
    } finally {
      this.#attempt = undefined;
      stopLinking();
      // A quiet feed delivers nothing either, so a connection that lasted has not failed.
      const { openedAt } = attempt;
      if (openedAt !== undefined && performance.now() - openedAt > this.#settings.backOff.max) {
        this.#failures = 0;
      }
    }
  }

  /** Gives an item to the sink. Returns the number of buffered items if the buffer is full, otherwise undefined. */
  #take(result: FeedResult): number | undefined {
    const item = itemIn(result);
    if (!item) return undefined;
    this.#after = item.cursor;
    this.#isRefused = false;
    let buffered = 0;
    if (!this.#isRepetition(item)) {
      this.#failures = 0;
      buffered = this.#sink.push(item);
    }
    if (item.__typename === 'FeedCaughtUp') this.#tell('live');
    return buffered >= this.#settings.maxBuffered ? buffered : undefined;
  }

  /** Tries the other transport after failures to open this one. */
  #switchTransport({ openedAt, reason: ownReason }: Attempt, error: unknown): void {
    if (this.#signal.aborted || error instanceof FeedError) return;
    if (openedAt !== undefined || ownReason !== undefined) return;
    const from = this.#choice.current;
    if (!this.#choice.note(false)) return;
    this.#sink.tell({ state: 'fallback', from, transport: this.#choice.current, reason: asError(error) });
  }

  /** @throws The error itself, if a retry would not help. */
  #reasonToRetry(error: unknown): Error {
    if (error instanceof FeedError) {
      // Tokens expire during use, so ask once for another.
      const mayHelp =
        error instanceof FeedUnauthorizedError && this.#settings.renewsToken && !this.#isRefused;
      if (!mayHelp) throw error;
      this.#isRefused = true;
    }
    return asError(error);
  }

  /** Waits until the next attempt. */
  async #pause(reason: Error): Promise<void> {
    const { maxAttempts, backOff, url } = this.#settings;
    this.#failures += 1;
    if (this.#failures >= maxAttempts) {
      if (reason instanceof FeedError) throw reason;
      throw new FeedUnreachableError(url.href, this.#failures, reason);
    }
    const isHurried = this.#choice.isTrial || reason instanceof NetworkBackError;
    const delay = isHurried ? 0 : backOffAfter(this.#failures, backOff);
    const transport = this.#choice.current;
    this.#sink.tell({ state: 'waiting', transport, reason, delay, failures: this.#failures });
    this.#wait = new AbortController();
    const stopLinking = link(this.#signal, this.#wait);
    await sleep(delay, this.#wait.signal);
    this.#wait = undefined;
    stopLinking();
  }

  #tell(state: 'connecting' | 'replaying' | 'live'): void {
    this.#sink.tell({ state, transport: this.#choice.current });
  }
}

/** Ends an attempt that hangs since before the network came back. */
class NetworkBackError extends ConnectionLostError {}

function interrupt(attempt: Attempt, reason: unknown): void {
  attempt.reason ??= reason;
  attempt.abort.abort();
}

/** Aborts the controller with the signal. Returns a function that undoes it. */
function link(signal: AbortSignal, controller: AbortController): () => void {
  const abort = () => controller.abort();
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort);
  return () => signal.removeEventListener('abort', abort);
}

/** Returns the token; undefined if the signal aborts first. */
async function askToken({ askToken }: Settings, signal: AbortSignal): Promise<string | undefined> {
  const aborted = new AbortController();
  try {
    return await Promise.race([
      askToken(),
      new Promise<undefined>((resolve) => {
        signal.addEventListener('abort', () => resolve(undefined), { signal: aborted.signal });
      }),
    ]);
  } finally {
    aborted.abort();
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new ConnectionLostError(String(error), { cause: error });
}
