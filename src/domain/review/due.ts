import type { SqlTransaction } from '../../database/bulk-write.js';
import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';
import { settle } from '../development/write/change.js';
import { commitRevision, lockDevelopment } from '../development/write/commit.js';
import { DomainError } from '../errors.js';
import { type Writer, write } from '../write.js';
import type { LockedDraft } from './acts.js';
import { saveEvent } from './events.js';
import { stateWithoutEmbargo } from './schedule.js';

/** What the database's clock reads, and when the next embargo ends. */
export interface NextDue {
  readonly now: Date;
  /** Null if no draft is under embargo. */
  readonly due: Date | null;
}

/** Reads the database's clock, which all instances share, and the end of the next embargo. One SQL statement. */
export async function readNextDue(db: Transaction): Promise<NextDue> {
  const [row] = await read<NextDue>(
    db,
    Prisma.sql`
      SELECT clock_timestamp() AS now, (
        SELECT publish_at FROM review WHERE state = 'SCHEDULED' ORDER BY publish_at, development_id LIMIT 1
      ) AS due`,
    { prepared: true },
  );
  if (!row) throw new Error('The database did not tell the time.');
  return row;
}

/** The end of an embargo. */
export interface EmbargoEnd {
  readonly slug: string;
  /** Why the draft was not published; undefined if it was. */
  readonly reason?: string;
}

/**
 * Publishes the draft whose embargo ended first, by the database's clock. Instances that ask at the same time get
 * different drafts.
 *
 * A draft that cannot be published goes back to the queue with the reason in its history.
 *
 * @returns Undefined if no embargo has ended, or other transactions hold the drafts.
 */
export async function publishDue(writer: Omit<Writer, 'editor'>): Promise<EmbargoEnd | undefined> {
  let end: EmbargoEnd | undefined;
  // Its rows say who scheduled it, so the name of this writer is never used.
  await write({ ...writer, editor: 'embargo' }, { operation: 'embargo', input: null }, async (tx) => {
    end = undefined;
    const found = await lockDue(tx);
    if (!found) return { result: null as never, feed: [] };
    const { slug, scheduledBy, review } = found;
    const draft = await lockDevelopment(tx, slug);
    try {
      const change = await settle(tx, draft, { status: 'PUBLISHED' });
      const { result, feed } = await commitRevision(tx, draft, change, { editor: scheduledBy, reason: null });
      end = { slug };
      return { result, feed };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const note = error.message;
      await tx.$executeRaw`
        UPDATE review SET state = ${stateWithoutEmbargo(review)}::"ReviewState", publish_at = NULL, scheduled_by = NULL,
                          changed_at = clock_timestamp()
        WHERE development_id = ${draft.id}::uuid`;
      await saveEvent(tx, draft.id, {
        ...{ act: 'PUBLICATION_FAILED', actor: scheduledBy, revision: draft.revision, note },
      });
      end = { slug, reason: note };
      return { result: null as never, feed: [] };
    }
  });
  return end;
}

interface Due {
  readonly slug: string;
  readonly scheduledBy: string;
  readonly review: LockedDraft['review'];
}

async function lockDue(tx: SqlTransaction): Promise<Due | undefined> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    SELECT development.id::text AS id FROM review
    JOIN development ON development.id = review.development_id
    WHERE review.state = 'SCHEDULED' AND review.publish_at <= clock_timestamp()
    ORDER BY review.publish_at, review.development_id LIMIT 1
    FOR NO KEY UPDATE OF development SKIP LOCKED`;
  if (!row) return undefined;
  // Again, with the development locked: another instance may have published it after this statement's snapshot.
  const [due] = await tx.$queryRaw<(LockedDraft['review'] & Omit<Due, 'review'>)[]>`
    SELECT development.slug, review.scheduled_by AS "scheduledBy", review.state::text AS state,
           review.approved_revision AS "approvedRevision", review.submitted_at AS "submittedAt",
           review.publish_at AS "publishAt"
    FROM review JOIN development ON development.id = review.development_id
    WHERE review.development_id = ${row.id}::uuid AND review.state = 'SCHEDULED'
      AND review.publish_at <= clock_timestamp()`;
  if (!due) return undefined;
  const { slug, scheduledBy, ...review } = due;
  return { slug, scheduledBy, review };
}
