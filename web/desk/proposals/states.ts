/** The states of proposals, in the order of their work. */
export const PROPOSAL_STATES = {
  RECEIVED: 'Received',
  IN_REVIEW: 'In review',
  ACCEPTED: 'Accepted',
  REJECTED: 'Rejected',
  WITHDRAWN: 'Withdrawn',
} as const;

export type ProposalState = keyof typeof PROPOSAL_STATES;

/** What a proposal asks for. */
export const PROPOSAL_ACTS = { RECORD: 'New', REVISE: 'Revision', RETRACT: 'Withdrawal' } as const;
