import type { SqlTransaction } from '../../database/bulk-write.js';
import { saveEvents } from './events.js';

/** A locked draft, at the revision that an act is about. */
export interface ActedOn {
  readonly id: string;
  readonly revision: number;
}

/** Who acts, and when. The events of an act have its time. */
export interface Acting {
  readonly actor: string;
  readonly now: Date;
  readonly note?: string | null;
}

const idsOf = (drafts: readonly ActedOn[]): string[] => drafts.map(({ id }) => id);

/** Submits new drafts for review, as `submitForReview` does. Two SQL statements. */
export async function submitMany(
  tx: SqlTransaction,
  drafts: readonly ActedOn[],
  { actor, now }: Acting,
): Promise<void> {
  const at = now.toISOString();
  await tx.$executeRaw`
    UPDATE review SET state = 'IN_REVIEW', submitted_at = ${at}::timestamptz, changed_at = ${at}::timestamptz
    WHERE development_id = ANY (${idsOf(drafts)}::uuid[]) AND state = 'DRAFT'`;
  await saveEvents(
    tx,
    drafts.map(({ id, revision }) => ({ developmentId: id, act: 'SUBMITTED', actor, revision })),
    now,
  );
}

/** Assigns drafts to an editor, or to nobody. Two SQL statements. */
export async function assignMany(
  tx: SqlTransaction,
  drafts: readonly ActedOn[],
  assignee: string | null,
  { actor, now, note = null }: Acting,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE review SET assignee = ${assignee}, changed_at = ${now.toISOString()}::timestamptz
    WHERE development_id = ANY (${idsOf(drafts)}::uuid[])`;
  await saveEvents(
    tx,
    drafts.map(({ id, revision }) => ({
      ...{ developmentId: id, act: 'ASSIGNED', actor, revision, note, assignee },
    })),
    now,
  );
}

/**
 * Approves revisions of drafts. An embargo that has not ended goes on. One that has ended must be set again, because an
 * approval alone publishes nothing. Two SQL statements.
 */
export async function approveMany(
  tx: SqlTransaction,
  drafts: readonly ActedOn[],
  { actor, now, note = null }: Acting,
): Promise<void> {
  const at = now.toISOString();
  await tx.$executeRaw`
    UPDATE review SET
      state = CASE WHEN publish_at > ${at}::timestamptz THEN 'SCHEDULED' ELSE 'APPROVED' END::"ReviewState",
      approved_by = ${actor}, approved_revision = it.revision, changed_at = ${at}::timestamptz,
      publish_at = CASE WHEN publish_at > ${at}::timestamptz THEN publish_at END,
      scheduled_by = CASE WHEN publish_at > ${at}::timestamptz THEN scheduled_by END
    FROM json_to_recordset(${JSON.stringify(drafts)}::json) AS it (id uuid, revision int)
    WHERE review.development_id = it.id`;
  await saveEvents(
    tx,
    drafts.map(({ id, revision }) => ({ developmentId: id, act: 'APPROVED', actor, revision, note })),
    now,
  );
}
