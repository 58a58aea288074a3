import { v7 as newId } from 'uuid';
import { z } from 'zod';
import type { Transaction } from '../../database/open.js';
import { bulkAct } from '../development/write/undo-act.js';
import { type DomainError, InvalidInputError } from '../errors.js';
import { listOf, parseInput, text } from '../input.js';
import { ProposalDecidedError, UnknownProposalError } from '../review/errors.js';
import { type Writer, type Written, write } from '../write.js';
import { type Accepted, acceptMany } from './accept-many.js';
import type { LockedProposal } from './decide.js';
import type { DecidedProposal } from './decided-proposal.js';
import { DecisionsRefusedError } from './errors.js';

/** The most proposals in one decision. */
export const MAX_DECIDED = 500;

const input = z.strictObject({
  proposals: listOf(z.uuid(), MAX_DECIDED)
    .min(1, 'Expected at least one proposal.')
    .refine((ids) => new Set(ids).size === ids.length, 'Expected each proposal once.'),
  decision: z.enum(['ACCEPT', 'ACCEPT_AS_DRAFT', 'REJECT']),
  reason: text(1_000).nullish(),
  skipFailing: z.boolean(),
});

/** What an editor decides about many proposals. */
export type Decisions = z.input<typeof input>;

/** The result of a decision about many proposals. */
export type DecidedMany = {
  /** The id of the bulk change that the accepted proposals made. Null if they changed nothing. */
  readonly bulk: string | null;
  /** In the order of the input. */
  readonly items: DecidedProposal[];
  /** The development with the last feed entry. Null if there is none. */
  readonly last: { readonly id: string; readonly revision: number } | null;
};

/** It writes up to 500 developments in one transaction, in seconds at most. */
const TIMEOUT = 30_000;

/**
 * Accepts or rejects many proposals in one transaction. The accepted ones are one bulk change, which `undoBulk`
 * undoes. Retractions stay, and so do new drafts. The proposals stay accepted then.
 *
 * @throws {InvalidInputError}
 * @throws {UnknownProposalError} For the first id that no proposal has.
 * @throws {DecisionsRefusedError} If a proposal fails and `skipFailing` is not set.
 * @throws {IdempotencyKeyReusedError}
 */
export function decideProposals(
  writer: Writer,
  given: Decisions,
  { idempotencyKey }: { readonly idempotencyKey?: string | null | undefined } = {},
): Promise<DecidedMany> {
  const { proposals: ids, decision, reason = null, skipFailing } = parseInput(input, given);
  if (decision === 'REJECT' && reason === null) {
    throw InvalidInputError.at('reason', 'Expected the reason, which the authors read; got none.');
  }
  const request = { operation: 'decideProposals', input: given, idempotencyKey, timeout: TIMEOUT };
  return write<DecidedMany>(writer, request, async (tx) => {
    const found = await lockProposals(tx, ids);
    const open = found.filter(({ state }) => state === 'RECEIVED' || state === 'IN_REVIEW');
    const id = newId();
    const { editor, at } = writer;
    const accepted: Written<Map<string, Accepted>> =
      decision === 'REJECT'
        ? { result: new Map(), feed: [] }
        : await acceptMany(
            tx,
            open,
            { publish: decision === 'ACCEPT', reason },
            { editor, at, act: bulkAct(id) },
          );
    const items = found.map((proposal) => outcomeOf(proposal, accepted.result.get(proposal.id)));
    const failing = items.filter(({ outcome }) => outcome === 'FAILS');
    if (failing.length > 0 && !skipFailing) throw new DecisionsRefusedError(failing, items.length);
    const result = { items, ...(await saveDecisions(tx, id, items, accepted, { decision, editor, reason })) };
    return { result, feed: accepted.feed };
  });
}

/**
 * Locks proposals in the order of ids, and returns them in the given order.
 *
 * @throws {UnknownProposalError}
 */
async function lockProposals(tx: Transaction, ids: readonly string[]): Promise<LockedProposal[]> {
  const rows = await tx.$queryRaw<LockedProposal[]>`
    SELECT id::text AS id, act::text AS act, state::text AS state, author, reason,
           development_id::text AS "developmentId", base_revision AS "baseRevision", content, fields,
           decided_by AS "decidedBy"
    FROM proposal WHERE id = ANY (${[...ids]}::uuid[]) ORDER BY id FOR UPDATE`;
  const known = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id, index) => {
    const proposal = known.get(id);
    if (!proposal) throw new UnknownProposalError(`proposals.${index}`);
    return proposal;
  });
}

function outcomeOf(
  { id, state, decidedBy }: LockedProposal,
  accepted: Accepted | undefined,
): DecidedProposal {
  if (state !== 'RECEIVED' && state !== 'IN_REVIEW') {
    return failed(id, new ProposalDecidedError(state, decidedBy));
  }
  if (accepted && 'error' in accepted) return failed(id, accepted.error);
  return { proposal: id, outcome: accepted ? 'ACCEPTED' : 'REJECTED', failure: null };
}

const failed = (proposal: string, { code, message }: DomainError): DecidedProposal => ({
  ...{ proposal, outcome: 'FAILS', failure: { code, message } },
});

interface Deciding {
  readonly decision: Decisions['decision'];
  readonly editor: string;
  readonly reason: string | null;
}

/** Closes the proposals, and notes the bulk change if developments have changed. */
async function saveDecisions(
  tx: Transaction,
  id: string,
  items: readonly DecidedProposal[],
  { result, feed }: Written<Map<string, Accepted>>,
  { decision, editor, reason }: Deciding,
): Promise<Omit<DecidedMany, 'items'>> {
  const now = new Date();
  const closed = items.flatMap(({ proposal, outcome }) => {
    if (outcome === 'FAILS') return [];
    const made = result.get(proposal);
    const written = made && 'written' in made ? made.written : undefined;
    return {
      id: proposal,
      state: outcome,
      development: written?.id ?? null,
      revision: written?.revision ?? null,
    };
  });
  await tx.$executeRaw`
    UPDATE proposal SET state = it.state::"ProposalState", decided_by = ${editor}, decision = ${reason},
      decided_at = ${now.toISOString()}::timestamptz,
      accepted = CASE WHEN it.state = 'ACCEPTED' THEN proposal.fields ELSE proposal.accepted END,
      development_id = coalesce(it.development, proposal.development_id),
      revision = coalesce(it.revision, proposal.revision)
    FROM json_to_recordset(${JSON.stringify(closed)}::json) AS it (id uuid, state text, development uuid, revision int)
    WHERE proposal.id = it.id`;
  const changed = [...result.values()].flatMap((made) =>
    'written' in made && !made.written.isUnchanged ? made.written : [],
  );
  if (changed.length === 0) return { bulk: null, last: null };
  await tx.bulkAct.create({
    data: {
      ...{ id, editor, reason, recordedAt: now },
      action: { acceptProposals: true, publish: decision === 'ACCEPT' },
      developmentIds: [...new Set(changed.map((one) => one.id))],
    },
  });
  const entry = feed.at(-1);
  const last =
    entry && 'developmentId' in entry ? { id: entry.developmentId, revision: entry.revision } : null;
  return { bulk: id, last };
}
