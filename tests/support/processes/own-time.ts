import { readFileSync } from 'node:fs';

/** Milliseconds between looks at the clock. The shorter they are, the fewer waits fall into one. */
const LOOK = 10;

/** Milliseconds that the main thread of a process has waited for a core: Linux's schedstat has nanoseconds. */
function queuedFor(pid: number): number {
  try {
    const [, nanoseconds] = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'latin1').split(' ');
    return Number(nanoseconds) / 1e6;
  } catch {
    return 0; // It has ended, which the work shows by itself.
  }
}

/**
 * Returns a clock that stands still while one of several processes waits for a core.
 *
 * It subtracts the longest wait between two readings, so waits at the same time count once. Read it often: of waits that
 * follow each other between two readings, only the longest is subtracted.
 */
export function ownClock(
  pids: readonly number[],
  { now = () => performance.now(), queued = queuedFor } = {},
): () => number {
  let at = now();
  let waits = pids.map(queued);
  let own = 0;
  return () => {
    const elapsed = now() - at;
    const later = pids.map(queued);
    const longest = Math.max(0, ...later.map((wait, index) => wait - (waits[index] ?? 0)));
    own += elapsed - Math.min(elapsed, longest);
    at += elapsed;
    waits = later;
    return own;
  };
}

/**
 * Runs work that may take so many milliseconds, without those in which a process that does it, or this one, waits for a
 * core: other load on the machine does not count.
 *
 * @param pids The other processes that do the work.
 * @throws {DOMException} A TimeoutError, even if the work ignores its signal.
 */
export async function inOwnTime<T>(
  milliseconds: number,
  pids: readonly number[],
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const passed = ownClock([process.pid, ...pids]);
  const over = new AbortController();
  const look = setInterval(() => {
    if (passed() > milliseconds)
      over.abort(new DOMException(`It took more than ${milliseconds} ms.`, 'TimeoutError'));
  }, LOOK);
  try {
    return await new Promise<T>((resolve, reject) => {
      over.signal.addEventListener('abort', () => reject(over.signal.reason));
      work(over.signal).then(resolve, (error) => reject(over.signal.aborted ? over.signal.reason : error));
    });
  } finally {
    clearInterval(look);
  }
}
