import type { SqlTransaction } from '../../database/bulk-write.js';
import type { ReviewAct } from '../../generated/prisma/client.js';
import { saveEvents } from '../review/events.js';
import type { UndoOutcome } from './outcome.js';

/** A bulk change of reviews to undo. */
export interface ReviewActToUndo {
  readonly kind: 'ASSIGNED' | 'APPROVED';
  readonly editor: string;
  readonly recordedAt: Date;
  /** Locked. */
  readonly developmentIds: readonly string[];
}

interface Standing {
  readonly id: string;
  readonly slug: string;
  readonly revision: number;
  readonly isDraft: boolean;
  /** The latest act of the kind, or one that ends the approval. */
  readonly actor: string;
  readonly isIt: boolean;
  readonly isUndone: boolean;
  /** The assignee before. */
  readonly before: string | null;
}

/** The acts after which an earlier one no longer stands. */
const ENDED_BY: Readonly<Record<ReviewActToUndo['kind'], readonly ReviewAct[]>> = {
  ASSIGNED: ['ASSIGNED'],
  APPROVED: [
    ...(['APPROVED', 'CHANGES_REQUESTED', 'EDITED_AFTER_APPROVAL', 'APPROVAL_WITHDRAWN'] as const),
    ...(['PUBLISHED', 'DISCARDED', 'PUBLICATION_FAILED'] as const),
  ],
};

/**
 * Takes assignments or approvals of a bulk change back. Those that another act has followed stay.
 *
 * The events of the bulk change have its editor and its time, by which they are recognized.
 */
export async function undoReviewAct(
  tx: SqlTransaction,
  { kind, editor, recordedAt, developmentIds }: ReviewActToUndo,
  by: string,
): Promise<UndoOutcome[]> {
  const found = await tx.$queryRaw<Standing[]>`
    SELECT it.id::text AS id, it.slug, it.revision, it.status = 'DRAFT' AS "isDraft", last.actor,
           last.act = ${kind}::"ReviewAct" AND last.actor = ${editor}
             AND last.recorded_at = ${recordedAt.toISOString()}::timestamptz AS "isIt",
           last.act = 'APPROVAL_WITHDRAWN' AS "isUndone",
           (SELECT assignee FROM review_event AS before
            WHERE before.development_id = it.id AND before.recorded_at < ${recordedAt.toISOString()}::timestamptz
              AND (before.act = 'ASSIGNED' OR before.act = 'SUBMITTED' AND before.assignee IS NOT NULL)
            ORDER BY before.recorded_at DESC, before.id DESC LIMIT 1) AS before
    FROM development AS it, LATERAL (
      SELECT * FROM review_event AS event
      WHERE event.development_id = it.id AND event.act = ANY (${[...ENDED_BY[kind]]}::text[]::"ReviewAct"[])
      ORDER BY event.recorded_at DESC, event.id DESC LIMIT 1) AS last
    WHERE it.id = ANY (${[...developmentIds]}::uuid[]) ORDER BY it.id`;
  const undone = found.filter(({ isIt, isDraft }) => isIt && isDraft);
  const now = new Date();
  if (kind === 'ASSIGNED') await assignBack(tx, undone, now);
  else await withdrawApprovals(tx, undone, now);
  await saveEvents(
    tx,
    undone.map(({ id, revision, before }) => ({
      ...{ developmentId: id, actor: by, revision },
      ...(kind === 'ASSIGNED'
        ? { act: 'ASSIGNED' as const, assignee: before }
        : { act: 'APPROVAL_WITHDRAWN' as const }),
    })),
    now,
  );
  return found.map((it) => ({ slug: it.slug, ...outcomeOf(it) }));
}

function outcomeOf({ isIt, isDraft, isUndone, actor }: Standing): Omit<UndoOutcome, 'slug'> {
  if (isIt && isDraft) return { outcome: 'REVERTED', reason: null };
  if (isUndone) return { outcome: 'UNDONE_BEFORE', reason: null };
  return { outcome: 'KEPT', reason: isDraft ? `changed since by ${actor}` : 'no longer a draft' };
}

async function assignBack(tx: SqlTransaction, undone: readonly Standing[], now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE review SET assignee = it.before, changed_at = ${now.toISOString()}::timestamptz
    FROM json_to_recordset(${JSON.stringify(undone)}::json) AS it (id uuid, before text)
    WHERE review.development_id = it.id`;
}

/** An embargo stops with the approval that it needs, as it does after an edit. */
async function withdrawApprovals(tx: SqlTransaction, undone: readonly Standing[], now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE review SET state = 'IN_REVIEW', approved_by = NULL, approved_revision = NULL,
                      changed_at = ${now.toISOString()}::timestamptz
    WHERE development_id = ANY (${undone.map(({ id }) => id)}::uuid[])`;
}
