import { v7 as newId } from 'uuid';
import { insertMany, type SqlTransaction } from '../../database/bulk-write.js';
import type { ReviewAct } from '../../generated/prisma/client.js';

/** A note on a field, by its name in inputs. */
export interface FieldNote {
  readonly field: string;
  readonly text: string;
}

/** An act of a review to keep in its history. */
export interface NewEvent {
  readonly act: ReviewAct;
  /** The name of the token. */
  readonly actor: string;
  /** The revision that the act is about. */
  readonly revision: number;
  readonly note?: string | null;
  readonly fieldNotes?: readonly FieldNote[];
  readonly assignee?: string | null;
  readonly publishAt?: Date | null;
}

/** Adds an act to the history of a development's review. */
export const saveEvent = (tx: SqlTransaction, developmentId: string, event: NewEvent): Promise<void> =>
  saveEvents(tx, [{ developmentId, ...event }]);

/** Adds acts to the histories of reviews. One SQL statement. */
export async function saveEvents(
  tx: SqlTransaction,
  events: readonly (NewEvent & { readonly developmentId: string })[],
  recordedAt: Date = new Date(),
): Promise<void> {
  await insertMany(
    tx,
    'review_event',
    events.map((event) => ({
      ...{ id: newId(), note: null, fieldNotes: [], assignee: null, publishAt: null, recordedAt },
      ...event,
    })),
  );
}
