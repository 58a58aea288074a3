import { backOffAfter, sleep } from './back-off.js';
import { chooseTransport } from './choose-transport.js';
import type { FeedResult } from './connection.js';
import {
  ConnectionLostError,
  FeedError,
  FeedItemError,
  FeedUnauthorizedError,
  FeedUnreachableError,
} from './errors.js';
import type { FeedItem } from './items.js';
import type { Settings } from './options.js';
import { createRepetitions } from './position.js';
import { refusalOf } from './refusals.js';
import type { FeedStatus } from './status.js';

/** Receives items and status changes. */
export interface Sink<D> {
  /** @returns The number of buffered items, this one included. */
  push(item: FeedItem<D>): number;
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
export async function keepConnected<D>(
  settings: Settings,
  start: string | undefined,
  sink: Sink<D>,
  signal: AbortSignal,
): Promise<void> {
  const choice = chooseTransport(settings);
  const isRepetition = createRepetitions();
  let after = start;
  let failures = 0;
  /** Whether a token was rejected and no item has come since. */
  let isRefused = false;

  /** Connects once. Returns the number of buffered items if a full buffer ended the connection, otherwise undefined. */
  async function connectOnce(): Promise<number | undefined> {
    const token = await askToken(settings, signal);
    const attempt = new AbortController();
    const leave = () => attempt.abort();
    signal.addEventListener('abort', leave);
    if (signal.aborted) leave();
    let openedAt: number | undefined;
    let refusal: unknown;
    let held: number | undefined;
    const take = (result: FeedResult) => {
      if (attempt.signal.aborted) return; // Items in transit when we disconnect come again.
      const item = itemIn<D>(result);
      after = item.cursor;
      isRefused = false;
      if (!isRepetition(item)) {
        failures = 0;
        const waiting = sink.push(item);
        if (waiting >= settings.maxBuffered) {
          held = waiting;
          leave();
        }
      }
      if (item.__typename === 'FeedCaughtUp') sink.tell({ state: 'live', transport: choice.current });
    };
    try {
      if (signal.aborted) return undefined;
      await choice.connect({
        url: settings.url,
        query: settings.document.text,
        variables: { after, ...(settings.filter && { filter: settings.filter }) },
        token,
        signal: attempt.signal,
        onOpen: () => {
          openedAt = performance.now();
          choice.note(true);
          sink.tell({ state: 'replaying', transport: choice.current });
        },
        onResult: (result) => {
          try {
            take(result);
          } catch (error) {
            refusal ??= error;
            leave();
          }
        },
      });
      if (refusal !== undefined) throw refusal;
      return held;
    } catch (error) {
      const from = choice.current;
      if (!signal.aborted && !(error instanceof FeedError) && openedAt === undefined && choice.note(false)) {
        sink.tell({ state: 'fallback', from, transport: choice.current, reason: asError(error) });
      }
      throw error;
    } finally {
      signal.removeEventListener('abort', leave);
      // A quiet feed delivers nothing either, so a connection that lasted has not failed.
      if (openedAt !== undefined && performance.now() - openedAt > settings.backOff.max) failures = 0;
    }
  }

  while (!signal.aborted) {
    let reason: Error = new ConnectionLostError('The server ended the subscription.');
    sink.tell({ state: 'connecting', transport: choice.current });
    try {
      const held = await connectOnce();
      if (held !== undefined) {
        sink.tell({ state: 'paused', transport: choice.current, buffered: held });
        await sink.drained();
        continue;
      }
    } catch (error) {
      // Tokens expire during use, so ask once for another.
      const mayHelp = error instanceof FeedUnauthorizedError && settings.renewsToken && !isRefused;
      if (error instanceof FeedError && !mayHelp) throw error;
      if (mayHelp) isRefused = true;
      reason = asError(error);
    }
    if (signal.aborted) return;
    failures += 1;
    if (failures >= settings.maxAttempts) {
      if (reason instanceof FeedError) throw reason;
      throw new FeedUnreachableError(settings.url.href, failures, reason);
    }
    const delay = choice.isTrial ? 0 : backOffAfter(failures, settings.backOff);
    sink.tell({ state: 'waiting', transport: choice.current, reason, delay, failures });
    await sleep(delay, signal);
  }
}

/** @throws {Error} If errors replace the item, or the item lacks what resuming needs. */
function itemIn<D>({ data, errors }: FeedResult): FeedItem<D> {
  const item = data?.feed as Partial<FeedItem<D>> | null | undefined;
  if (item == null && errors) throw refusalOf(errors);
  if (typeof item?.__typename !== 'string' || typeof item.cursor !== 'string') throw new FeedItemError(data);
  return (errors ? { ...item, errors } : item) as FeedItem<D>;
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
