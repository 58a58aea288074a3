import type { Tail } from '../../feed/tail.js';

/** How long an instant must be over to be a validator: `Last-Modified` has whole seconds (RFC 9110, 8.8.2.2). */
const SETTLED = 2_000;

/** Returns the time of the record's last change as this instance knows it, in milliseconds; undefined if it is too new. */
export type LastChange = () => number | undefined;

/**
 * Creates the clock of `Last-Modified`. It begins with the server's start. Times of developments would not do: a
 * development that leaves a filter changes a document, and none of those that are left is newer.
 */
export function createLastChange(tail: Pick<Tail, 'onChange'>): LastChange {
  let last = Date.now();
  tail.onChange(() => {
    last = Date.now();
  });
  return () => (Date.now() - last < SETTLED ? undefined : last);
}
