import { canonical, changedFields } from '../../domain/development/content/content.js';
import { contentAfterRetraction, FOLLOWING_STATUSES } from '../../domain/development/content/succession.js';
import { Prisma } from '../../generated/prisma/client.js';
import type { CheckedRevision, OneRevision, RecordCheck, RevisionCheck } from '../check.js';
import { each } from '../read.js';
import type { Findings } from '../report.js';
import { isErased, isErasedDraft } from './hash-chain.js';

const { sql } = Prisma;

/** REVISION_CHAIN: a development has revisions, with unique numbers. */
export const developmentsHaveRevisions: RecordCheck = async (tx, findings) => {
  const without = each<{ slug: string }>(
    tx,
    sql`SELECT slug FROM development
        WHERE NOT EXISTS (SELECT FROM revision WHERE development_id = development.id) ORDER BY id`,
  );
  for await (const { slug } of without) findings.add('REVISION_CHAIN', slug, 'revisions from 1 on', 'none');
  const doubled = each<{ id: string; number: number; count: bigint }>(
    tx,
    sql`SELECT development_id::text AS id, number, count(*) AS count FROM revision
        GROUP BY development_id, number HAVING count(*) > 1`,
  );
  for await (const { id, number, count } of doubled) {
    findings.add('REVISION_CHAIN', `${id}, revision ${number}`, 'one such revision', String(count));
  }
};

/** REVISION_CHAIN: numbers, statuses, and the latest revision. */
export const revisionsChain: RevisionCheck = (revision, findings) => {
  const { number, status, before, isNewest, development, developmentId, name } = revision;
  const add = (expected: string, found: string) => findings.add('REVISION_CHAIN', name, expected, found);
  const next = (before?.number ?? 0) + 1;
  if (number !== next) add(`revision ${next} next`, `revision ${number}`);
  const isErasure = revision.entry?.change === 'ERASED' && status === before?.status;
  const allowed = isErasure ? [status] : FOLLOWING_STATUSES[before?.status ?? 'DRAFT'];
  if (!allowed.includes(status)) {
    add(allowed.join(' or '), status);
  } else if (before?.status === 'RETRACTED' && !isErasure && !isReinstated(before, revision)) {
    add('no revision after a withdrawal, except by the undo of a merge', `revision ${number}`);
  }
  if (!development) {
    if (isNewest) add(`the development ${developmentId}`, 'no such development');
  } else if (isNewest && development.revision !== number) {
    add(`the newest revision, ${number}, in its row`, `revision ${development.revision}`);
  }
  fieldsAreThoseThatChanged(revision, findings);
};

/** Reports nothing about content that was erased, or that SNAPSHOT_SHAPE reports. */
function isReinstated(before: OneRevision, after: OneRevision): boolean {
  if (isErased(before) || isErased(after) || !before.content || !after.content) return true;
  const next = contentAfterRetraction(before.content);
  return next !== null && canonical(next) === canonical(after.content);
}

function fieldsAreThoseThatChanged(revision: CheckedRevision, findings: Findings): void {
  const { content, before, changedFields: told, name } = revision;
  if ([revision, ...(before ? [before] : [])].some((one) => isErased(one) || isErasedDraft(one))) return; // The content that changed is gone.
  if (!content || (before && !before.content)) return; // Reported by SNAPSHOT_SHAPE.
  const expected = changedFields(before?.content, content).join(', ');
  const found = told.join(', ');
  if (found !== expected) {
    findings.add('REVISION_CHAIN', name, `changed fields ${listed(expected)}`, listed(found));
  }
}

const listed = (fields: string) => (fields === '' ? 'none' : fields);
