import { findProposals } from '../../domain/proposals/list.js';
import {
  OwnApprovalError,
  ProposalConflictError,
  ProposalDecidedError,
  ProposedInsteadError,
  ReviewRequiredError,
  UnknownProposalError,
  WrongReviewStateError,
} from '../../domain/review/errors.js';
import { builder } from '../builder.js';
import { ReviewStateEnum } from '../types/enums/review.js';
import { ProposalRef } from '../types/review/proposal.js';
import { ErrorInterface } from './error.js';

builder.objectType(ReviewRequiredError, {
  name: 'ReviewRequiredError',
  description: 'The record requires review, and only one editor stands behind the change.',
  interfaces: [ErrorInterface],
  fields: (t) => ({ slug: t.exposeString('slug', { description: 'The slug of the development.' }) }),
});

builder.objectType(OwnApprovalError, {
  name: 'OwnApprovalError',
  description: 'You wrote the revision, so another editor must approve it.',
  interfaces: [ErrorInterface],
  fields: (t) => ({ slug: t.exposeString('slug', { description: 'The slug of the draft.' }) }),
});

builder.objectType(WrongReviewStateError, {
  name: 'WrongReviewStateError',
  description: 'The state of the review does not allow the act.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    slug: t.exposeString('slug', { description: 'The slug of the draft.' }),
    state: t.expose('state', { type: ReviewStateEnum, description: 'The current state of the review.' }),
  }),
});

builder.objectType(ProposedInsteadError, {
  name: 'ProposedInsteadError',
  description:
    'The change is not made: it is a proposal now, because you are a contributor or the record requires review.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    proposal: t.field({
      type: ProposalRef,
      description: 'The proposal.',
      resolve: async ({ proposal }, _args, { db, viewer }) => {
        const [found] = await findProposals(db, viewer, [proposal]);
        if (!found) throw new Error(`The proposal ${proposal} was made but cannot be read.`);
        return found;
      },
    }),
  }),
});

builder.objectType(UnknownProposalError, {
  name: 'UnknownProposalError',
  description: 'No proposal has the id, or you may not see it.',
  interfaces: [ErrorInterface],
});

builder.objectType(ProposalDecidedError, {
  name: 'ProposalDecidedError',
  description: 'Somebody has decided about the proposal already.',
  interfaces: [ErrorInterface],
});

builder.objectType(ProposalConflictError, {
  name: 'ProposalConflictError',
  description: 'The development has other values since in fields of the proposal.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    fields: t.field({
      type: ['String'],
      description: 'The fields with a third value, by their names in inputs.',
      resolve: ({ fields }) => [...fields],
    }),
  }),
});
