import { z } from 'zod';
import { InvalidInputError } from '../../domain/errors.js';
import { parseInput, text } from '../../domain/input.js';
import { type Writer, write } from '../../domain/write.js';
import type { RecordNamesCache } from '../record-names-cache.js';
import { UnknownInboxItemError } from './errors.js';
import { findSuggestion, lockSuggestion, markSuggestion } from './suggestion/take.js';

/** The most articles of one act. */
export const MAX_ITEMS = 500;
/** The longest time that an article can be put off, in days. */
const MAX_DAYS = 366;

interface WriteOptions {
  readonly idempotencyKey?: string | null | undefined;
}

/** Articles to sort. An undefined id is that of something else. */
interface Items extends WriteOptions {
  readonly items: readonly (string | undefined)[];
}

/**
 * Dismisses articles. Their suggestions are kept, so that they can be read again.
 *
 * @returns Their ids.
 * @throws {InvalidInputError}
 * @throws {UnknownInboxItemError} For any of them. None is dismissed then.
 */
export function dismissItems(
  writer: Writer,
  { items, reason, idempotencyKey }: Items & { readonly reason?: string | null | undefined },
): Promise<string[]> {
  const given = reason == null ? null : parseInput(text(1_000), reason, 'reason');
  return sortItems(
    writer,
    'dismiss',
    { items, idempotencyKey },
    { state: 'DISMISSED', reason: given, until: null },
  );
}

/**
 * Puts articles off until a time. Without a time, they are unread again.
 *
 * @returns Their ids.
 * @throws {InvalidInputError} For a time that has passed, or is more than a year away.
 * @throws {UnknownInboxItemError} For any of them. None is put off then.
 */
export function snoozeItems(
  writer: Writer,
  { items, until, idempotencyKey }: Items & { readonly until?: Date | null | undefined },
): Promise<string[]> {
  const now = Date.now();
  if (until && (until.getTime() <= now || until.getTime() > now + MAX_DAYS * 86_400_000)) {
    throw InvalidInputError.at(
      'until',
      `Expected a time in the next ${MAX_DAYS} days; got ${until.toISOString()}.`,
    );
  }
  const state = until ? 'SNOOZED' : 'UNREAD';
  return sortItems(
    writer,
    'snooze',
    { items, idempotencyKey },
    { state, reason: null, until: until ?? null },
  );
}

function sortItems(
  writer: Writer,
  operation: string,
  { items, idempotencyKey }: Items,
  change: { readonly state: string; readonly reason: string | null; readonly until: Date | null },
): Promise<string[]> {
  if (items.length === 0 || items.length > MAX_ITEMS) {
    throw InvalidInputError.at('items', `Expected 1 to ${MAX_ITEMS} articles; got ${items.length}.`);
  }
  const unknown = items.indexOf(undefined);
  if (unknown !== -1) throw new UnknownInboxItemError(`items.${unknown}`);
  const ids = [...new Set(items as readonly string[])];
  const { state, reason, until } = change;
  const request = { operation: `${operation} articles`, input: { ids, ...change }, idempotencyKey };
  return write(writer, request, async (tx) => {
    const changed = await tx.$queryRaw<{ id: string }[]>`
      UPDATE inbox_item
      SET state = ${state}::"InboxState", reason = ${reason}, snoozed_until = ${until?.toISOString() ?? null}::timestamptz,
          changed_by = ${writer.editor}
      WHERE id = ANY (${ids}::uuid[]) RETURNING id::text AS id`;
    const missing = ids.find((id) => !changed.some((row) => row.id === id));
    if (missing !== undefined) throw new UnknownInboxItemError(`items.${items.indexOf(missing)}`);
    return { result: ids, feed: [] };
  });
}

/**
 * Dismisses a suggestion. It is not offered again, neither for this text nor in another version with the same words.
 *
 * @returns The id of the article.
 * @throws {UnknownInboxItemError}
 * @throws {UnknownSuggestionError}
 * @throws {SuggestionUsedError} If it was used. One that was dismissed is dismissed again.
 */
export async function dismissSuggestion(
  writer: Writer,
  names: RecordNamesCache,
  { item, key, idempotencyKey }: WriteOptions & { readonly item: string | undefined; readonly key: string },
): Promise<string> {
  parseInput(z.string().max(100, 'Expected the key of a suggestion.'), key, 'key');
  const chosen = await findSuggestion(writer.db, names, item, key);
  if (chosen.offered.mark?.act === 'DISMISSED') return chosen.article.id;
  const request = { operation: 'dismiss suggestion', input: { item, key }, idempotencyKey };
  return write(writer, request, async (tx) => {
    await lockSuggestion(tx, chosen);
    await markSuggestion(tx, chosen, writer, 'DISMISSED', null);
    return { result: chosen.article.id, feed: [] };
  });
}
