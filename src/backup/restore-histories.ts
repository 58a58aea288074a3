import { insertMany, type SqlTransaction } from '../database/bulk-write.js';
import type { Transaction } from '../database/open.js';
import { read } from '../database/read.js';
import { COMMAND_LINE } from '../domain/audit/audit.js';
import { recordReferences } from '../domain/references/history/record.js';
import { REFERENCE_KINDS, type ReferenceOwner } from '../domain/references/lookup.js';
import { type BulkWriter, writeMany } from '../domain/write.js';
import type { NewFeedEntry } from '../feed/position.js';
import { Prisma } from '../generated/prisma/client.js';
import type { ReferenceRevisionLine } from './format.js';
import type { ExportLine } from './read-export.js';

/** Writes the revisions of references among the lines of an export. */
export async function restoreReferenceRevisions(
  tx: SqlTransaction,
  lines: readonly ExportLine[],
): Promise<void> {
  const rows = lines.flatMap((line) =>
    line.kind === 'referenceRevision'
      ? { ...line.referenceRevision, salt: line.salt === null ? null : `\\x${line.salt}` }
      : [],
  );
  await insertMany(tx, 'reference_revision', rows);
}

/** Returns the feed entry of a reference's revision. */
export function referenceEntry({ referenceRevision, entry }: ReferenceRevisionLine): NewFeedEntry {
  const { change, commitment, recordedAt } = entry;
  const { referenceId, number: revision } = referenceRevision;
  return { change, referenceId, revision, commitment, recordedAt: new Date(recordedAt) };
}

/** References whose first revisions are written together. */
const BLOCK = 500;

/** Writes the first revisions of references that have none: earlier exports have no revisions of references. */
export async function beginHistories(writer: BulkWriter): Promise<void> {
  for (const owner of ['Source', 'Actor', 'Topic', 'Treaty', 'WeaponSystem', 'Doctrine'] as const) {
    for (;;) {
      const ids = await withoutRevisions(writer.db, owner);
      if (ids.length === 0) break;
      await writeMany(writer, async (tx) => {
        const authorship = { editor: COMMAND_LINE, reason: 'Restored from an export without revisions' };
        return (await recordReferences(tx, [{ owner, ids }], authorship)).feed;
      });
    }
  }
}

async function withoutRevisions(db: Transaction, owner: ReferenceOwner): Promise<string[]> {
  const rows = await read<{ id: string }>(
    db,
    Prisma.sql`
    SELECT id::text AS id FROM ${Prisma.raw(REFERENCE_KINDS[owner].table)} AS it
    WHERE NOT EXISTS (SELECT FROM reference_revision WHERE reference_id = it.id) ORDER BY id LIMIT ${BLOCK}`,
  );
  return rows.map(({ id }) => id);
}
