import { BulkRefusedError, UnknownBulkError } from '../../domain/bulk/errors.js';
import {
  CitationRequiredError,
  LinkCycleError,
  SlugTakenError,
  UnknownEvidenceError,
  WrongStatusError,
} from '../../domain/development/errors.js';
import { UnknownErasureCodeError } from '../../domain/erasure/request.js';
import {
  IdempotencyKeyReusedError,
  InvalidInputError,
  RevisionConflictError,
  UnknownSlugError,
} from '../../domain/errors.js';
import { MergeRefusedError, MergeUndoRefusedError, UnknownMergeError } from '../../domain/merging/errors.js';
import { DecisionsRefusedError } from '../../domain/proposals/errors.js';
import {
  OwnApprovalError,
  ProposalConflictError,
  ProposalDecidedError,
  ProposedInsteadError,
  ReviewRequiredError,
  UnknownProposalError,
  WrongReviewStateError,
} from '../../domain/review/errors.js';
import {
  SuggestionUsedError,
  UnknownInboxItemError,
  UnknownSuggestionError,
} from '../../intake/inbox/errors.js';

const always = [InvalidInputError, IdempotencyKeyReusedError];
const seen = [...always, UnknownSlugError, WrongStatusError, RevisionConflictError];
const change = [...seen, ProposedInsteadError];
const act = [...seen, WrongReviewStateError];
const suggested = [UnknownInboxItemError, UnknownSuggestionError, SuggestionUsedError];
const decide = [...always, UnknownProposalError, ProposalDecidedError];

/** The errors of each group of mutations. */
export const ERRORS = {
  record: {
    types: [
      ...[...always, UnknownSlugError, SlugTakenError, CitationRequiredError],
      ...[ReviewRequiredError, ProposedInsteadError],
    ],
  },
  revise: { types: [...change, SlugTakenError, CitationRequiredError] },
  publish: { types: [...seen, CitationRequiredError, ReviewRequiredError] },
  act: { types: act },
  approve: { types: [...act, OwnApprovalError] },
  schedule: { types: [...act, CitationRequiredError, ReviewRequiredError] },
  decide: { types: decide },
  decideMany: { types: [...always, UnknownProposalError, DecisionsRefusedError] },
  accept: {
    types: [
      ...[...decide, ProposalConflictError, ReviewRequiredError, CitationRequiredError],
      ...[SlugTakenError, WrongStatusError, RevisionConflictError],
    ],
  },
  change: { types: change },
  evidence: { types: [...change, UnknownEvidenceError] },
  link: { types: [...change, UnknownEvidenceError, LinkCycleError] },
  bulk: { types: [...always, UnknownSlugError, BulkRefusedError] },
  undoBulk: { types: [...always, UnknownBulkError, ReviewRequiredError] },
  sort: { types: [...always, UnknownInboxItemError] },
  suggest: { types: [...always, ...suggested] },
  acceptSuggestion: {
    types: [
      ...always,
      ...suggested,
      UnknownSlugError,
      SlugTakenError,
      CitationRequiredError,
      ReviewRequiredError,
    ],
  },
  addSuggestion: { types: [...change, ...suggested] },
  merge: { types: [...always, UnknownSlugError, MergeRefusedError, ReviewRequiredError] },
  /** Topics are not of substance, so that their merges need no review. */
  mergeTopics: { types: [...always, UnknownSlugError, MergeRefusedError] },
  undoMerge: { types: [...always, UnknownMergeError, MergeUndoRefusedError, ReviewRequiredError] },
  upsert: { types: [...always, RevisionConflictError] },
  erase: { types: [...always, UnknownErasureCodeError, RevisionConflictError] },
  upsertReferring: { types: [...always, UnknownSlugError, RevisionConflictError] },
  /** Mutations of objects that have no revisions. */
  plain: { types: always },
  /** The same, of mutations that name an object of the record. */
  naming: { types: [...always, UnknownSlugError] },
};
