/** The wake-up of the desk alone: a draft, a note or the like has changed, and readers see nothing of it. */
export type DeskWake = 'DESK';

/**
 * Carries wake-ups to readers of the feed and of the log of the desk. Items always come from the logs, so a bus that
 * loses, repeats or reorders wake-ups affects only latency.
 */
export interface Bus {
  /**
   * Announces that the log has grown to a position, or without one that it may have grown. Call it after the commit.
   * Never throws and never waits.
   */
  wake(position?: bigint | DeskWake): void;
  /**
   * Calls the listener at each wake-up. Without a position, wake-ups may have been missed, so read the log. Returns a
   * function that unsubscribes.
   */
  onWake(listener: (position?: bigint) => void): () => void;
  /** Calls the listener at each wake-up, those of the desk included. Returns a function that unsubscribes. */
  onDeskWake(listener: () => void): () => void;
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

/** The payload of a wake-up of the desk. The function `tell_desk` sends it too. */
const DESK = 'desk';

/** Returns the payload of a wake-up. */
export const writeWake = (wake: bigint | DeskWake | undefined): string =>
  wake === 'DESK' ? DESK : (wake?.toString() ?? '');

/** Parses a wake-up's payload. Anything unknown counts as a wake-up without a position. */
export function readWake(text: string): bigint | DeskWake | undefined {
  if (text === DESK) return 'DESK';
  return /^\d{1,18}$/.test(text) ? BigInt(text) : undefined;
}
