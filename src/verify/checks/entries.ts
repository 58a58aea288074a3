import { Prisma } from '../../generated/prisma/client.js';
import type { RecordCheck, RevisionCheck } from '../check.js';
import { each } from '../read.js';

const { sql } = Prisma;

/** ENTRY_WITHOUT_REVISION, except for drafts, which are checked below. */
export const entriesHaveRevisions: RecordCheck = async (tx, findings) => {
  const entries = each<{ position: bigint; name: string; revision: number }>(
    tx,
    sql`SELECT entry.position, entry.revision,
               coalesce(development.slug, entry.development_id::text, entry.reference_id::text) AS name
        FROM feed_entry AS entry
        LEFT JOIN revision ON revision.development_id = entry.development_id AND revision.number = entry.revision
        LEFT JOIN reference_revision AS it ON it.reference_id = entry.reference_id AND it.number = entry.revision
        LEFT JOIN development ON development.id = entry.development_id
        WHERE revision.number IS NULL AND it.number IS NULL
        ORDER BY entry.position`,
  );
  for await (const { position, name, revision } of entries) {
    const expected = `revision ${revision} of ${name}, which it tells of`;
    findings.add('ENTRY_WITHOUT_REVISION', `position ${position}`, expected, 'no such revision');
  }
};

/** REVISION_TOLD_TWICE. */
export const revisionsAreToldOnce: RecordCheck = async (tx, findings) => {
  const revisions = each<{ name: string; revision: number; positions: string }>(
    tx,
    sql`SELECT coalesce(development.slug, it.id::text) AS name, it.revision, it.positions
        FROM (
          SELECT coalesce(development_id, reference_id) AS id, revision,
                 string_agg(position::text, ', ' ORDER BY position) AS positions
          FROM feed_entry GROUP BY development_id, reference_id, revision HAVING count(*) > 1
        ) AS it
        LEFT JOIN development ON development.id = it.id`,
  );
  for await (const { name, revision, positions } of revisions) {
    findings.add(
      'REVISION_TOLD_TWICE',
      `${name}, revision ${revision}`,
      'one entry',
      `positions ${positions}`,
    );
  }
};

/** REVISION_NOT_TOLD, ENTRY_WITHOUT_REVISION, ENTRY_CHANGE, ENTRY_ORDER. */
export const revisionIsTold: RevisionCheck = ({ status, before, entry, lastPosition, name }, findings) => {
  if (!entry) {
    if (status !== 'DRAFT') findings.add('REVISION_NOT_TOLD', name, 'an entry in the feed', 'none');
    return;
  }
  const position = `position ${entry.position}`;
  if (status === 'DRAFT') {
    findings.add('ENTRY_WITHOUT_REVISION', position, 'a revision that is no draft', `the draft ${name}`);
    return;
  }
  const published = before?.status === 'PUBLISHED' ? 'REVISED' : 'PUBLISHED';
  const change = status === 'RETRACTED' ? 'RETRACTED' : published;
  const isErasure = entry.change === 'ERASED' && before?.status === status;
  if (!isErasure && entry.change !== change) {
    findings.add('ENTRY_CHANGE', `${position}, ${name}`, change, entry.change);
  }
  if (lastPosition !== undefined && entry.position < lastPosition) {
    const expected = `a position after ${lastPosition}, which tells of a revision before`;
    findings.add('ENTRY_ORDER', name, expected, position);
  }
};
