import type { SqlTransaction } from '../../database/bulk-write.js';
import type { ProposalAct, ProposalState } from '../../generated/prisma/client.js';
import type { DevelopmentContent } from '../development/content/content.js';
import { parseInput, text } from '../input.js';
import { ProposalDecidedError, UnknownProposalError } from '../review/errors.js';
import { type Writer, write } from '../write.js';

/** A proposal, locked until the transaction ends. */
export interface LockedProposal {
  readonly id: string;
  readonly act: ProposalAct;
  readonly state: ProposalState;
  readonly author: string;
  readonly reason: string | null;
  readonly developmentId: string | null;
  readonly baseRevision: number | null;
  readonly content: DevelopmentContent;
  readonly fields: readonly string[];
  readonly decidedBy: string | null;
}

/**
 * Locks a proposal that nobody has decided about.
 *
 * @throws {UnknownProposalError}
 * @throws {ProposalDecidedError}
 */
export async function lockProposal(tx: SqlTransaction, id: string): Promise<LockedProposal> {
  const [found] = await tx.$queryRaw<LockedProposal[]>`
    SELECT id::text AS id, act::text AS act, state::text AS state, author, reason,
           development_id::text AS "developmentId", base_revision AS "baseRevision", content, fields,
           decided_by AS "decidedBy"
    FROM proposal WHERE id = ${id}::uuid FOR UPDATE`;
  if (!found) throw new UnknownProposalError();
  const { state, decidedBy } = found;
  if (state !== 'RECEIVED' && state !== 'IN_REVIEW') throw new ProposalDecidedError(state, decidedBy);
  return found;
}

/** Options of every decision. */
export interface DecisionOptions {
  readonly idempotencyKey?: string | null | undefined;
}

/** Takes a proposal in hand, or gives it to another editor. Its author sees that it is in review. */
export function assignProposal(
  writer: Writer,
  id: string,
  assignee: string | null,
  { idempotencyKey }: DecisionOptions,
): Promise<{ readonly proposal: string }> {
  const to = assignee === null ? null : parseInput(text(300), assignee, 'assignee');
  const request = { operation: 'assign proposal', input: { id, to }, idempotencyKey };
  return write(writer, request, async (tx) => {
    await lockProposal(tx, id);
    await tx.$executeRaw`
      UPDATE proposal SET assignee = ${to}, state = ${to === null ? 'RECEIVED' : 'IN_REVIEW'}::"ProposalState"
      WHERE id = ${id}::uuid`;
    return { result: { proposal: id }, feed: [] };
  });
}

/** Rejects a proposal. Its author reads the reason. */
export function rejectProposal(
  writer: Writer,
  id: string,
  reason: string,
  { idempotencyKey }: DecisionOptions,
): Promise<{ readonly proposal: string }> {
  const parsed = parseInput(text(1_000), reason, 'reason');
  const request = { operation: 'reject proposal', input: { id, reason }, idempotencyKey };
  return write(writer, request, async (tx) => {
    await lockProposal(tx, id);
    await close(tx, id, 'REJECTED', writer.editor, parsed);
    return { result: { proposal: id }, feed: [] };
  });
}

/**
 * Withdraws one's own proposal.
 *
 * @throws {UnknownProposalError} Also for a proposal of somebody else.
 */
export function withdrawProposal(
  writer: Writer,
  id: string,
  { idempotencyKey }: DecisionOptions,
): Promise<{ readonly proposal: string }> {
  const request = { operation: 'withdraw proposal', input: { id }, idempotencyKey };
  return write(writer, request, async (tx) => {
    const [own] = await tx.$queryRaw<{ id: string }[]>`
      SELECT id::text AS id FROM proposal WHERE id = ${id}::uuid AND author = ${writer.editor}`;
    if (!own) throw new UnknownProposalError();
    await lockProposal(tx, id);
    await close(tx, id, 'WITHDRAWN', writer.editor, null);
    return { result: { proposal: id }, feed: [] };
  });
}

async function close(
  tx: SqlTransaction,
  id: string,
  state: 'REJECTED' | 'WITHDRAWN',
  by: string,
  decision: string | null,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE proposal SET state = ${state}::"ProposalState", decided_by = ${by}, decision = ${decision},
                        decided_at = ${new Date().toISOString()}::timestamptz
    WHERE id = ${id}::uuid`;
}
