import type { Transaction } from '../../database/open.js';
import { OWNERS } from '../duplicates/suggestion.js';
import { parseInput, text } from '../input.js';
import { findSlugs } from '../references/lookup.js';
import { type Writer, write } from '../write.js';
import { eraseDevelopment } from './erase-development.js';
import { eraseReference } from './references/erase-reference.js';
import { ERASURE_BOUNDS } from './references/offices.js';
import { findRequest } from './request.js';
import { type ErasedRef, isOfReference } from './target.js';

/** The outcome of an erasure, with the slug that is left. */
export type Erasure = ErasedRef & { readonly slug: string };

/** The confirmation of a request. */
export interface Confirmation {
  readonly code: string;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Erases what a request names, for good, in one transaction.
 *
 * First an ordinary change: a published development is retracted, or revised so that the quotation is gone; a reference
 * loses its content. Then all earlier revisions are replaced by markers, with their copies, and a last revision says that
 * this was done: its entry tells the followers.
 *
 * @throws {InvalidInputError} Also if a request may not rewrite so many developments.
 * @throws {UnknownErasureCodeError} If the code is unknown, used or expired.
 * @throws {RevisionConflictError} If the development or reference was changed since the request.
 * @throws {IdempotencyKeyReusedError}
 */
export async function erase(
  writer: Writer,
  { code, idempotencyKey }: Confirmation,
  bounds = ERASURE_BOUNDS,
): Promise<Erasure> {
  const given = parseInput(text(200), code, 'code');
  const request = { operation: 'erase', input: { code: given }, idempotencyKey, timeout: bounds.timeout };
  const erased = await write<ErasedRef>(writer, request, async (tx) => {
    const found = await findRequest(tx, given);
    return isOfReference(found)
      ? eraseReference(tx, writer, found, bounds)
      : eraseDevelopment(tx, writer, found);
  });
  return { ...erased, slug: await readSlug(writer.db, erased) };
}

async function readSlug(db: Transaction, erased: ErasedRef): Promise<string> {
  const owner = isOfReference(erased) ? OWNERS[erased.target] : 'Development';
  const [named] = await findSlugs(db, owner, { id: { in: [erased.id] } });
  if (!named) throw new Error(`The record has no ${owner} with the id ${erased.id}.`);
  return named.slug;
}
