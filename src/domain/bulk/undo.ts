import { z } from 'zod';
import type { SqlTransaction } from '../../database/bulk-write.js';
import { readHistories } from '../development/read/histories.js';
import { lockDevelopments } from '../development/write/commit.js';
import { commitRevisions } from '../development/write/commit-many.js';
import { bulkAct, type UndoStep, undoOf, undoStep } from '../development/write/undo-act.js';
import { parseInput, text } from '../input.js';
import { type Writer, write } from '../write.js';
import { UnknownBulkError } from './errors.js';
import type { UndoOutcome } from './outcome.js';
import { isReviewAction } from './plan-review.js';
import { undoReviewAct } from './undo-review.js';

export interface UndoInput {
  readonly bulk: string;
  readonly reason?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

const OUTCOMES = {
  reverted: 'REVERTED',
  retracted: 'RETRACTED',
  kept: 'KEPT',
  drafts: 'KEPT',
  undoneBefore: 'UNDONE_BEFORE',
} as const satisfies Record<UndoStep['kind'], UndoOutcome['outcome']>;

const TIMEOUT = 30_000;

/**
 * Undoes a bulk change in one transaction: reverts developments that it revised, assigned or approved, and retracts those
 * it published. Developments that have changed since stay as they are.
 *
 * @returns The outcomes in the order of ids.
 * @throws {UnknownBulkError}
 * @throws {IdempotencyKeyReusedError}
 */
export function undoBulk(
  writer: Writer,
  { bulk, reason, idempotencyKey }: UndoInput,
): Promise<UndoOutcome[]> {
  const id = parseInput(z.uuid('Expected the key of a bulk change.'), bulk, 'bulk');
  const given = reason == null ? 'Undo of a bulk change.' : parseInput(text(1_000), reason, 'reason');
  const request = { operation: 'undoBulk', input: { bulk, reason }, idempotencyKey, timeout: TIMEOUT };
  return write<UndoOutcome[]>(writer, request, async (tx) => {
    const [act] = await tx.$queryRaw<StoredAct[]>`
      SELECT development_ids::text[] AS "developmentIds", editor, action, recorded_at AS "recordedAt" FROM bulk_act WHERE id = ${id}::uuid FOR UPDATE`;
    if (!act) throw new UnknownBulkError();
    await lockDevelopments(tx, act.developmentIds);
    if (isReviewAction(act.action)) {
      const kind = 'assign' in act.action ? 'ASSIGNED' : 'APPROVED';
      const outcomes = await undoReviewAct(tx, { ...act, kind }, writer.editor);
      await markUndone(tx, id, writer.editor);
      return { result: outcomes, feed: [] };
    }
    const histories = await readHistories(tx, act.developmentIds);
    const steps = [...histories.values()].map((history) => ({
      slug: history.state.content.slug,
      step: undoStep(history, bulkAct(id), {
        reinstates: false,
        whenRetracted: 'retracted by the bulk change, and a retraction is final',
        release: (content) => content,
      }),
    }));
    const changes = steps.flatMap(({ step }) => ('change' in step ? step.change : []));
    const authorship = {
      ...{ editor: writer.editor, reason: given, at: writer.at, act: undoOf(bulkAct(id)) },
      // An undo by a second editor counts as reviewed.
      proposedBy: act.editor,
    };
    const { feed } = await commitRevisions(tx, changes, authorship);
    await markUndone(tx, id, writer.editor);
    const result = steps.map(({ slug, step }) => ({
      slug,
      outcome: OUTCOMES[step.kind],
      reason: step.kind === 'kept' ? step.reason : null,
    }));
    return { result, feed };
  });
}

interface StoredAct {
  readonly developmentIds: string[];
  readonly editor: string;
  readonly action: object;
  readonly recordedAt: Date;
}

async function markUndone(tx: SqlTransaction, id: string, editor: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE bulk_act SET undone_at = clock_timestamp(), undone_by = ${editor}
    WHERE id = ${id}::uuid AND undone_at IS NULL`;
}
