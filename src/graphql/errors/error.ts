import type { DomainError } from '../../domain/errors.js';
import { builder } from '../builder.js';

export const ErrorCodeEnum = builder.enumType('ErrorCode', {
  description:
    'The code of an error that a mutation returns. docs/errors.md has the cause of each, and what to do.',
  values: {
    BULK_REFUSED: { description: 'BulkRefusedError.' },
    CITATION_REQUIRED: { description: 'CitationRequiredError.' },
    DECISIONS_REFUSED: { description: 'DecisionsRefusedError.' },
    IDEMPOTENCY_KEY_REUSED: { description: 'IdempotencyKeyReusedError.' },
    INVALID_INPUT: { description: 'InvalidInputError.' },
    LINK_CYCLE: { description: 'LinkCycleError.' },
    MERGE_REFUSED: { description: 'MergeRefusedError.' },
    MERGE_UNDO_REFUSED: { description: 'MergeUndoRefusedError.' },
    OWN_APPROVAL: { description: 'OwnApprovalError.' },
    PROPOSAL_CONFLICT: { description: 'ProposalConflictError.' },
    PROPOSAL_DECIDED: { description: 'ProposalDecidedError.' },
    PROPOSED_INSTEAD: { description: 'ProposedInsteadError.' },
    REVIEW_REQUIRED: { description: 'ReviewRequiredError.' },
    REVISION_CONFLICT: { description: 'RevisionConflictError.' },
    SLUG_TAKEN: { description: 'SlugTakenError.' },
    SUGGESTION_USED: { description: 'SuggestionUsedError.' },
    UNKNOWN_BULK: { description: 'UnknownBulkError.' },
    UNKNOWN_ERASURE_CODE: { description: 'UnknownErasureCodeError.' },
    UNKNOWN_EVIDENCE: { description: 'UnknownEvidenceError.' },
    UNKNOWN_INBOX_ITEM: { description: 'UnknownInboxItemError.' },
    UNKNOWN_MERGE: { description: 'UnknownMergeError.' },
    UNKNOWN_PROPOSAL: { description: 'UnknownProposalError.' },
    UNKNOWN_SLUG: { description: 'UnknownSlugError.' },
    UNKNOWN_SUGGESTION: { description: 'UnknownSuggestionError.' },
    WRONG_REVIEW_STATE: { description: 'WrongReviewStateError.' },
    WRONG_STATUS: { description: 'WrongStatusError.' },
  } as const,
});

export type ErrorCode = typeof ErrorCodeEnum.$inferType;

export const ErrorInterface = builder
  .interfaceRef<DomainError & { readonly path: string }>('Error')
  .implement({
    description:
      'An error that you can act on. Select `... on Error { code message path }` to handle all of them.',
    fields: (t) => ({
      code: t.field({
        type: ErrorCodeEnum,
        description: 'A stable code for programs.',
        resolve: ({ code }) => code as ErrorCode,
      }),
      message: t.exposeString('message', { description: 'The problem, and how to correct it.' }),
      path: t.exposeString('path', {
        description:
          'The path within the input of the value that is wrong, e.g. `participants.0.actor`. The first one if there are several. Empty if the whole input is.',
      }),
    }),
  });
