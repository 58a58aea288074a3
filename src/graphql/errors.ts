import { BulkRefusedError, UnknownBulkError } from '../domain/bulk/errors.js';
import {
  CitationRequiredError,
  LinkCycleError,
  SlugTakenError,
  UnknownEvidenceError,
  WrongStatusError,
} from '../domain/development/errors.js';
import { findViews } from '../domain/development/read/view.js';
import { UnknownErasureCodeError } from '../domain/erasure/request.js';
import {
  type DomainError,
  IdempotencyKeyReusedError,
  type InputIssue,
  InvalidInputError,
  OWNER_TERMS,
  RevisionConflictError,
  type SlugOwner,
  UnknownSlugError,
} from '../domain/errors.js';
import { MergeRefusedError, MergeUndoRefusedError, UnknownMergeError } from '../domain/merging/errors.js';
import { DecisionsRefusedError } from '../domain/proposals/errors.js';
import { findProposals } from '../domain/proposals/list.js';
import {
  OwnApprovalError,
  ProposalConflictError,
  ProposalDecidedError,
  ProposedInsteadError,
  ReviewRequiredError,
  UnknownProposalError,
  WrongReviewStateError,
} from '../domain/review/errors.js';
import {
  SuggestionUsedError,
  UnknownInboxItemError,
  UnknownSuggestionError,
} from '../intake/inbox/errors.js';
import { builder } from './builder.js';
import { DevelopmentStatusEnum, LinkRelationEnum } from './types/enums/development.js';
import { ReviewStateEnum } from './types/enums/review.js';
import { ProposalRef } from './types/review/proposal.js';

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

const OWNERS: Readonly<Record<SlugOwner, string>> = {
  Development: 'A development.',
  Actor: 'An actor.',
  Source: 'A source.',
  Treaty: 'A treaty.',
  WeaponSystem: 'A weapon system.',
  Doctrine: 'A doctrine.',
  Topic: 'A topic.',
};

const SlugOwnerEnum = builder.enumType('SlugOwner', {
  description: 'The type of an object that has a slug.',
  values: Object.fromEntries(
    (Object.keys(OWNERS) as SlugOwner[]).map((value) => [
      OWNER_TERMS[value],
      { value, description: OWNERS[value] },
    ]),
  ) as Record<string, { value: SlugOwner; description: string }>,
});

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

const InputIssueRef = builder.objectRef<InputIssue>('InputIssue').implement({
  description: 'One problem of an input.',
  fields: (t) => ({
    path: t.exposeString('path', { description: 'The path within the input, e.g. `participants.0.actor`.' }),
    message: t.exposeString('message', { description: 'The expected value, and the value that was sent.' }),
  }),
});

builder.objectType(InvalidInputError, {
  name: 'InvalidInputError',
  description: 'The input is not valid.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    issues: t.expose('issues', {
      type: [InputIssueRef],
      description: 'All problems of the input. At most 50.',
    }),
  }),
});

builder.objectType(UnknownSlugError, {
  name: 'UnknownSlugError',
  description: 'The input contains a slug that is not in the record.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    owner: t.expose('owner', { type: SlugOwnerEnum, description: 'The type of the missing object.' }),
    slug: t.exposeString('slug', { description: 'The unknown slug.' }),
  }),
});

builder.objectType(SlugTakenError, {
  name: 'SlugTakenError',
  description: 'Another development has the slug, or had it before it was renamed.',
  interfaces: [ErrorInterface],
  fields: (t) => ({ slug: t.exposeString('slug', { description: 'The slug that is taken.' }) }),
});

builder.objectType(WrongStatusError, {
  name: 'WrongStatusError',
  description: 'The status of the development does not allow the change.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    slug: t.exposeString('slug', { description: 'The slug of the development.' }),
    status: t.expose('status', {
      type: DevelopmentStatusEnum,
      description: 'The current status of the development.',
    }),
  }),
});

builder.objectType(RevisionConflictError, {
  name: 'RevisionConflictError',
  description: 'The object was changed after you read it.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    expected: t.exposeInt('expected', { description: 'The `expectedRevision` of the input.' }),
    current: t.exposeInt('current', { description: 'The current revision. 0 if there is no such object.' }),
  }),
});

builder.objectType(IdempotencyKeyReusedError, {
  name: 'IdempotencyKeyReusedError',
  description: 'The idempotency key was used for a different request.',
  interfaces: [ErrorInterface],
  fields: (t) => ({ key: t.exposeString('key', { description: 'The idempotency key.' }) }),
});

builder.objectType(CitationRequiredError, {
  name: 'CitationRequiredError',
  description: 'A published development would have no citation.',
  interfaces: [ErrorInterface],
  fields: (t) => ({ slug: t.exposeString('slug', { description: 'The slug of the development.' }) }),
});

builder.objectType(UnknownEvidenceError, {
  name: 'UnknownEvidenceError',
  description: 'The development has no citation or claim with the key in the input.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    what: t.exposeString('what', { description: 'The type of the missing object: `Citation` or `Claim`.' }),
    key: t.exposeString('key', { description: 'The unknown key.' }),
  }),
});

builder.objectType(LinkCycleError, {
  name: 'LinkCycleError',
  description: 'The link would close a cycle of a relation that must not have any.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    relation: t.expose('relation', { type: LinkRelationEnum, description: 'The relation of the link.' }),
    cycle: t.exposeStringList('cycle', {
      description: 'The slugs along the existing path, from the new `to` back to the development `slug`.',
    }),
  }),
});

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

builder.objectType(UnknownErasureCodeError, {
  name: 'UnknownErasureCodeError',
  description: 'The code of an erasure is unknown, was used, or has expired.',
  interfaces: [ErrorInterface],
});

builder.objectType(UnknownInboxItemError, {
  name: 'UnknownInboxItemError',
  description: 'No article of the inbox has the id.',
  interfaces: [ErrorInterface],
});

builder.objectType(UnknownSuggestionError, {
  name: 'UnknownSuggestionError',
  description: 'The text of the article gives no suggestion with the key. It has changed, or was deleted.',
  interfaces: [ErrorInterface],
});

builder.objectType(SuggestionUsedError, {
  name: 'SuggestionUsedError',
  description: 'An editor has used or dismissed the suggestion.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    development: t.field({
      type: 'Development',
      nullable: true,
      description: 'The development that it became or was added to. Null if it was dismissed.',
      resolve: async ({ developmentId }, _args, { db, viewer }) => {
        if (developmentId === null) return null;
        const [view] = await findViews(db, viewer, undefined, [developmentId]);
        return view ?? null;
      },
    }),
  }),
});

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
