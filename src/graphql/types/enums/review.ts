import { ProposalAct, ProposalState, ReviewAct, ReviewState } from '../../../generated/prisma/enums.js';
import { describeEnum } from './describe-enum.js';

export const ReviewStateEnum = describeEnum(
  'ReviewState',
  'The state of a draft on its way to publication.',
  ReviewState,
  {
    DRAFT: 'Its author works on it.',
    IN_REVIEW: 'It waits for a review.',
    CHANGES_REQUESTED: 'A reviewer asked for changes.',
    APPROVED: 'A reviewer approved its latest revision.',
    SCHEDULED: 'It is under embargo: the server publishes it at `DraftReview.publishAt`.',
    PUBLISHED: 'It is published.',
    DISCARDED: 'It was discarded. Only editors see it.',
  },
);

export const ReviewActEnum = describeEnum('ReviewAct', 'An act of a review.', ReviewAct, {
  SUBMITTED: 'It was submitted for review.',
  ASSIGNED: 'It was assigned to an editor, or to nobody.',
  APPROVED: 'A reviewer approved the revision.',
  CHANGES_REQUESTED: 'A reviewer asked for changes.',
  APPROVAL_WITHDRAWN: 'The undo of a bulk change withdrew the approval.',
  EDITED_AFTER_APPROVAL: 'An edit withdrew the approval.',
  SCHEDULED: 'It was put under embargo.',
  UNSCHEDULED: 'The embargo was lifted without a publication.',
  PUBLICATION_FAILED: 'The embargo ended, and the server could not publish it. The note says why.',
  PUBLISHED: 'It was published.',
  OVERRIDDEN: 'An ADMIN acted without the review that the record requires. The note says why.',
  DISCARDED: 'It was discarded. The note says why.',
});

export const ProposalActEnum = describeEnum(
  'ProposalAct',
  'The change that a proposal asks for.',
  ProposalAct,
  {
    RECORD: 'A new development.',
    REVISE: 'A revision of a development.',
    RETRACT: 'The withdrawal of a published development.',
  },
);

export const ProposalStateEnum = describeEnum('ProposalState', 'The state of a proposal.', ProposalState, {
  RECEIVED: 'It waits for an editor.',
  IN_REVIEW: 'It is assigned to an editor.',
  ACCEPTED: 'An editor accepted it, in whole or in part. `Proposal.development` has the result.',
  REJECTED: 'An editor rejected it. `Proposal.decision` has the reason.',
  WITHDRAWN: 'Its author withdrew it, or replaced it by a newer one.',
});
