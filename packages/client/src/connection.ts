import type { FeedOperation } from './document.js';
import { ConnectionLostError } from './errors.js';
import type { FeedGraphQLError } from './items.js';

/** A result of the subscription. */
export interface FeedResult {
  readonly data?: { readonly feed?: unknown } | null;
  readonly errors?: readonly FeedGraphQLError[];
}

/** A subscription request and its callbacks. */
export interface ConnectionRequest {
  readonly url: URL;
  readonly operation: FeedOperation;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly token: string | undefined;
  /** Ends the connection. */
  readonly signal: AbortSignal;
  /** Called when the server has accepted the connection. */
  readonly onOpen: () => void;
  readonly onResult: (result: FeedResult) => void;
}

/**
 * Subscribes over one connection. Resolves when the server completes the subscription or the signal aborts.
 *
 * @throws {FeedError} If a retry would not help; any other error may be retried.
 */
export type Connect = (request: ConnectionRequest) => Promise<void>;

/** Times in milliseconds after which a connection counts as dead. */
export interface Patience {
  /** Until the server has accepted the connection. Default 15,000. */
  readonly connectTimeout: number;
  /** Without any sign of the server after that: data, a pong, or the answer to a probe. Default 5,000. */
  readonly silenceTimeout: number;
}

/** Detects a dead connection. */
export interface Watch {
  opened(): void;
  alive(): void;
  stop(): void;
}

/** Calls `onDead` once, when the connection has been silent for too long. */
export function startWatch(
  { connectTimeout, silenceTimeout }: Patience,
  onDead: (reason: ConnectionLostError) => void,
): Watch {
  let isOpen = false;
  const wait = (milliseconds: number, missing: string) =>
    setTimeout(
      () => onDead(new ConnectionLostError(`No data for ${milliseconds} ms: ${missing}.`)),
      milliseconds,
    );
  let timer = wait(connectTimeout, 'the server did not accept the connection');
  const alive = () => {
    if (!isOpen) return;
    clearTimeout(timer);
    timer = wait(silenceTimeout, 'neither an item nor an answer to a ping');
  };
  return {
    opened: () => {
      isOpen = true;
      alive();
    },
    alive,
    stop: () => {
      isOpen = false;
      clearTimeout(timer);
    },
  };
}
