import { insertMany } from '../../../database/bulk-write.js';
import type { Transaction } from '../../../database/open.js';
import type { DevelopmentChange } from '../../../feed/hash-chain.js';
import type { NewFeedEntry } from '../../../feed/position.js';
import type { DevelopmentStatus } from '../../../generated/prisma/client.js';
import { RevisionConflictError, UnknownSlugError } from '../../errors.js';
import { parseSlug } from '../../references/lookup.js';
import { type Reviewed, requireFourEyes } from '../../review/four-eyes.js';
import type { Written } from '../../write.js';
import { changedFields, type DevelopmentContent } from '../content/content.js';
import { commitmentOf, newSalt } from './commitment.js';
import { type DevelopmentState, updateRows } from './rows.js';

/** A development and its revision after a write. */
export type DevelopmentRef = {
  id: string;
  revision: number;
  /** Set if nothing changed, so that no revision was written. */
  isUnchanged?: true;
  /** What the change made: the `made` of its decision. */
  made?: string;
  /** The id of the proposal that the change became, if its author may not make it alone. */
  proposal?: string;
};

/** The editor of a change, and the reason. */
export interface Authorship extends Reviewed {
  readonly reason: string | null;
  /** The time of the change, if it belongs to a history that is loaded. Default: now. */
  readonly at?: Date | undefined;
  /** The act that makes it together with others: the run of an import, or a bulk change. */
  readonly act?: string | undefined;
}

/** A change to a development: its new content or its new status. */
export interface Change {
  readonly content?: DevelopmentContent;
  readonly status?: DevelopmentStatus;
}

/**
 * Writes a development's next revision, and returns a feed entry if readers see it. A change without effect writes
 * nothing.
 *
 * @throws {ReviewRequiredError} If the record requires review and nobody else has approved the change. Nothing is
 *   written then, and the transaction can go on.
 */
export async function commitRevision(
  tx: Transaction,
  before: DevelopmentState,
  change: Change,
  authorship: Authorship,
): Promise<Written<DevelopmentRef>> {
  const next = nextRevision(before, change, authorship);
  if (!next) return { result: { id: before.id, revision: before.revision, isUnchanged: true }, feed: [] };
  const { after, changed, sealed, entry } = next;
  await requireFourEyes(tx, [{ ...after, before }], authorship);
  await updateRows(tx, after, changed);
  await insertMany(tx, 'revision', [sealed.row]);
  return { result: { id: after.id, revision: after.revision }, feed: entry ? [entry] : [] };
}

/** Makes the revision of a change; undefined if it changes nothing. */
export function nextRevision(
  before: DevelopmentState,
  { content = before.content, status = before.status }: Change,
  authorship: Authorship,
) {
  const changed = changedFields(before.content, content);
  if (changed.length === 0 && status === before.status) return undefined;
  const now = authorship.at ?? new Date();
  const publishedAt = before.publishedAt ?? (status === 'DRAFT' ? null : now);
  const after: DevelopmentState = {
    ...before,
    content,
    status,
    publishedAt,
    changedAt: now,
    revision: before.revision + 1,
  };
  const sealed = sealRevision(after, changed, authorship, now);
  return { after, changed, sealed, entry: entryOf(sealed, feedChange(before.status, status)) };
}

/** Locks developments in the order of ids, so that two writers cannot wait for each other. */
export async function lockDevelopments(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.$queryRaw`
    SELECT FROM development WHERE id = ANY (${[...ids]}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
}

/**
 * Reads a development and locks it until the transaction ends, so that its revisions are sequential.
 *
 * @param hidesDrafts Whether a draft counts as unknown, for writers who must not learn of it.
 * @throws {UnknownSlugError}
 * @throws {RevisionConflictError} If it is not at the expected revision.
 */
export async function lockDevelopment(
  tx: Transaction,
  slug: string,
  expectedRevision?: number | null,
  hidesDrafts = false,
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
      changedAt: true,
      revisions: { select: { snapshot: true }, orderBy: { number: 'desc' }, take: 1 },
    },
  });
  if (hidesDrafts && state.status === 'DRAFT') throw new UnknownSlugError('Development', slug);
  if (expectedRevision != null && expectedRevision !== state.revision) {
    throw new RevisionConflictError(slug, expectedRevision, state.revision);
  }
  return { ...state, content: revisions[0]?.snapshot as unknown as DevelopmentContent };
}

/** Returns the change as the feed tells it. A draft's entry is left out by {@link entryOf}. */
function feedChange(before: DevelopmentStatus, after: DevelopmentStatus): DevelopmentChange {
  if (after === 'RETRACTED') return 'RETRACTED';
  return before === 'PUBLISHED' ? 'REVISED' : 'PUBLISHED';
}

/** A revision to write, with the commitment of its feed entry. */
export interface SealedRevision {
  readonly row: {
    readonly developmentId: string;
    readonly number: number;
    readonly snapshot: DevelopmentContent;
    readonly status: DevelopmentStatus;
    readonly changedFields: readonly string[];
    readonly editor: string;
    readonly reason: string | null;
    readonly recordedAt: Date;
    /** In PostgreSQL's format of bytes. Null for a draft. */
    readonly salt: string | null;
    readonly act?: string;
  };
  /** Null for a draft, which has no feed entry. */
  readonly commitment: string | null;
  /** The time of its feed entry. Default: that of the commit. */
  readonly at: Date | undefined;
}

/**
 * Makes the row of a development's newest revision and the commitment to it.
 *
 * @param recordedAt When the revision was made. Default: when the development was first recorded.
 */
export function sealRevision(
  state: DevelopmentState,
  changed: readonly string[],
  { editor, reason, at, act }: Authorship,
  recordedAt: Date = state.recordedAt,
): SealedRevision {
  const { id: developmentId, revision: number, content: snapshot, status } = state;
  const row = {
    ...{ developmentId, number, snapshot, status, changedFields: changed, editor, reason, recordedAt },
    ...(act !== undefined && { act }),
  };
  if (status === 'DRAFT') return { row: { ...row, salt: null }, commitment: null, at };
  const salt = newSalt();
  return {
    row: { ...row, salt: `\\x${salt}` },
    commitment: commitmentOf({ revision: row, development: state }, salt),
    at,
  };
}

/** Returns the feed entry of a revision; undefined for a draft. */
export function entryOf(
  { row, commitment, at }: SealedRevision,
  change: DevelopmentChange,
): NewFeedEntry | undefined {
  const { developmentId, number: revision } = row;
  if (commitment === null) return undefined;
  return { developmentId, revision, change, commitment, ...(at && { recordedAt: at }) };
}
