import { Debug as ClientDebug } from '@prisma/client/runtime/client';
import { Debug as AdapterDebug } from '@prisma/driver-adapter-utils';

/** How many messages each of the two keeps; it is no option of theirs. */
const KEPT = 100;

const logs = [ClientDebug('doctrine-wire'), AdapterDebug('doctrine-wire')];

/**
 * Makes Prisma forget the statements that it ran last, with their parameters.
 *
 * Its client and its driver adapter each keep their last hundred debug messages, printed or not, for the report of
 * a crash. With parameters of megabytes these are what a process mostly holds: messages of nothing push them out.
 */
export function forgetStatements(): void {
  for (const log of logs) {
    if (log.enabled) continue; // Who wants to read the messages is not to get a hundred empty ones.
    for (let count = 0; count < KEPT; count += 1) log('');
  }
}
