import type { ReviewState } from '../../generated/prisma/client.js';
import { DomainError } from '../errors.js';

/** With REVIEW=required, somebody else must approve what one editor alone wrote. */
export class ReviewRequiredError extends DomainError {
  override readonly name = 'ReviewRequiredError';
  readonly code = 'REVIEW_REQUIRED';
  readonly path = '';
  /** The slug of the development. */
  readonly slug: string;

  constructor(slug: string) {
    super(
      `A second editor must approve the change of "${slug}", because this record requires review. Submit a draft with ` +
        'submitForReview, have another editor judge a pair SAME before you merge it, or have another editor undo.',
    );
    this.slug = slug;
  }
}

/** The state of the review does not allow the act. */
export class WrongReviewStateError extends DomainError {
  override readonly name = 'WrongReviewStateError';
  readonly code = 'WRONG_REVIEW_STATE';
  readonly path = 'slug';
  readonly slug: string;
  readonly state: ReviewState;

  constructor(slug: string, state: ReviewState, expected: string) {
    super(`The review of "${slug}" is ${state}; expected ${expected}. Reload it to see who changed it.`);
    this.slug = slug;
    this.state = state;
  }
}

/** An editor must not approve a revision that they wrote. */
export class OwnApprovalError extends DomainError {
  override readonly name = 'OwnApprovalError';
  readonly code = 'OWN_APPROVAL';
  readonly path = 'slug';
  readonly slug: string;

  constructor(slug: string) {
    super(`You wrote the latest revision of "${slug}", so another editor must approve it. Assign it to one.`);
    this.slug = slug;
  }
}

/** A change was stored as a proposal, because its author may not make it alone. */
export class ProposedInsteadError extends DomainError {
  override readonly name = 'ProposedInsteadError';
  readonly code = 'PROPOSED_INSTEAD';
  readonly path = '';
  /** The id of the proposal. */
  readonly proposal: string;

  constructor(proposal: string) {
    super(
      'The change was not made: it is a proposal now, and an editor decides about it. Follow it with myProposals.',
    );
    this.proposal = proposal;
  }
}

/** No proposal has the id, or the viewer may not see it. */
export class UnknownProposalError extends DomainError {
  override readonly name = 'UnknownProposalError';
  readonly code = 'UNKNOWN_PROPOSAL';
  readonly path: string;

  constructor(path = 'proposal') {
    super('No proposal has this id. Find ids with proposals, or your own with myProposals.');
    this.path = path;
  }
}

/** Somebody has decided about the proposal already. */
export class ProposalDecidedError extends DomainError {
  override readonly name = 'ProposalDecidedError';
  readonly code = 'PROPOSAL_DECIDED';
  readonly path = 'proposal';

  constructor(state: string, by: string | null) {
    super(`The proposal is ${state} by ${by ?? 'somebody'}. Reload it.`);
  }
}

/** The development changed in fields of the proposal after its author read it. */
export class ProposalConflictError extends DomainError {
  override readonly name = 'ProposalConflictError';
  readonly code = 'PROPOSAL_CONFLICT';
  readonly path = 'fields';
  /** The fields, by their names in inputs. */
  readonly fields: readonly string[];

  constructor(fields: readonly string[]) {
    super(
      `The development has other values since in: ${fields.join(', ')}. Compare them in Proposal.differences, then ` +
        'name the fields to accept in fields.',
    );
    this.fields = fields;
  }
}
