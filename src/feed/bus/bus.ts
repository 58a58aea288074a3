/**
 * Carries wake-ups to the readers of the feed, and nothing else: what is delivered always comes from
 * the log, so a bus may lose, repeat or reorder wake-ups and only latency changes.
 */
export interface Bus {
  /** Says that the log has grown. Call it after the commit. */
  wake(): void;
  /** Calls the listener at each wake-up until the returned function is called. */
  onWake(listener: () => void): () => void;
}
