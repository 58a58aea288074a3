import { UnknownErasureCodeError } from '../../domain/erasure/request.js';
import {
  IdempotencyKeyReusedError,
  type InputIssue,
  InvalidInputError,
  OWNER_TERMS,
  RevisionConflictError,
  type SlugOwner,
  UnknownSlugError,
} from '../../domain/errors.js';
import { builder } from '../builder.js';
import { ErrorInterface } from './error.js';

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

builder.objectType(UnknownErasureCodeError, {
  name: 'UnknownErasureCodeError',
  description: 'The code of an erasure is unknown, was used, or has expired.',
  interfaces: [ErrorInterface],
});
