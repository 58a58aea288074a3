import type { Database, Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';
import type { DeskPosition } from './position.js';

const { sql } = Prisma;

/** Something on the desk that has changed. What it is now must be read. */
export type DeskChange =
  | { readonly subject: 'DEVELOPMENT'; readonly developmentId: string }
  | { readonly subject: 'PRESENCE'; readonly developmentId: string }
  | { readonly subject: 'NOTE'; readonly developmentId: string; readonly noteId: string }
  | { readonly subject: 'PROPOSAL'; readonly proposalId: string }
  | { readonly subject: 'MERGE'; readonly mergeId: string }
  /** Any of its articles. */
  | { readonly subject: 'INBOX' };

/** The changes after a position, each thing once, in the order of their latest changes. */
export interface DeskChanges {
  readonly position: DeskPosition;
  readonly changes: readonly DeskChange[];
  /** Whether changes are missing: too many, pruned, or of another database. The reader must load everything. */
  readonly isIncomplete: boolean;
}

/** Things in one answer. A reader that has missed more loads everything. */
const MAX_CHANGES = 1_000;

/** Returns the position that covers everything committed before the call. */
export async function readDeskHead(db: Transaction): Promise<DeskPosition> {
  const [head] = await read<DeskPosition>(
    db,
    sql`SELECT epoch::text AS epoch, pg_current_snapshot()::text AS snapshot FROM feed_head`,
    { prepared: true },
  );
  if (!head) throw new Error('The record has no head.');
  return head;
}

/**
 * Reads what has changed since a position: the entries of the transactions that its snapshot did not see.
 *
 * One statement, so the new position and the entries are of the same moment, whatever commits meanwhile.
 */
export async function readDeskChanges(db: Transaction, after: DeskPosition): Promise<DeskChanges> {
  const seen = sql`${after.snapshot}::pg_snapshot`;
  const [found] = await read<Found>(
    db,
    sql`
      SELECT feed_head.epoch::text AS epoch, pg_current_snapshot()::text AS snapshot,
             pg_snapshot_xmin(${seen})::text::bigint <= desk_head.pruned
               OR pg_snapshot_xmax(${seen}) > pg_snapshot_xmax(pg_current_snapshot()) AS "isLost",
             (SELECT json_agg(entry ORDER BY entry.last) FROM (
                SELECT subject, development_id AS "developmentId", note_id AS "noteId", proposal_id AS "proposalId",
                       merge_id AS "mergeId", max(id) AS last FROM desk_entry
                WHERE transaction >= pg_snapshot_xmin(${seen})::text::bigint
                  AND NOT pg_visible_in_snapshot(transaction::text::xid8, ${seen})
                GROUP BY subject, development_id, note_id, proposal_id, merge_id ORDER BY last LIMIT ${MAX_CHANGES + 1}) AS entry) AS entries
      FROM feed_head, desk_head`,
    { prepared: true },
  );
  if (!found) throw new Error('The record has no head.');
  const { epoch, snapshot, isLost } = found;
  const entries = found.entries ?? [];
  const hasMany = entries.length > MAX_CHANGES || entries.some(({ subject }) => subject === 'MANY');
  const isIncomplete = isLost || hasMany || epoch !== after.epoch;
  return {
    position: { epoch, snapshot },
    changes: isIncomplete ? [] : entries.flatMap(toChange),
    isIncomplete,
  };
}

interface Entry {
  readonly subject: DeskChange['subject'] | 'MANY';
  readonly developmentId: string | null;
  readonly noteId: string | null;
  readonly proposalId: string | null;
  readonly mergeId: string | null;
}

interface Found extends DeskPosition {
  readonly isLost: boolean;
  readonly entries: readonly Entry[] | null;
}

function toChange({ subject, developmentId, noteId, proposalId, mergeId }: Entry): DeskChange[] {
  if (subject === 'PROPOSAL') return proposalId === null ? [] : [{ subject, proposalId }];
  if (subject === 'MERGE') return mergeId === null ? [] : [{ subject, mergeId }];
  if (subject === 'INBOX') return [{ subject }];
  if (subject === 'MANY' || developmentId === null) return [];
  if (subject !== 'NOTE') return [{ subject, developmentId }];
  return noteId === null ? [] : [{ subject, developmentId, noteId }];
}

/** How many of the newest entries are kept, and for how long. */
const KEPT_ENTRIES = 50_000;
const KEPT_FOR = '1 day';

/**
 * Deletes old entries. A reader with an older position gets `isIncomplete`.
 *
 * Also deletes entries of a later transaction than there is: the database was restored into another cluster, and they
 * would be new for ever.
 */
export async function pruneDesk(db: Database): Promise<void> {
  await db.$executeRaw`
    WITH gone AS (
      DELETE FROM desk_entry
      WHERE recorded_at < now() - ${KEPT_FOR}::interval
         OR id <= (SELECT max(id) FROM desk_entry) - ${KEPT_ENTRIES}
         OR transaction >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint
      RETURNING transaction
    )
    UPDATE desk_head SET pruned = greatest(pruned, (
      SELECT max(transaction) FROM gone WHERE transaction < pg_snapshot_xmax(pg_current_snapshot())::text::bigint))
    WHERE EXISTS (SELECT FROM gone)`;
}
