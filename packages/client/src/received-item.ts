import type { FeedResult } from './connection.js';
import { FeedItemError } from './errors.js';
import type { AnyItem } from './items.js';
import { refusalOf } from './refusals.js';

/** The types that every document selects. */
const SELECTED = new Set([
  'DevelopmentPublished',
  'DevelopmentRevised',
  'DevelopmentRetracted',
  'FeedCaughtUp',
  'FeedReset',
]);

/**
 * Returns the item of a result; undefined for one of a type that came later, and that the document does not select.
 *
 * @throws {Error} If errors replace the item, or the item lacks what resuming needs.
 */
export function itemIn({ data, errors }: FeedResult): AnyItem | undefined {
  const item = data?.feed as Partial<AnyItem> | null | undefined;
  if (item == null && errors) throw refusalOf(errors);
  const isKnown = item?.__typename === undefined || SELECTED.has(item.__typename);
  if (!isKnown && item?.cursor === undefined) return undefined;
  if (typeof item?.__typename !== 'string' || typeof item.cursor !== 'string') throw new FeedItemError(data);
  return (errors ? { ...item, errors } : item) as AnyItem;
}
