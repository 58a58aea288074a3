import { v7 as newId } from 'uuid';
import type { SqlTransaction } from '../../database/bulk-write.js';
import type { Database } from '../../database/open.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { commitRevisions } from '../development/write/commit-many.js';
import type { DevelopmentState } from '../development/write/rows.js';
import { bulkAct } from '../development/write/undo-act.js';
import { InvalidInputError } from '../errors.js';
import { parseInput } from '../input.js';
import { refuseWhenOff } from '../review/acts.js';
import { type ActedOn, type Acting, approveMany, assignMany } from '../review/many.js';
import { type Writer, type Written, write } from '../write.js';
import { BulkRefusedError } from './errors.js';
import { type BulkAction, changeInput, type PreviewInput, previewInput } from './input.js';
import { type BulkOutcome, outcomeOf } from './outcome.js';
import { type Planned, planBulk } from './plan.js';
import { assigneeOf, isReviewAction, type ReviewAction } from './plan-review.js';

/** The result of a bulk change. */
export type BulkResult = {
  /** The id of the act. Null if nothing has changed. */
  readonly id: string | null;
  /** In the order of the items. */
  readonly items: BulkOutcome[];
  /** The first and the last development with a feed entry, in the order of the feed; empty for drafts. */
  readonly last: { readonly id: string; readonly revision: number } | null;
};

interface ChangeOptions {
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Decides what a bulk change would do, and writes nothing. Another editor may change a development before you act.
 *
 * @throws {InvalidInputError}
 * @throws {UnknownSlugError} For a topic or a source of the action.
 */
export async function previewBulk(db: Database, input: unknown, editor: string): Promise<Planned[]> {
  const given: PreviewInput = parseInput(previewInput, input);
  await checkReview(db, given.action);
  return planBulk(db, given, editor, false);
}

/** A bulk change writes up to 500 rows in one transaction, in milliseconds. */
const TIMEOUT = 30_000;

/**
 * Changes many developments in one transaction, as one act. Its revisions and feed entries are in the order of the items.
 *
 * @throws {InvalidInputError}
 * @throws {UnknownSlugError} For a topic or a source of the action.
 * @throws {BulkRefusedError} If a development cannot be changed, unless `skipFailing` is set.
 * @throws {IdempotencyKeyReusedError}
 */
export function bulkChange(
  writer: Writer,
  input: unknown,
  { idempotencyKey }: ChangeOptions = {},
): Promise<BulkResult> {
  const given = parseInput(changeInput, input);
  const { action, reason = null, skipFailing } = given;
  if ('retract' in action && reason === null) {
    throw InvalidInputError.at('reason', 'Expected the public reason for the withdrawal; got none.');
  }
  const request = { operation: 'bulkChange', input, idempotencyKey, timeout: TIMEOUT };
  return write<BulkResult>(writer, request, async (tx) => {
    await checkReview(tx, action);
    const planned = await planBulk(tx, given, writer.editor, true);
    const items = planned.map(outcomeOf);
    const failing = items.filter(({ outcome }) => outcome === 'FAILS');
    if (failing.length > 0 && !skipFailing) throw new BulkRefusedError(failing, items.length);
    const changes = planned.flatMap((it) =>
      it.outcome === 'CHANGES' ? [{ before: it.before, ...it.after }] : [],
    );
    if (changes.length === 0) return { result: { id: null, items, last: null }, feed: [] };
    const id = newId();
    const now = new Date();
    const authorship = { editor: writer.editor, reason, at: writer.at, act: bulkAct(id) };
    const { result: written, feed } = isReviewAction(action)
      ? await actOnReviews(tx, action, changes, { actor: writer.editor, now, note: reason })
      : await commitRevisions(tx, changes, authorship);
    await tx.bulkAct.create({
      data: {
        id,
        action: action as Prisma.InputJsonObject,
        editor: writer.editor,
        reason,
        recordedAt: now,
        developmentIds: written.map((it) => it.id),
      },
    });
    const entry = feed.at(-1);
    const told = entry && written.find((it) => 'developmentId' in entry && it.id === entry.developmentId);
    const last = told ? { id: told.id, revision: told.revision } : null;
    return { result: { id, items, last }, feed };
  });
}

/** @throws {InvalidInputError} For an assignee that no token can have, and for approvals if reviews are off. */
async function checkReview(tx: SqlTransaction, action: BulkAction): Promise<void> {
  if ('assign' in action) assigneeOf(action);
  if ('approve' in action) await refuseWhenOff(tx);
}

async function actOnReviews(
  tx: SqlTransaction,
  action: ReviewAction,
  changes: readonly { readonly before: DevelopmentState }[],
  acting: Acting,
): Promise<Written<ActedOn[]>> {
  const drafts = changes.map(({ before: { id, revision } }) => ({ id, revision }));
  if ('assign' in action) await assignMany(tx, drafts, assigneeOf(action), acting);
  else await approveMany(tx, drafts, acting);
  return { result: drafts, feed: [] };
}
