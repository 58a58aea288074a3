import type { Transaction } from '../../../database/open.js';
import { appendToFeed } from '../../../feed/position.js';
import { recordAudit } from '../../audit/audit.js';
import { commitRevisions } from '../../development/write/commit-many.js';
import type { DevelopmentState } from '../../development/write/rows.js';
import { RevisionConflictError } from '../../errors.js';
import { recordErasures, recordReferences } from '../../references/history/record.js';
import type { Writer, Written } from '../../write.js';
import { forgetArticlesNaming } from '../forget-articles.js';
import { authorshipOfErasure, beginErasing, markRevisions, writeErased } from '../mark.js';
import { markerText } from '../marker.js';
import type { ErasedRef, ReferenceRequest } from '../target.js';
import { blankReferences } from './blank.js';
import { type Family, lockFamily, readNames } from './family.js';
import { forgetBeside } from './forget-beside.js';
import { type ErasureBounds, lockOffices, withoutOffices } from './offices.js';

/**
 * Erases a reference, with those merged into it, within the transaction that uses up the request. Ids stay, so that
 * developments go on referring to it. Developments that say more about an actor lose that, and their earlier revisions.
 *
 * @throws {InvalidInputError} If it would rewrite too many developments.
 * @throws {RevisionConflictError} If one of the references was changed since the request.
 */
export async function eraseReference(
  tx: Transaction,
  writer: Writer,
  { target, ground, reason, subjectId: id, revision }: ReferenceRequest,
  bounds: ErasureBounds,
): Promise<Written<ErasedRef>> {
  const family = await lockFamily(tx, target, id);
  const { owner, slug, members, revisions } = family;
  if (revisions !== revision) throw new RevisionConflictError(slug, revision, revisions, owner);
  const names = await readNames(tx, family);
  const developments = await lockOffices(tx, family, bounds);
  const marker = markerText(ground, new Date());
  const authorship = authorshipOfErasure(writer.editor, marker);
  const written = { owner, ids: members.map((member) => member.id) };

  await beginErasing(tx);
  const left = await removeOffices(tx, family, developments, authorship);
  await blankReferences(tx, family);
  const blanked = await recordReferences(tx, [written], authorship);
  // Each append copies the rows of its developments as they are then.
  await appendToFeed(tx, [...left.feed, ...blanked.feed]);

  const told = await writeErased(tx, left.states, authorship);
  await markRevisions(tx, developments, marker);
  const erased = await recordErasures(tx, written, authorship);
  for (const member of members)
    await tx.$executeRaw`SELECT erase_reference(${member.id}::uuid, ${member.revision}::int, ${marker})::text`;
  await forgetBeside(tx, family);
  await forgetArticlesNaming(tx, target, names);

  const counts = { revisions, notes: 0, developments: developments.length };
  const detail = { target, ground, reason, ...counts };
  await recordAudit(tx, { act: 'ERASED', actor: writer.editor, subject: id, detail });
  const number = erased.references.find((one) => one.id === id)?.revision ?? 0;
  const result = { id, revision: number, target, ground, ...counts };
  return { result, feed: [...told, ...erased.feed], references: true };
}

/**
 * Revises developments so that they say no more than the id of an actor. Retracted ones take no revision but the last.
 *
 * @returns The states that their last revisions get.
 */
async function removeOffices(
  tx: Transaction,
  family: Family,
  developments: readonly DevelopmentState[],
  authorship: ReturnType<typeof authorshipOfErasure>,
) {
  const changes = developments.map((before) => ({
    before,
    content: withoutOffices(before.content, family),
    status: before.status,
  }));
  const open = changes.filter(({ status }) => status !== 'RETRACTED');
  const { result, feed } = await commitRevisions(tx, open, authorship);
  const revised = new Map(result.map(({ id, revision }) => [id, revision]));
  const states = changes.map(({ before, content }) => ({
    ...before,
    content,
    revision: (revised.get(before.id) ?? before.revision) + 1,
  }));
  return { states, feed };
}
