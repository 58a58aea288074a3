import type { Outlet } from './outlet.js';

/**
 * Bounds the memory that a slow subscriber costs, so that it delays nobody.
 *
 * When more than `maxBuffered` bytes wait for its client, a subscriber leaves the live members of its group and
 * receives nothing more. When they have drained, it replays what it missed from the log and goes live again. After
 * `patience` without progress it is cut off, and can resume with its last cursor.
 *
 * Progress is visible only when the kernel buffer drains, so a client slower than `maxBuffered` per `patience` can be
 * cut off too.
 */
export interface SlowSubscriberPolicy {
  /** Bytes that may wait for one subscriber's client. One payload may exceed it. */
  readonly maxBuffered: number;
  /** How long a client may make no progress while bytes wait for it, in milliseconds. */
  readonly patience: number;
}

/** A replay writes its next page once the buffer is at most this full, in bytes. */
const LOW_WATER = 64 * 1024;

/** Checks for progress within `patience`. */
const LOOKS = 10;

/**
 * Waits until most of the client's buffer has drained.
 *
 * @returns False if the client made no progress for `patience`.
 */
export async function waitForRoom(
  outlet: Pick<Outlet, 'buffered' | 'drained'>,
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
