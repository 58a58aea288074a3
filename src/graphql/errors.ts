import {
  CitationRequiredError,
  type DomainError,
  IdempotencyKeyReusedError,
  type InputIssue,
  InvalidInputError,
  LinkCycleError,
  OWNER_TERMS,
  RevisionConflictError,
  type SlugOwner,
  SlugTakenError,
  UnknownEvidenceError,
  UnknownSlugError,
  WrongStatusError,
} from '../domain/errors.js';
import { builder } from './builder.js';
import { DevelopmentStatusEnum, LinkRelationEnum } from './types/enums/development.js';

const ErrorCodeEnum = builder.enumType('ErrorCode', {
  description:
    'The code of an error that a mutation returns. docs/errors.md has the cause of each, and what to do.',
  values: {
    CITATION_REQUIRED: { description: 'CitationRequiredError.' },
    IDEMPOTENCY_KEY_REUSED: { description: 'IdempotencyKeyReusedError.' },
    INVALID_INPUT: { description: 'InvalidInputError.' },
    LINK_CYCLE: { description: 'LinkCycleError.' },
    REVISION_CONFLICT: { description: 'RevisionConflictError.' },
    SLUG_TAKEN: { description: 'SlugTakenError.' },
    UNKNOWN_EVIDENCE: { description: 'UnknownEvidenceError.' },
    UNKNOWN_SLUG: { description: 'UnknownSlugError.' },
    WRONG_STATUS: { description: 'WrongStatusError.' },
  } as const,
});

type ErrorCode = typeof ErrorCodeEnum.$inferType;

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

const ErrorInterface = builder.interfaceRef<DomainError & { readonly path: string }>('Error').implement({
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
  description: 'The development was revised after you read it.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    expected: t.exposeInt('expected', { description: 'The `expectedRevision` of the input.' }),
    current: t.exposeInt('current', { description: 'The current revision of the development.' }),
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

const always = [InvalidInputError, IdempotencyKeyReusedError];
const change = [...always, UnknownSlugError, WrongStatusError, RevisionConflictError];

/** The errors of each group of mutations. */
export const ERRORS = {
  record: { types: [...always, UnknownSlugError, SlugTakenError, CitationRequiredError] },
  revise: { types: [...change, SlugTakenError, CitationRequiredError] },
  publish: { types: [...change, CitationRequiredError] },
  change: { types: change },
  evidence: { types: [...change, UnknownEvidenceError] },
  link: { types: [...change, UnknownEvidenceError, LinkCycleError] },
  upsert: { types: always },
  upsertReferring: { types: [...always, UnknownSlugError] },
};
