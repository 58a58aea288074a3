/**
 * Carries wake-ups to the readers of the feed, and nothing else: what is delivered always comes from
 * the log, so a bus may lose, repeat or reorder wake-ups and only latency changes.
 */
export interface Bus {
  /**
   * Says that the log has grown up to a position; without one, that it may have grown. Call it after
   * the commit. Never throws and never waits.
   */
  wake(position?: bigint): void;
  /**
   * Calls the listener at each wake-up until the returned function is called. Without a position,
   * wake-ups may have been missed: whoever listens looks for itself.
   */
  onWake(listener: (position?: bigint) => void): () => void;
}

/** A bus that holds a connection or the like. Disposing takes about a second at most, also while it is down. */
export interface OpenBus extends Bus, AsyncDisposable {}

/** What the operator hears of a bus's connection: each outage once, however often it is tried again. */
export interface BusReports {
  /** The connection is gone, or could not be made at first. It is tried again until the bus is disposed of. */
  onLost(error: unknown): void;
  /** The connection is there again and has held for a second. */
  onBack(): void;
}

/** Reads a wake-up off the wire. Whatever is no position is taken for a wake-up without one. */
export function readPosition(text: string): bigint | undefined {
  return /^\d{1,18}$/.test(text) ? BigInt(text) : undefined;
}
