import {
  type DomainError,
  IdempotencyKeyReusedError,
  type InputIssue,
  InvalidInputError,
  RevisionConflictError,
  SlugTakenError,
  UnknownSlugError,
  WrongStatusError,
} from '../errors.js';
import { builder } from './builder.js';

const ErrorInterface = builder.interfaceRef<DomainError>('Error').implement({
  description:
    'Something that the caller can act on. Ask for `... on Error { code message }` to see any of them.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'What went wrong, for programs: it never changes.' }),
    message: t.exposeString('message', { description: 'What was expected, what came, and what to do.' }),
  }),
});

const InputIssueRef = builder.objectRef<InputIssue>('InputIssue').implement({
  description: 'One thing that is wrong with an input.',
  fields: (t) => ({
    path: t.exposeString('path', { description: 'Where in the input, e.g. `participants.0.actor`.' }),
    message: t.exposeString('message', { description: 'What was expected and what came.' }),
  }),
});

builder.objectType(InvalidInputError, {
  name: 'InvalidInputError',
  description: 'The input breaks rules.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    issues: t.expose('issues', {
      type: [InputIssueRef],
      description: 'Every rule that it breaks, at most 50.',
    }),
  }),
});

builder.objectType(UnknownSlugError, {
  name: 'UnknownSlugError',
  description: 'The input refers to a slug that is not in the record.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    owner: t.exposeString('owner', {
      description: 'What was looked for: `Actor`, `Source`, `Development`, ….',
    }),
    slug: t.exposeString('slug', { description: 'The slug that is not there.' }),
  }),
});

builder.objectType(SlugTakenError, {
  name: 'SlugTakenError',
  description: 'The slug belongs to another development.',
  interfaces: [ErrorInterface],
  fields: (t) => ({ slug: t.exposeString('slug', { description: 'The slug.' }) }),
});

builder.objectType(WrongStatusError, {
  name: 'WrongStatusError',
  description: 'The development is not in a state that allows the change.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    slug: t.exposeString('slug', { description: 'The development.' }),
    status: t.exposeString('status', { description: 'Its status.' }),
  }),
});

builder.objectType(RevisionConflictError, {
  name: 'RevisionConflictError',
  description: 'Somebody else revised the development first.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    expected: t.exposeInt('expected', { description: 'The revision that the caller had seen.' }),
    current: t.exposeInt('current', { description: 'The revision that it is at.' }),
  }),
});

builder.objectType(IdempotencyKeyReusedError, {
  name: 'IdempotencyKeyReusedError',
  description: 'The idempotency key was used for another request.',
  interfaces: [ErrorInterface],
  fields: (t) => ({ key: t.exposeString('key', { description: 'The key.' }) }),
});

const always = [InvalidInputError, IdempotencyKeyReusedError];

/** The errors that each sort of mutation can answer with. */
export const ERRORS = {
  record: { types: [...always, UnknownSlugError, SlugTakenError] },
  revise: {
    types: [...always, UnknownSlugError, SlugTakenError, WrongStatusError, RevisionConflictError],
  },
  change: { types: [...always, UnknownSlugError, WrongStatusError, RevisionConflictError] },
  upsert: { types: always },
  upsertReferring: { types: [...always, UnknownSlugError] },
};
