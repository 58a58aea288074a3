import { findBulkAct } from '../../../domain/bulk/acts.js';
import { type DecidedMany, decideProposals, MAX_DECIDED } from '../../../domain/proposals/decide-many.js';
import type { DecidedProposal } from '../../../domain/proposals/decided-proposal.js';
import { DecisionsRefusedError } from '../../../domain/proposals/errors.js';
import { builder } from '../../builder.js';
import { inputPriced, onlyPoints, PAGED, priced } from '../../cost.js';
import { developmentCursor } from '../../entry-cursor.js';
import { ErrorInterface } from '../../errors/error.js';
import { ERRORS } from '../../errors/groups.js';
import { writeFields } from '../../inputs/development.js';
import { BulkActRef } from '../../types/bulk/act.js';
import { FailureRef } from '../../types/bulk/outcome.js';
import { loadProposal, ProposalRef } from '../../types/review/proposal.js';
import { argsOf, mutationOptions, successOf, writerOf } from '../define-mutation.js';
import { idOf } from './proposals.js';

const NAME = 'decideProposals';

const DecisionEnum = builder.enumType('ProposalDecision', {
  description: 'What to do with proposals.',
  values: {
    ACCEPT: { description: 'Accept them as a whole. New developments are published.' },
    ACCEPT_AS_DRAFT: { description: 'Accept them as a whole. New developments are drafts.' },
    REJECT: { description: 'Reject them. Needs a `reason`.' },
  } as const,
});

const OutcomeEnum = builder.enumType('ProposalOutcome', {
  description: 'What a decision about many proposals did to one.',
  values: {
    ACCEPTED: { description: 'It is accepted: see its `development` and `revision`.' },
    REJECTED: { description: 'It is rejected.' },
    FAILS: { description: 'It stays as it is: see `failure`.' },
  } as const,
});

const DecidedRef = builder.objectRef<DecidedProposal>('DecidedProposal').implement({
  description: 'The result for one of the proposals.',
  fields: (t) => ({
    proposal: t.field({
      type: ProposalRef,
      description: 'The proposal as it is now.',
      resolve: async ({ proposal }, _args, context) => {
        const found = await loadProposal(context, proposal);
        if (!found) throw new Error(`The proposal ${proposal} was decided about and cannot be read.`);
        return found;
      },
    }),
    outcome: t.expose('outcome', { type: OutcomeEnum, description: 'What the decision did to it.' }),
    failure: t.expose('failure', {
      type: FailureRef,
      nullable: true,
      description: 'Why it stays as it is. Null for the others.',
    }),
  }),
});

builder.objectType(DecisionsRefusedError, {
  name: 'DecisionsRefusedError',
  description: 'Some proposals cannot be accepted or rejected as asked. Nothing was changed.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    failing: t.field({
      ...priced(PAGED),
      type: [DecidedRef],
      description: 'The proposals that cannot be decided, each with the reason, in the order of the input.',
      resolve: ({ failing }) => [...failing],
    }),
  }),
});

const countOf = ({ items }: DecidedMany, outcome: DecidedProposal['outcome']) =>
  items.filter((item) => item.outcome === outcome).length;

const SuccessRef = builder.objectRef<DecidedMany>(successOf(NAME)).implement({
  description: 'The decision was made.',
  fields: (t) => ({
    bulk: t.field({
      type: BulkActRef,
      nullable: true,
      description:
        'The bulk change that the accepted proposals made, for `undoBulk`. Null if nothing was changed.',
      resolve: async ({ bulk }, _args, { db }) =>
        bulk === null ? null : ((await findBulkAct(db, bulk)) ?? null),
    }),
    cursor: t.field({
      type: 'Cursor',
      nullable: true,
      description: 'The cursor that the feed sends with the last change. Null if the feed reports none.',
      resolve: ({ last }, _args, { db }) => developmentCursor(db, last),
    }),
    items: t.field({
      ...priced(PAGED),
      type: [DecidedRef],
      description: 'The proposals, in the order of the input.',
      resolve: ({ items }) => items,
    }),
    accepted: t.int({
      description: 'How many were accepted.',
      resolve: (decided) => countOf(decided, 'ACCEPTED'),
    }),
    rejected: t.int({
      description: 'How many were rejected.',
      resolve: (decided) => countOf(decided, 'REJECTED'),
    }),
    failed: t.int({
      description: 'How many stay as they are. 0 unless `skipFailing` is set.',
      resolve: (decided) => countOf(decided, 'FAILS'),
    }),
  }),
});

/** What a proposal costs, in a mutation ten times as much: as a development of a bulk change. */
const POINTS_PER_PROPOSAL = 2;

const DecideProposalsInput = builder.inputType('DecideProposalsInput', {
  ...inputPriced(({ proposals }: { readonly proposals: readonly unknown[] }) =>
    onlyPoints(POINTS_PER_PROPOSAL * proposals.length),
  ),
  description: 'A decision about many proposals.',
  fields: (t) => ({
    proposals: t.idList({
      required: true,
      description: `The \`id\` of each proposal, once: 1 to ${MAX_DECIDED}.`,
    }),
    decision: t.field({ type: DecisionEnum, required: true, description: 'What to do with them.' }),
    reason: t.string({
      description:
        'The reason, which the authors can read. Required for REJECT. If you accept, it is the public reason of every revision; by default, each revision has the reason of its proposal. At most 1,000 characters.',
    }),
    skipFailing: t.boolean({
      required: true,
      defaultValue: false,
      description:
        'Whether to decide about the others if some fail. Otherwise about none: `DecisionsRefusedError` lists those that fail.',
    }),
    ...writeFields(t),
  }),
});

builder.mutationField(NAME, (t) =>
  t.field({
    ...mutationOptions(NAME, {
      description:
        'Accepts or rejects many proposals in one transaction. The accepted ones are one bulk change, which `undoBulk` undoes. Retractions stay, and so do new drafts. Proposals about one development become one revision. Use `acceptProposal` to accept some fields only.',
      errors: ERRORS.decideMany,
    }),
    ...priced(({ input }: { readonly input: { readonly proposals: readonly unknown[] } }) => ({
      points: 1,
      size: input.proposals.length,
    })),
    type: SuccessRef,
    args: argsOf(t, { input: DecideProposalsInput, argument: 'The decision.' }),
    resolve: async (_root, { input: { idempotencyKey, proposals, ...input } }, context) => {
      const ids = proposals.map((id, index) => idOf(String(id), `proposals.${index}`));
      return decideProposals(writerOf(context), { ...input, proposals: ids }, { idempotencyKey });
    },
  }),
);
