import { setTimeout as wait } from 'node:timers/promises';
import { vi } from 'vitest';
import { decodeCursor } from '../../src/feed/cursor.js';
import type { LogLine } from './checker.js';
import { type Ending, type Line, type OpenLine, overEventStream, overWebSocket, type Told } from './lines.js';

/** A received item, with its arrival time in milliseconds since 1970. */
interface Arrival extends LogLine {
  readonly at: number;
}

/** A subscriber that resumes with its last cursor until it is stopped. */
export interface Follower extends AsyncDisposable {
  readonly received: readonly Arrival[];
  /** Where it would resume. */
  readonly cursor: string;
  readonly position: bigint;
  /** How each connection ended, and the cursor then. */
  readonly endings: readonly (Ending & { readonly cursor: string })[];
  /** FeedReset is always a fault here, because nothing restores the database. */
  readonly resets: number;
  /** The number of FeedCaughtUp items: at most one per connection. */
  readonly caughtUp: number;
  readonly line: Line | undefined;
  /** Breaks its connection. Returns whether there was one. */
  cut(): boolean;
}

export interface FollowerOptions {
  readonly open: OpenLine;
  /** The cursor to start from. */
  readonly after: string;
  readonly isLarge?: boolean;
  /** Returns the URL for each connection. */
  url(connection: number): string | Promise<string>;
  /** Called with each item on arrival. */
  onTold?(told: Told, line: Line): void;
}

export function follow({ open, after, isLarge = false, url, onTold }: FollowerOptions): Follower {
  const received: Arrival[] = [];
  const endings: (Ending & { cursor: string })[] = [];
  let cursor = after;
  let position = decodeCursor(after).position;
  let resets = 0;
  let caughtUp = 0;
  let line: Line | undefined;
  let isStopped = false;

  const run = async () => {
    while (!isStopped) {
      let hasHeard = false;
      const place = await url(endings.length);
      if (isStopped) return;
      const opened = open({
        url: place,
        after: cursor,
        isLarge,
        onTold: (told) => {
          if (isStopped) return;
          hasHeard = true;
          cursor = told.cursor;
          position = decodeCursor(cursor).position;
          if (told.type === 'FeedReset') resets += 1;
          if (told.type === 'FeedCaughtUp') caughtUp += 1;
          if (told.type === 'DevelopmentPublished') {
            const at = performance.timeOrigin + performance.now();
            received.push({ position, slug: told.slug, at });
          }
          onTold?.(told, opened);
        },
      });
      line = opened;
      const ending = await opened.ended;
      endings.push({ ...ending, cursor });
      line = undefined;
      // Retry after a rejection with a random delay.
      if (!hasHeard) await wait(20 + Math.random() * 80);
    }
  };
  const running = run();

  return {
    received,
    endings,
    get cursor() {
      return cursor;
    },
    get position() {
      return position;
    },
    get resets() {
      return resets;
    },
    get caughtUp() {
      return caughtUp;
    },
    get line() {
      return line;
    },
    cut: () => {
      if (!line) return false;
      line.cut();
      line = undefined; // A connection breaks only once.
      return true;
    },
    [Symbol.asyncDispose]: async () => {
      isStopped = true;
      line?.cut();
      await running;
    },
  };
}

/** Stops all followers. */
export async function stop(followers: readonly Follower[]): Promise<void> {
  await Promise.all(followers.map((follower) => follower[Symbol.asyncDispose]()));
}

/** Breaks the followers' connections a given number of times in total, each at random moments. */
export async function cutAtRandom(followers: readonly Follower[], times: number): Promise<number> {
  let left = times;
  const cutAgain = async (follower: Follower) => {
    while (left > 0) {
      // The break can come during connect, handshake, replay or live.
      await wait(Math.random() ** 2 * 400);
      if (left > 0 && follower.cut()) left -= 1;
    }
  };
  await Promise.all(followers.map(cutAgain));
  return times;
}

/** Waits until all followers have reached a position. Gives up silently: the checker reports what is missing. */
export async function reach(followers: readonly Follower[], position: bigint): Promise<void> {
  const haveReached = () => followers.every((follower) => follower.position >= position);
  await vi.waitUntil(haveReached, { timeout: 60_000, interval: 20 }).catch(() => {});
}

/** Eight followers, spread evenly over instances and transports. */
export const followAll = (instances: readonly { readonly url: string }[], after: string): Follower[] =>
  Array.from({ length: 8 }, (_, index) =>
    follow({
      after,
      open: index % 4 >= 2 ? overEventStream : overWebSocket,
      url: () => instances[index % instances.length]?.url ?? '',
    }),
  );
