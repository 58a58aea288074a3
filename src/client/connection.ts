import { ConnectionLostError } from './errors.js';
import type { FeedGraphQLError } from './items.js';

/** A result of the subscription. */
export interface FeedResult {
  readonly data?: { readonly feed?: unknown } | null;
  readonly errors?: readonly FeedGraphQLError[];
}

/** What a connection is to ask for, and whom to tell. */
export interface ConnectionRequest {
  readonly url: URL;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly token: string | undefined;
  /** Ends the connection. */
  readonly signal: AbortSignal;
  /** The server has taken the connection. */
  readonly onOpen: () => void;
  readonly onResult: (result: FeedResult) => void;
}

/**
 * Subscribes over one connection and stays until it ends: resolves when the server completes the
 * subscription or the signal aborts, and rejects with why it broke off, a FeedError where another
 * attempt would not help.
 */
export type Connect = (request: ConnectionRequest) => Promise<void>;

/** Times in milliseconds after which a connection is taken for dead. */
export interface Patience {
  /** Until the server has taken the connection. */
  readonly connectTimeout: number;
  /** Between two signs of life after that. */
  readonly silenceTimeout: number;
}

/** Watches for signs of life. */
export interface Watch {
  opened(): void;
  alive(): void;
  stop(): void;
}

/** Calls `onDead`, once, when a sign of life is overdue. */
export function startWatch(
  { connectTimeout, silenceTimeout }: Patience,
  onDead: (reason: ConnectionLostError) => void,
): Watch {
  let isOpen = false;
  const wait = (milliseconds: number, missing: string) =>
    setTimeout(
      () => onDead(new ConnectionLostError(`Nothing came for ${milliseconds} ms: ${missing}.`)),
      milliseconds,
    );
  let timer = wait(connectTimeout, 'the server did not take the connection');
  const alive = () => {
    if (!isOpen) return;
    clearTimeout(timer);
    timer = wait(silenceTimeout, 'neither an item nor a sign of life');
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
