import { readFileSync } from 'node:fs';

const LOOK = 50;

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
  const measured = [process.pid, ...pids];
  const now = () => measured.reduce((time, pid) => time - queuedFor(pid), performance.now());
  const end = now() + milliseconds;
  const over = new AbortController();
  const look = setInterval(() => {
    if (now() > end) over.abort(new DOMException(`It took more than ${milliseconds} ms.`, 'TimeoutError'));
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
