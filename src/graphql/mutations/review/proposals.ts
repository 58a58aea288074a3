import type { InputRef } from '@pothos/core';
import { BadArgumentError, InvalidInputError } from '../../../domain/errors.js';
import { acceptProposal } from '../../../domain/proposals/accept.js';
import { assignProposal, rejectProposal, withdrawProposal } from '../../../domain/proposals/decide.js';
import { findProposals, type ProposalRow } from '../../../domain/proposals/list.js';
import { UnknownProposalError } from '../../../domain/review/errors.js';
import type { Writer } from '../../../domain/write.js';
import { builder } from '../../builder.js';
import type { Context } from '../../context.js';
import { ERRORS } from '../../errors/groups.js';
import { type InputFields, writeFields } from '../../inputs/development.js';
import { type NodeId, parseNodeId } from '../../node-id.js';
import { ProposalRef } from '../../types/review/proposal.js';
import { addMutation, argsOf, mutationOptions, successOf, writerOf } from '../define-mutation.js';

const decisionFields = (t: InputFields) => ({
  proposal: t.id({ required: true, description: 'The `id` of the proposal.' }),
  ...writeFields(t),
});

interface DecisionInput {
  readonly proposal: string;
  readonly idempotencyKey?: string | null | undefined;
}

/** Reads a proposal back after a decision. */
async function readBack({ db, viewer }: Context, id: string): Promise<ProposalRow> {
  const [proposal] = await findProposals(db, viewer, [id]);
  if (!proposal) throw new Error(`The proposal ${id} was decided but cannot be read.`);
  return proposal;
}

/** Reads the global id of a proposal, which may be unknown. */
export function idOf(globalId: string, path = 'proposal'): string {
  const { typename, id } = readNodeId(globalId, path);
  if (typename !== 'Proposal') throw new UnknownProposalError(path);
  return id;
}

function readNodeId(globalId: string, path: string): NodeId {
  try {
    return parseNodeId(globalId);
  } catch (error) {
    if (error instanceof BadArgumentError) throw InvalidInputError.at(path, error.message);
    throw error;
  }
}

interface DecisionMutation<Input extends DecisionInput> {
  readonly description: string;
  readonly input: InputRef<Input>;
  readonly success: string;
  readonly isForContributors?: boolean;
  decide(writer: Writer, id: string, input: Input): Promise<{ readonly proposal: string }>;
}

/** Adds a mutation that changes a proposal and no development. */
function addDecision<Input extends DecisionInput>(
  name: string,
  { description, input, success, isForContributors = false, decide }: DecisionMutation<Input>,
): void {
  const ref = builder.objectRef<ProposalRow>(successOf(name)).implement({
    description: success,
    fields: (t) => ({
      proposal: t.field({
        type: ProposalRef,
        description: 'The proposal after the decision.',
        resolve: (proposal) => proposal,
      }),
    }),
  });
  builder.mutationField(name, (t) =>
    t.field({
      ...mutationOptions(name, { description, errors: ERRORS.decide }),
      ...(isForContributors && { skipTypeScopes: true, authScopes: { contributor: true } }),
      type: ref,
      args: argsOf(t, { input, argument: 'The proposal.' }),
      resolve: async (_root, args: unknown, context) => {
        const given = (args as { readonly input: Input }).input; // TypeScript cannot reduce the generic arguments.
        const { proposal } = await decide(writerOf(context), idOf(given.proposal), given);
        return readBack(context, proposal);
      },
    }),
  );
}

addMutation('acceptProposal', {
  description:
    'Accepts a proposal in whole, or some of its fields, and writes the revision. The proposal has the rest as not accepted.',
  input: builder.inputType('AcceptProposalInput', {
    description: 'The proposal to accept.',
    fields: (t) => ({
      ...decisionFields(t),
      fields: t.stringList({
        description:
          'The fields to accept, by their names in `Proposal.fields`. All by default; then a field with a third value is a ProposalConflictError. A field that you name replaces the value of the development.',
      }),
      publish: t.boolean({
        defaultValue: true,
        description: 'Whether a new development is published. Otherwise it is a draft.',
      }),
      reason: t.string({
        description: "The reason for the revision. The author's by default. At most 1,000 characters.",
      }),
      expectedRevision: t.int({
        description:
          'The revision of the development you have seen. If there is a newer one, the mutation returns RevisionConflictError.',
      }),
    }),
  }),
  argument: 'The proposal to accept.',
  success: 'The proposal is accepted.',
  errors: ERRORS.accept,
  made: (t) => ({
    proposal: t.field({
      type: ProposalRef,
      description: 'The accepted proposal.',
      resolve: ({ written: { made = '' } }, _args, context) => readBack(context, made),
    }),
  }),
  write: async (writer, { proposal, idempotencyKey, ...acceptance }) => {
    const id = idOf(proposal);
    const { proposal: _, ...written } = await acceptProposal(writer, id, acceptance, { idempotencyKey });
    return { ...written, made: id };
  },
});

addDecision('rejectProposal', {
  description: 'Rejects a proposal. Its author reads the reason.',
  input: builder.inputType('RejectProposalInput', {
    description: 'The proposal to reject.',
    fields: (t) => ({
      ...decisionFields(t),
      reason: t.string({ required: true, description: 'The reason. 1 to 1,000 characters.' }),
    }),
  }),
  success: 'The proposal is rejected.',
  decide: (writer, id, { reason, ...options }) => rejectProposal(writer, id, reason, options),
});

addDecision('assignProposal', {
  description: 'Assigns a proposal to an editor, or to nobody. It is then IN_REVIEW, or RECEIVED again.',
  input: builder.inputType('AssignProposalInput', {
    description: 'The proposal to assign.',
    fields: (t) => ({
      ...decisionFields(t),
      assignee: t.string({ description: 'The name of the editor. Null for nobody: it is RECEIVED again.' }),
    }),
  }),
  success: 'The proposal is assigned.',
  decide: (writer, id, { assignee, ...options }) => assignProposal(writer, id, assignee ?? null, options),
});

addDecision('withdrawProposal', {
  description: 'Withdraws your own proposal. Needs the role CONTRIBUTOR, EDITOR or ADMIN.',
  input: builder.inputType('WithdrawProposalInput', {
    description: 'The proposal to withdraw.',
    fields: decisionFields,
  }),
  success: 'The proposal is withdrawn.',
  isForContributors: true,
  decide: (writer, id, options) => withdrawProposal(writer, id, options),
});
