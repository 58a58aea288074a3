import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma, type ReviewState } from '../../generated/prisma/client.js';
import { WrongStatusError } from '../development/errors.js';
import type { DevelopmentState } from '../development/write/rows.js';
import type { DomainError } from '../errors.js';
import { readAssignee } from '../review/acts.js';
import { OwnApprovalError, WrongReviewStateError } from '../review/errors.js';
import { machineNames } from '../review/policy.js';

/** The review of a draft, as bulk changes look at it. */
export interface BulkReview {
  readonly id: string;
  readonly state: ReviewState;
  readonly assignee: string | null;
  readonly approvedRevision: number | null;
  /** The person who wrote the latest revision by a person. Null if only machines wrote it. */
  readonly writtenBy: string | null;
}

/** An action of the review: it makes no revision. */
export type ReviewAction =
  | { readonly assign: { readonly assignee?: string | null } }
  | { readonly approve: true };

export const isReviewAction = (action: object): action is ReviewAction =>
  'assign' in action || 'approve' in action;

/** Returns who gets the drafts. @throws {InvalidInputError} For a name that no token can have. */
export const assigneeOf = ({ assign }: Extract<ReviewAction, { readonly assign: object }>): string | null =>
  readAssignee(assign.assignee) ?? null;

/** Reads reviews by the id of their development: one SQL statement. */
export async function readBulkReviews(
  tx: Transaction,
  ids: readonly string[],
): Promise<Map<string, BulkReview>> {
  const rows = await read<BulkReview>(
    tx,
    Prisma.sql`
      SELECT it.development_id::text AS id, it.state::text AS state, it.assignee,
             it.approved_revision AS "approvedRevision",
             (SELECT editor FROM revision
              WHERE development_id = it.development_id AND editor <> ALL (${machineNames()}::text[])
              ORDER BY number DESC LIMIT 1) AS "writtenBy"
      FROM review AS it WHERE it.development_id = ANY (${[...ids]}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * Decides what an action of the review does to a draft.
 *
 * @returns Whether it changes the review, or why it fails.
 */
export function planReview(
  action: ReviewAction,
  { revision, status, content: { slug } }: DevelopmentState,
  review: BulkReview | undefined,
  editor: string,
): boolean | DomainError {
  if (status !== 'DRAFT' || !review) return new WrongStatusError(slug, status, 'DRAFT');
  if (review.state === 'DISCARDED')
    return new WrongReviewStateError(slug, review.state, 'a draft that is open');
  if ('assign' in action) return review.assignee !== assigneeOf(action);
  if (review.approvedRevision === revision) return false;
  return review.writtenBy === editor ? new OwnApprovalError(slug) : true;
}
