import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { type DevelopmentStatus, Prisma } from '../../../generated/prisma/client.js';
import { canEdit, type Viewer } from '../../access.js';

/** A revision without its snapshot. */
export interface RevisionRow {
  readonly developmentId: string;
  readonly number: number;
  readonly status: DevelopmentStatus;
  readonly changedFields: readonly string[];
  readonly editor: string;
  readonly reason: string | null;
  readonly recordedAt: Date;
  /** The time of its feed position. Null for a draft. */
  readonly publishedAt: Date | null;
}

/** Maximum number of revisions returned for a development. */
const MAX_REVISIONS = 100;

/**
 * Reads the revisions of each development up to the given one, newest first. Only editors get drafts. One
 * SQL statement.
 */
export async function readRevisions(
  db: Transaction,
  viewer: Viewer,
  upTo: readonly { readonly id: string; readonly revision: number }[],
): Promise<RevisionRow[][]> {
  const rows = await read<RevisionRow & { at: number }>(
    db,
    Prisma.sql`
    SELECT wanted.at::int AS at, wanted.id::text AS "developmentId", it.number, it.status::text AS status,
           it.changed_fields AS "changedFields", it.editor, it.reason, it.recorded_at AS "recordedAt",
           entry.recorded_at AS "publishedAt"
    FROM unnest(${upTo.map(({ id }) => id)}::uuid[], ${upTo.map(({ revision }) => revision)}::int[])
         WITH ORDINALITY AS wanted (id, revision, at),
    LATERAL (
      SELECT * FROM revision
      WHERE development_id = wanted.id AND number <= wanted.revision AND (status <> 'DRAFT' OR ${canEdit(viewer)})
      ORDER BY number DESC LIMIT ${MAX_REVISIONS}
    ) AS it
    LEFT JOIN feed_entry AS entry ON entry.development_id = it.development_id AND entry.revision = it.number
    ORDER BY wanted.at, it.number DESC`,
    { prepared: true },
  );
  const lists: RevisionRow[][] = upTo.map(() => []);
  for (const { at, ...row } of rows) lists[at - 1]?.push(row);
  return lists;
}
