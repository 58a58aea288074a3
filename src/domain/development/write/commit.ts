import { insertMany, type SqlTransaction } from '../../../database/bulk-write.js';
import type { Transaction } from '../../../database/open.js';
import type { NewFeedEntry } from '../../../feed/position.js';
import type { DevelopmentStatus, FeedChange, Prisma } from '../../../generated/prisma/client.js';
import { RevisionConflictError, UnknownSlugError } from '../../errors.js';
import { parseSlug } from '../../references/lookup.js';
import type { Written } from '../../write.js';
import { changedFields, type DevelopmentContent } from '../content/content.js';
import { type DevelopmentState, insertRows, updateRows } from './rows.js';

/** A development and its revision after a write. */
export type DevelopmentRef = { id: string; revision: number };

/** The editor of a change, and the reason. */
export interface Authorship {
  readonly editor: string;
  readonly reason: string | null;
}

/** Writes new developments and their first revisions. Returns feed entries for the published ones. */
export async function commitNew(
  tx: SqlTransaction,
  states: readonly DevelopmentState[],
  authorship: Authorship,
): Promise<Written<DevelopmentRef[]>> {
  await insertRows(tx, states);
  await insertMany(
    tx,
    'revision',
    states.map((state) => revisionRow(state, changedFields(undefined, state.content), authorship)),
  );
  return {
    result: states.map(({ id, revision }) => ({ id, revision })),
    feed: states.filter(({ status }) => status === 'PUBLISHED').map((state) => entry(state, 'PUBLISHED')),
  };
}

/** A change to a development: its new content or its new status. */
export interface Change {
  readonly content?: DevelopmentContent;
  readonly status?: DevelopmentStatus;
}

/**
 * Writes a development's next revision, and returns a feed entry if readers see it. A change without effect writes
 * nothing.
 */
export async function commitRevision(
  tx: Transaction,
  before: DevelopmentState,
  { content = before.content, status = before.status }: Change,
  authorship: Authorship,
): Promise<Written<DevelopmentRef>> {
  const changed = changedFields(before.content, content);
  if (changed.length === 0 && status === before.status) {
    return { result: { id: before.id, revision: before.revision }, feed: [] };
  }
  const now = new Date();
  const publishedAt = before.publishedAt ?? (status === 'DRAFT' ? null : now);
  const after = { ...before, content, status, publishedAt, revision: before.revision + 1 };
  await updateRows(tx, after, changed);
  await tx.revision.create({ data: { ...revisionRow(after, changed, authorship), recordedAt: now } });
  const change = feedChange(before.status, status);
  return { result: { id: after.id, revision: after.revision }, feed: change ? [entry(after, change)] : [] };
}

/**
 * Reads a development and locks it until the transaction ends, so that its revisions are sequential.
 *
 * @throws {UnknownSlugError}
 * @throws {RevisionConflictError} If it is not at the expected revision.
 */
export async function lockDevelopment(
  tx: Transaction,
  slug: string,
  expectedRevision?: number | null,
): Promise<DevelopmentState> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    SELECT development.id FROM development
    JOIN development_slug ON development_slug.development_id = development.id
    WHERE development_slug.slug = ${parseSlug(slug)}
    FOR NO KEY UPDATE OF development`; // Other transactions may add references to it.
  if (!row) throw new UnknownSlugError('Development', slug);
  const { revisions, ...state } = await tx.development.findUniqueOrThrow({
    where: { id: row.id },
    select: {
      id: true,
      revision: true,
      status: true,
      recordedAt: true,
      publishedAt: true,
      revisions: { select: { snapshot: true }, orderBy: { number: 'desc' }, take: 1 },
    },
  });
  if (expectedRevision != null && expectedRevision !== state.revision) {
    throw new RevisionConflictError(slug, expectedRevision, state.revision);
  }
  return { ...state, content: revisions[0]?.snapshot as unknown as DevelopmentContent };
}

function feedChange(before: DevelopmentStatus, after: DevelopmentStatus): FeedChange | undefined {
  if (after === 'DRAFT') return undefined;
  if (after === 'RETRACTED') return 'RETRACTED';
  return before === 'PUBLISHED' ? 'REVISED' : 'PUBLISHED';
}

function entry({ id, revision }: DevelopmentState, change: FeedChange): NewFeedEntry {
  return { developmentId: id, revision, change };
}

/** Returns the row of a development's newest revision. */
export function revisionRow(state: DevelopmentState, changed: string[], { editor, reason }: Authorship) {
  return {
    developmentId: state.id,
    number: state.revision,
    snapshot: state.content as unknown as Prisma.InputJsonObject,
    status: state.status,
    changedFields: changed,
    editor,
    reason,
    recordedAt: state.recordedAt,
  };
}
