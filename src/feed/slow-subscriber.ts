import type { Outlet } from './outlet.js';

/**
 * What happens when a subscriber is slow.
 *
 * More than `maxBuffered` bytes wait for its client: it leaves the live members of its group, and
 * nothing more is written. When they have been taken, it replays from the log what it missed and
 * joins again. When its client has taken nothing for `patience`, it is cut off, and can come back
 * with its last cursor. So a slow client costs a bounded amount of memory and delays nobody.
 *
 * That it takes something is seen when the system has taken all that was handed to it at once, which
 * is `maxBuffered` at most. So a client that takes less than that in `patience` may be cut off as well.
 */
export interface SlowSubscriberPolicy {
  /** Bytes that may wait for one subscriber's client; one payload may go beyond. */
  readonly maxBuffered: number;
  /** How long a client may take nothing while bytes wait for it, in milliseconds. */
  readonly patience: number;
}

/** How full the line may be for another page of a replay to be written. */
const LOW_WATER = 64 * 1024;

/** How often to look whether the client has taken something, as parts of the patience. */
const LOOKS = 10;

/**
 * Waits until the client has taken most of what waits for it.
 *
 * @returns Whether it has: false when it has taken nothing for as long as the policy is patient.
 */
export async function waitForRoom(
  outlet: Outlet,
  { maxBuffered, patience }: SlowSubscriberPolicy,
): Promise<boolean> {
  const enough = Math.min(LOW_WATER, maxBuffered / 2);
  if (outlet.buffered <= enough) return true;
  return new Promise((resolve) => {
    let buffered = outlet.buffered;
    let idle = 0;
    const look = setInterval(() => {
      idle = outlet.buffered < buffered ? 0 : idle + 1;
      buffered = outlet.buffered;
      if (buffered <= enough) settle(true);
      else if (idle >= LOOKS) settle(false);
    }, patience / LOOKS);
    const settle = (hasRoom: boolean) => {
      clearInterval(look);
      resolve(hasRoom);
    };
    outlet.drained().then(() => settle(true));
  });
}
