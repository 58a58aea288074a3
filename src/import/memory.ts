import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How much garbage may lie about, in bytes. */
const MOST_GARBAGE = 16 * 1024 * 1024;

/** V8's own collection of all garbage, without a flag of the process. */
export function exposeCollection(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

/**
 * Collects garbage once there is much of it; to be called after each batch of rows.
 *
 * A batch outlives the young generation, and V8 lets the old one grow to gigabytes on a large machine before it
 * looks for what nobody holds: an import of a million rows would take many times what it needs.
 */
export function createCollector(): () => void {
  const collect = exposeCollection();
  let held = process.memoryUsage().heapUsed;
  return () => {
    if (process.memoryUsage().heapUsed < held + MOST_GARBAGE) return;
    collect();
    held = process.memoryUsage().heapUsed;
  };
}
