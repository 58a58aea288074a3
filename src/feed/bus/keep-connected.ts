import { setTimeout as wait } from 'node:timers/promises';
import type { BusReports } from './bus.js';

/** An established connection. */
export interface Connection extends AsyncDisposable {
  /** Resolves with the cause when the connection is lost. Never rejects. */
  readonly gone: Promise<unknown>;
}

export interface KeepOptions<C> extends BusReports {
  /** Connects. Rejects at once when the signal aborts, and then leaves nothing behind. */
  connect(signal: AbortSignal): Promise<C>;
  /** Called with each established connection, the first included. */
  onUp(connection: C): void;
}

export interface Kept<C> extends AsyncDisposable {
  /** The connection; undefined while disconnected. */
  readonly connection: C | undefined;
  /** The current attempt. Resolves whether it succeeds or fails. */
  readonly attempt: Promise<unknown>;
}

const SHORTEST_WAIT = 100;
const LONGEST_WAIT = 5_000;
const STEADY = 1_000;

/** Connects, and reconnects whenever the connection is lost, until disposed. Returns at once. */
export function keepConnected<C extends Connection>(options: KeepOptions<C>): Kept<C> {
  const stop = new AbortController();
  const { signal } = stop;
  const stopped = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  let connection: C | undefined;
  let attempt: Promise<unknown> = Promise.resolve();
  let failures = 0;
  let lost = false;

  const report = (error: unknown) => {
    if (!lost && !signal.aborted) options.onLost(error);
    lost = true;
  };

  /** Connects once and waits until that connection is lost. */
  async function hold(): Promise<void> {
    const connecting = options.connect(signal);
    attempt = connecting.catch(() => {});
    const made = await connecting;
    // A flapping connection is reported once, so report it back only after it has lasted.
    const steady = setTimeout(() => {
      if (lost) options.onBack();
      lost = false;
    }, STEADY);
    try {
      connection = made;
      failures = 0;
      options.onUp(made);
      const cause = await Promise.race([made.gone, stopped]);
      report(cause);
    } finally {
      clearTimeout(steady);
      connection = undefined;
      await made[Symbol.asyncDispose]();
    }
  }

  async function keep(): Promise<void> {
    while (!signal.aborted) {
      await hold().catch(report);
      // Jitter, so that instances that lost the same server do not reconnect all at once.
      const longest = Math.min(SHORTEST_WAIT * 2 ** failures, LONGEST_WAIT);
      failures += 1;
      await wait(longest * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => {});
    }
  }

  const kept = keep();
  return {
    get connection() {
      return connection;
    },
    get attempt() {
      return attempt;
    },
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await kept;
    },
  };
}

/** Waits for the work at most the given milliseconds, whether it succeeds or fails. */
export async function atMost(milliseconds: number, work: Promise<unknown>): Promise<void> {
  const enough = new AbortController();
  const { signal } = enough;
  await Promise.race([work.catch(() => {}), wait(milliseconds, undefined, { signal }).catch(() => {})]);
  enough.abort();
}
