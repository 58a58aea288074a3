import type { RevisionPage, RevisionRange } from '../../domain/revision-ranges.js';
import { batched, type Context } from '../context.js';
import { inGroups } from '../loaders.js';
import type { PageQuery } from '../page.js';
import type { Order } from '../page-cursor.js';

/** The most ranges in a statement. */
const AT_ONCE = 1_000;

/** The greatest number of a revision that the database can hold. */
export const LAST_REVISION = 2 ** 31 - 1;

interface PageKey extends RevisionRange, RevisionPage {}

interface CountKey extends RevisionRange {
  readonly limit: number;
}

export const NEWEST_FIRST: Order<{ readonly number: number }> = {
  name: 'revision',
  columns: [{ field: 'number', type: 'number', direction: 'desc', value: ({ number }) => number }],
};

/** Narrows a range of revisions to the bounds of a page. */
export function rangeWithin(all: RevisionRange, { columns, bounds, take }: PageQuery): PageKey {
  const direction = columns[0]?.direction ?? 'desc';
  const range = { ...all };
  for (const { values, isAfter, isInclusive } of bounds) {
    // Cursors can hold any integer, and the database's are smaller.
    const number = Math.min(Math.max(Number(values[0]), 0), LAST_REVISION - 1);
    const step = isInclusive ? 0 : 1;
    if ((direction === 'asc') === isAfter) range.from = Math.max(range.from, number + step);
    else range.to = Math.min(range.to, number - step);
  }
  return { ...range, direction, take };
}

/** Returns a loader of a page of revisions. It batches pages of the same direction and size into one statement. */
export const loadPages = <Row>(
  read: (context: Context, ranges: readonly RevisionRange[], page: RevisionPage) => Promise<Row[][]>,
) =>
  batched(AT_ONCE, async (context, keys: readonly PageKey[]) => {
    const found = new Map<PageKey, readonly Row[]>();
    await inGroups(
      keys,
      ({ direction, take }) => `${direction} ${take}`,
      async (group, page) => {
        const lists = await read(context, group, page);
        for (const [index, key] of group.entries()) found.set(key, lists[index] ?? []);
        return [];
      },
    );
    return keys.map((key) => found.get(key) ?? []);
  });

/** Returns a loader of the number of revisions in a range, up to a limit. */
export const loadCounts = (
  count: (context: Context, ranges: readonly RevisionRange[], limit: number) => Promise<number[]>,
) =>
  batched(AT_ONCE, (context, keys: readonly CountKey[]) =>
    count(context, keys, Math.max(...keys.map(({ limit }) => limit))),
  );
