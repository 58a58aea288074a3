import type { FilterInput } from '../../parameters/filter-input.js';

/** Returns whether a filter, or one within it, has a condition on the status. Then only that decides. */
export function namesStatus({ status, and, or, not }: FilterInput): boolean {
  return (
    (status?.length ?? 0) > 0 ||
    [...(and ?? []), ...(or ?? []), ...(not ? [not] : [])].some((part) => namesStatus(part))
  );
}
