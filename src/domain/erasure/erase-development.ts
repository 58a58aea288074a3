import type { Transaction } from '../../database/open.js';
import { appendToFeed } from '../../feed/position.js';
import { recordAudit } from '../audit/audit.js';
import type { DevelopmentContent } from '../development/content/content.js';
import { erasedContent } from '../development/content/erased.js';
import { commitRevision, lockDevelopment } from '../development/write/commit.js';
import { RevisionConflictError } from '../errors.js';
import type { Writer, Written } from '../write.js';
import { forgetArticlesOf } from './forget-articles.js';
import { authorshipOfErasure, beginErasing, markRevisions, writeErased } from './mark.js';
import { markerText } from './marker.js';
import type { ErasedRef, FoundRequest } from './target.js';
import { withoutQuotation } from './without-quotation.js';

/**
 * Erases a development or its quotation within the transaction that uses up the request.
 *
 * @throws {RevisionConflictError} If the development was changed since the request.
 */
export async function eraseDevelopment(
  tx: Transaction,
  writer: Writer,
  { target, ground, reason, subjectId: id, revision }: FoundRequest,
): Promise<Written<ErasedRef>> {
  const { slug } = await tx.development.findUniqueOrThrow({ where: { id }, select: { slug: true } });
  const before = await lockDevelopment(tx, slug);
  if (before.revision !== revision) throw new RevisionConflictError(slug, revision, before.revision);
  const past = await tx.revision.findMany({ where: { developmentId: id }, select: { snapshot: true } });
  const contents = past.map(({ snapshot }) => snapshot as unknown as DevelopmentContent);
  const marker = markerText(ground, new Date());
  const newSlug = target === 'DEVELOPMENT' ? `erased-${id}` : null;
  const content =
    newSlug === null ? withoutQuotation(before.content) : { ...erasedContent(before.content), slug: newSlug };
  const authorship = authorshipOfErasure(writer.editor, marker);
  const status = newSlug !== null && before.status === 'PUBLISHED' ? 'RETRACTED' : before.status;
  await beginErasing(tx);
  // Followers that do not know of erasures see a retraction or a revision.
  const isOver = before.status === 'RETRACTED';
  const changed = isOver ? undefined : await commitRevision(tx, before, { content, status }, authorship);
  // Each append copies the row of its development as it is then.
  if (changed) await appendToFeed(tx, changed.feed);
  const number = (changed?.result ?? before).revision + 1;
  const feed = await writeErased(tx, [{ ...before, content, status, revision: number }], authorship);
  await markRevisions(tx, [{ id, revision: before.revision }], marker, newSlug);
  const [beside] = await tx.$queryRaw<[{ notes: number }]>`
    SELECT erase_beside(${id}::uuid, ${newSlug}) AS notes`;
  const { notes } = beside;
  await forgetArticlesOf(tx, id, contents);
  const revisions = before.revision;
  const detail = { target, ground, reason, revisions, notes };
  await recordAudit(tx, { act: 'ERASED', actor: writer.editor, subject: id, detail });
  // Not its slug, which has words of the headline unless the whole development is erased.
  const result = { id, revision: number, target, ground, revisions, notes, developments: 0 };
  return { result, feed, references: true };
}
