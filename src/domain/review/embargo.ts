import type { Writer } from '../write.js';
import { type EmbargoEnd, publishDue, readNextDue } from './due.js';
import { createSteadyClock } from './steady-clock.js';

export interface EmbargoOptions extends Omit<Writer, 'editor' | 'role' | 'at'> {
  /** Called after a publication. */
  onPublished(end: EmbargoEnd): void;
  /** Called when an embargo has ended, and its draft could not be published. */
  onRefused(end: EmbargoEnd): void;
  /** Called when the database's clock has jumped by so many seconds. */
  onClockJump(seconds: number): void;
  /** Called when the database does not answer, and not again until it has. */
  onError(error: unknown): void;
}

/** The longest sleep, in milliseconds: an embargo that is set meanwhile ends at most so much late. */
const POLL = 1_000;

/**
 * Publishes drafts whose embargo has ended, those that were missed first. Several instances share the work, and each
 * draft is published once.
 *
 * Time is the database's. After a jump of its clock nothing is published for 30 s, so that a clock that is set right
 * again has published nothing early.
 */
export function startEmbargo(options: EmbargoOptions): AsyncDisposable {
  const clock = createSteadyClock(() => performance.now());
  let timer: NodeJS.Timeout | undefined;
  let isAway = false;
  let isOver = false;

  const look = async (): Promise<number> => {
    const asked = performance.now();
    const { now, due } = await readNextDue(options.db);
    const jump = clock.note(now, asked);
    if (jump !== 0) options.onClockJump(Math.round(jump / 1_000));
    const wait = due === null ? POLL : due.getTime() - now.getTime();
    if (wait > 0 || !clock.isSteady()) return Math.min(Math.max(wait, 0) || POLL, POLL);
    for (let end = await publishDue(options); end && !isOver; end = await publishDue(options)) {
      if (end.reason === undefined) options.onPublished(end);
      else options.onRefused(end);
    }
    return RETRY;
  };

  const run = async () => {
    let wait = POLL;
    try {
      wait = await look();
      isAway = false;
    } catch (error) {
      if (!isAway && !isOver) options.onError(error);
      isAway = true;
    }
    if (!isOver) schedule(wait);
  };

  let running: Promise<void> = Promise.resolve();
  const schedule = (wait: number) => {
    timer = setTimeout(() => {
      running = run();
    }, wait);
    timer.unref();
  };
  schedule(0);

  return {
    [Symbol.asyncDispose]: async () => {
      isOver = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** How long to wait for drafts that other transactions hold, in milliseconds. */
const RETRY = 200;
