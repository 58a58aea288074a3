import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma, type ReviewAct, type ReviewState } from '../../generated/prisma/client.js';
import type { FieldNote } from './events.js';

/** The review of a development that is or was a draft. */
export interface ReviewRow {
  readonly developmentId: string;
  readonly state: ReviewState;
  readonly author: string;
  readonly assignee: string | null;
  readonly approvedBy: string | null;
  readonly approvedRevision: number | null;
  readonly submittedAt: Date | null;
  readonly publishAt: Date | null;
  readonly scheduledBy: string | null;
  readonly changedAt: Date;
}

/** An act in the history of a review. */
export interface EventRow {
  readonly developmentId: string;
  readonly key: string;
  readonly act: ReviewAct;
  readonly actor: string;
  readonly revision: number;
  readonly note: string | null;
  readonly fieldNotes: readonly FieldNote[];
  readonly assignee: string | null;
  readonly publishAt: Date | null;
  readonly recordedAt: Date;
}

/** The most acts of a review that are read, the newest first. */
export const MAX_EVENTS = 200;

/** Reads the reviews of developments, in any order. One SQL statement. */
export const readReviews = (db: Transaction, ids: readonly string[]): Promise<ReviewRow[]> =>
  read<ReviewRow>(
    db,
    Prisma.sql`
      SELECT development_id::text AS "developmentId", state::text AS state, author, assignee,
             approved_by AS "approvedBy", approved_revision AS "approvedRevision", submitted_at AS "submittedAt",
             publish_at AS "publishAt", scheduled_by AS "scheduledBy", changed_at AS "changedAt"
      FROM review WHERE development_id = ANY (${[...ids]}::uuid[])`,
    { prepared: true },
  );

/** Reads the newest acts of each review, newest first. One SQL statement. */
export const readEvents = (db: Transaction, ids: readonly string[]): Promise<EventRow[]> =>
  read<EventRow>(
    db,
    Prisma.sql`
      SELECT it.development_id::text AS "developmentId", it.id::text AS key, it.act::text AS act, it.actor, it.revision,
             it.note, it.field_notes AS "fieldNotes", it.assignee, it.publish_at AS "publishAt",
             it.recorded_at AS "recordedAt"
      FROM unnest(${[...ids]}::uuid[]) AS wanted (id),
      LATERAL (
        SELECT * FROM review_event WHERE development_id = wanted.id ORDER BY recorded_at DESC, id DESC LIMIT ${MAX_EVENTS}
      ) AS it`,
    { prepared: true },
  );
