import { z } from 'zod';
import type { SqlTransaction } from '../../database/bulk-write.js';
import type { ReviewState } from '../../generated/prisma/client.js';
import { WrongStatusError } from '../development/errors.js';
import { type DevelopmentRef, lockDevelopment } from '../development/write/commit.js';
import type { DevelopmentState } from '../development/write/rows.js';
import { checkEditorName } from '../editor-name.js';
import { InvalidInputError } from '../errors.js';
import { listOf, parseInput, text } from '../input.js';
import { type Writer, write } from '../write.js';
import { OwnApprovalError, WrongReviewStateError } from './errors.js';
import { type FieldNote, saveEvent } from './events.js';
import { approveMany, assignMany } from './many.js';
import { machineNames, readReviewMode } from './policy.js';

/** Options of every act on a draft. */
export interface ActOptions {
  /** The revision the caller has seen. A newer one is a conflict. */
  readonly expectedRevision?: number | null | undefined;
  readonly note?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** A draft and its review, locked. */
export interface LockedDraft {
  readonly draft: DevelopmentState;
  readonly review: {
    readonly state: ReviewState;
    readonly approvedRevision: number | null;
    readonly submittedAt: Date | null;
    readonly publishAt: Date | null;
  };
}

const OPEN: readonly ReviewState[] = ['DRAFT', 'IN_REVIEW', 'CHANGES_REQUESTED', 'APPROVED', 'SCHEDULED'];

/**
 * Runs an act on a draft in a transaction that has locked it.
 *
 * @throws {UnknownSlugError}
 * @throws {RevisionConflictError}
 * @throws {WrongStatusError} If it is not a draft.
 * @throws {WrongReviewStateError} If it is discarded.
 * @throws {IdempotencyKeyReusedError}
 */
export function actOnDraft(
  writer: Writer,
  { operation, slug, input = null }: { operation: string; slug: string; input?: unknown },
  { expectedRevision, note, idempotencyKey }: ActOptions,
  act: (tx: SqlTransaction, locked: LockedDraft, note: string | null) => Promise<void>,
): Promise<DevelopmentRef> {
  const parsedNote = note == null ? null : parseInput(text(5_000), note, 'note');
  const request = { operation, input: { slug, input, note, expectedRevision }, idempotencyKey };
  return write(writer, request, async (tx) => {
    const draft = await lockDevelopment(tx, slug, expectedRevision);
    if (draft.status !== 'DRAFT') throw new WrongStatusError(slug, draft.status, 'DRAFT');
    const review = await readReview(tx, draft.id);
    if (!OPEN.includes(review.state)) throw new WrongReviewStateError(slug, review.state, OPEN.join(' or '));
    await act(tx, { draft, review }, parsedNote);
    return { result: { id: draft.id, revision: draft.revision, isUnchanged: true }, feed: [] };
  });
}

async function readReview(tx: SqlTransaction, id: string): Promise<LockedDraft['review']> {
  const [review] = await tx.$queryRaw<LockedDraft['review'][]>`
    SELECT state::text AS state, approved_revision AS "approvedRevision", submitted_at AS "submittedAt",
           publish_at AS "publishAt"
    FROM review WHERE development_id = ${id}::uuid`;
  if (!review) throw new Error(`The draft ${id} has no review.`);
  return review;
}

/** Asks for a review of a draft. */
export function submitForReview(
  writer: Writer,
  slug: string,
  { assignee }: { readonly assignee?: string | null | undefined },
  options: ActOptions,
): Promise<DevelopmentRef> {
  const to = readAssignee(assignee);
  return actOnDraft(writer, { operation: 'submit', slug, input: assignee }, options, async (tx, it, note) => {
    await refuseWhenOff(tx);
    const { draft, review } = it;
    if (review.state !== 'DRAFT' && review.state !== 'CHANGES_REQUESTED') {
      throw new WrongReviewStateError(slug, review.state, 'DRAFT or CHANGES_REQUESTED');
    }
    const now = new Date().toISOString();
    await tx.$executeRaw`
      UPDATE review SET state = 'IN_REVIEW', submitted_at = ${now}::timestamptz, changed_at = ${now}::timestamptz,
                        assignee = coalesce(${to ?? null}, assignee)
      WHERE development_id = ${draft.id}::uuid`;
    const actor = { actor: writer.editor, revision: draft.revision };
    await saveEvent(tx, draft.id, { act: 'SUBMITTED', ...actor, note, assignee: to ?? null });
  });
}

/** Assigns a draft to an editor, or to nobody. */
export function assignDraft(
  writer: Writer,
  slug: string,
  { assignee }: { readonly assignee?: string | null | undefined },
  options: ActOptions,
): Promise<DevelopmentRef> {
  const to = readAssignee(assignee) ?? null;
  return actOnDraft(
    writer,
    { operation: 'assign', slug, input: to },
    options,
    async (tx, { draft }, note) => {
      await assignMany(tx, [draft], to, { actor: writer.editor, now: new Date(), note });
    },
  );
}

/**
 * Approves a revision of a draft. An edit withdraws the approval.
 *
 * @throws {OwnApprovalError} If the writer wrote that revision.
 */
export function approveDraft(
  writer: Writer,
  slug: string,
  options: ActOptions & { readonly expectedRevision: number },
): Promise<DevelopmentRef> {
  return actOnDraft(writer, { operation: 'approve', slug }, options, async (tx, { draft, review }, note) => {
    await refuseWhenOff(tx);
    if (review.approvedRevision === draft.revision) {
      throw new WrongReviewStateError(slug, review.state, 'a draft without an approval');
    }
    if ((await lastAuthor(tx, draft.id)) === writer.editor) throw new OwnApprovalError(slug);
    await approveMany(tx, [draft], { actor: writer.editor, now: new Date(), note });
  });
}

const fieldNotes = listOf(
  z.strictObject({
    field: z.string().regex(/^[a-zA-Z]{1,40}$/, 'Expected the name of a field.'),
    text: text(2_000),
  }),
  50,
);

/**
 * Asks the author for changes, with a note, notes on fields, or both.
 *
 * @throws {InvalidInputError} Without any note.
 */
export function requestChanges(
  writer: Writer,
  slug: string,
  { fields }: { readonly fields?: readonly FieldNote[] | null | undefined },
  options: ActOptions,
): Promise<DevelopmentRef> {
  const notes = parseInput(fieldNotes, fields ?? [], 'fields');
  if (notes.length === 0 && options.note == null) {
    throw InvalidInputError.at('note', 'Expected a note or notes on fields; got neither.');
  }
  const request = { operation: 'request changes', slug, input: fields };
  return actOnDraft(writer, request, options, async (tx, { draft }, note) => {
    await refuseWhenOff(tx);
    await tx.$executeRaw`
      UPDATE review SET state = 'CHANGES_REQUESTED', approved_by = NULL, approved_revision = NULL,
                        changed_at = ${new Date().toISOString()}::timestamptz
      WHERE development_id = ${draft.id}::uuid`;
    const actor = { actor: writer.editor, revision: draft.revision };
    await saveEvent(tx, draft.id, { act: 'CHANGES_REQUESTED', ...actor, note, fieldNotes: notes });
  });
}

/** Discards a draft. It stays as a tombstone that only editors see, and its slug stays taken. */
export function discardDraft(
  writer: Writer,
  slug: string,
  { reason }: { readonly reason: string },
  options: Omit<ActOptions, 'note'>,
): Promise<DevelopmentRef> {
  const note = parseInput(text(1_000), reason, 'reason');
  const request = { operation: 'discard', slug, input: reason };
  return actOnDraft(writer, request, options, async (tx, { draft }) => {
    await tx.$executeRaw`
      UPDATE review SET state = 'DISCARDED', publish_at = NULL, changed_at = ${new Date().toISOString()}::timestamptz
      WHERE development_id = ${draft.id}::uuid`;
    const actor = { actor: writer.editor, revision: draft.revision };
    await saveEvent(tx, draft.id, { act: 'DISCARDED', ...actor, note });
  });
}

/** Returns the person who wrote the latest revision by a person; undefined if only machines wrote it. */
async function lastAuthor(tx: SqlTransaction, id: string): Promise<string | undefined> {
  const [last] = await tx.$queryRaw<{ editor: string }[]>`
    SELECT editor FROM revision WHERE development_id = ${id}::uuid AND editor <> ALL (${machineNames()}::text[])
    ORDER BY number DESC LIMIT 1`;
  return last?.editor;
}

export async function refuseWhenOff(tx: SqlTransaction): Promise<void> {
  if ((await readReviewMode(tx)) === 'OFF') {
    throw InvalidInputError.at(
      'slug',
      'Reviews are off in this record. Publish the draft with publishDevelopment.',
    );
  }
}

/** Names of JWT holders have a prefix that tokens cannot have. */
export function readAssignee(assignee: string | null | undefined): string | undefined {
  if (assignee == null) return undefined;
  const name = parseInput(text(300), assignee, 'assignee');
  const isToken = !/^(jwt:|ADMIN_TOKEN$)/.test(name);
  return isToken ? checkEditorName(name, 'assignee', 100) : name;
}
