import { insertMany } from '../../database/bulk-write.js';
import type { Transaction } from '../../database/open.js';
import { appendToFeed } from '../../feed/position.js';
import type { ErasureGround, ErasureTarget } from '../../generated/prisma/enums.js';
import { recordAudit } from '../audit/audit.js';
import type { DevelopmentContent } from '../development/content/content.js';
import { erasedContent } from '../development/content/erased.js';
import {
  commitRevision,
  type DevelopmentRef,
  entryOf,
  lockDevelopment,
  sealRevision,
} from '../development/write/commit.js';
import { type DevelopmentState, updateRows } from '../development/write/rows.js';
import { RevisionConflictError } from '../errors.js';
import { parseInput, text } from '../input.js';
import { type Writer, write } from '../write.js';
import { forgetArticles } from './forget-articles.js';
import { markerText } from './marker.js';
import { findRequest } from './request.js';
import { withoutQuotation } from './without-quotation.js';

/** The outcome of an erasure. */
export type Erasure = DevelopmentRef & {
  slug: string;
  target: ErasureTarget;
  ground: ErasureGround;
  /** How many revisions were replaced by markers. */
  revisions: number;
  /** How many notes were deleted. */
  notes: number;
};

/** The confirmation of a request. */
export interface Confirmation {
  readonly code: string;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Erases what a request names, for good, in one transaction.
 *
 * A published development is first retracted, or revised so that the quotation is gone. Then all earlier revisions are
 * replaced by markers, with their copies, and a last revision says that this was done: its entry tells the followers.
 *
 * @throws {InvalidInputError}
 * @throws {UnknownErasureCodeError} If the code is unknown, used or expired.
 * @throws {RevisionConflictError} If the development was changed since the request.
 * @throws {IdempotencyKeyReusedError}
 */
export async function erase(writer: Writer, { code, idempotencyKey }: Confirmation): Promise<Erasure> {
  const given = parseInput(text(200), code, 'code');
  const request = { operation: 'erase', input: { code: given }, idempotencyKey };
  const erased = await write<Omit<Erasure, 'slug'>>(writer, request, async (tx) => {
    const { target, ground, reason, developmentId, revision } = await findRequest(tx, given);
    const { slug } = await tx.development.findUniqueOrThrow({
      where: { id: developmentId },
      select: { slug: true },
    });
    const before = await lockDevelopment(tx, slug);
    if (before.revision !== revision) throw new RevisionConflictError(slug, revision, before.revision);
    const past = await tx.revision.findMany({ where: { developmentId }, select: { snapshot: true } });
    const contents = past.map(({ snapshot }) => snapshot as unknown as DevelopmentContent);
    const marker = markerText(ground, new Date());
    const newSlug = target === 'DEVELOPMENT' ? `erased-${developmentId}` : null;
    const content =
      target === 'DEVELOPMENT' ? erasedAs(before.content, newSlug ?? slug) : withoutQuotation(before.content);
    const authorship = { editor: writer.editor, reason: marker };
    const status = target === 'DEVELOPMENT' && before.status === 'PUBLISHED' ? 'RETRACTED' : before.status;
    // Followers that do not know of erasures see a retraction or a revision.
    const isOver = before.status === 'RETRACTED';
    // A discarded draft takes no other revision.
    await tx.$executeRaw`SELECT set_config('doctrine_wire.erasing', 'yes', true)`;
    const changed = isOver ? undefined : await commitRevision(tx, before, { content, status }, authorship);
    // Each append copies the row of its development as it is then.
    if (changed) await appendToFeed(tx, changed.feed);
    const { revision: number } = changed?.result ?? before;
    const publishedAt = before.publishedAt;
    const last = await commitErased(
      tx,
      { ...before, content, status, publishedAt, revision: number + 1 },
      authorship,
    );
    for (let erased = 1; erased <= before.revision; erased += 1) {
      await tx.$executeRaw`SELECT erase_revision(${developmentId}::uuid, ${erased}::int, ${marker}, ${newSlug})::text`;
    }
    const [beside] = await tx.$queryRaw<[{ notes: number }]>`
      SELECT erase_beside(${developmentId}::uuid, ${newSlug}) AS notes`;
    const { notes } = beside;
    await forgetArticles(tx, developmentId, contents);
    const revisions = before.revision;
    const detail = { target, ground, reason, revisions, notes };
    await recordAudit(tx, { act: 'ERASED', actor: writer.editor, subject: developmentId, detail });
    const ref = { id: developmentId, revision: number + 1 };
    // Not its slug, which has words of the headline unless the whole development is erased.
    const result = { ...ref, target, ground, revisions, notes };
    return { result, feed: last, references: true };
  });
  const { slug } = await writer.db.development.findUniqueOrThrow({
    where: { id: erased.id },
    select: { slug: true },
  });
  return { ...erased, slug };
}

const erasedAs = (content: DevelopmentContent, slug: string): DevelopmentContent => ({
  ...erasedContent(content),
  slug,
});

/** Writes the revision that says that the earlier ones were erased. Its content is that of the one before. */
async function commitErased(
  tx: Transaction,
  state: DevelopmentState,
  authorship: { readonly editor: string; readonly reason: string },
) {
  const now = new Date();
  const after = { ...state, changedAt: now };
  const sealed = sealRevision(after, [], authorship, now);
  await updateRows(tx, after, ['slug']);
  await insertMany(tx, 'revision', [sealed.row]);
  const entry = entryOf(sealed, 'ERASED');
  return entry ? [entry] : [];
}
