/**
 * Carries wake-ups to readers of the feed. Items always come from the log, so a bus that loses, repeats or reorders
 * wake-ups affects only latency.
 */
export interface Bus {
  /**
   * Announces that the log has grown to a position, or without one that it may have grown. Call it after the commit.
   * Never throws and never waits.
   */
  wake(position?: bigint): void;
  /**
   * Calls the listener at each wake-up. Without a position, wake-ups may have been missed, so read the log. Returns a
   * function that unsubscribes.
   */
  onWake(listener: (position?: bigint) => void): () => void;
}

/** A bus that holds resources. Disposing takes at most about a second, even while the bus is down. */
export interface OpenBus extends Bus, AsyncDisposable {}

/** Reports on a bus's connection for the operator: once for each outage, however many retries it takes. */
export interface BusReports {
  /** The connection was lost, or could not be made at first. It is retried until disposal. */
  onLost(error: unknown): void;
  /** The connection is back and has lasted for a second. */
  onBack(): void;
}

/** Parses a wake-up's payload. Anything but a position counts as a wake-up without one. */
export function readPosition(text: string): bigint | undefined {
  return /^\d{1,18}$/.test(text) ? BigInt(text) : undefined;
}
