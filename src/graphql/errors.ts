import {
  CitationRequiredError,
  type DomainError,
  IdempotencyKeyReusedError,
  type InputIssue,
  InvalidInputError,
  LinkCycleError,
  RevisionConflictError,
  SlugTakenError,
  UnknownEvidenceError,
  UnknownSlugError,
  WrongStatusError,
} from '../domain/errors.js';
import { builder } from './builder.js';
import { LinkRelationEnum } from './types/enums.js';

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

builder.objectType(CitationRequiredError, {
  name: 'CitationRequiredError',
  description: 'A published development needs a citation.',
  interfaces: [ErrorInterface],
  fields: (t) => ({ slug: t.exposeString('slug', { description: 'The development.' }) }),
});

builder.objectType(UnknownEvidenceError, {
  name: 'UnknownEvidenceError',
  description: 'The development has no citation, or no claim, with the id.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    what: t.exposeString('what', { description: 'What was looked for: `Citation` or `Claim`.' }),
    id: t.exposeString('id', { description: 'The id that is not there.' }),
  }),
});

builder.objectType(LinkCycleError, {
  name: 'LinkCycleError',
  description: 'The link would close a circle of links of a relation that leads nowhere back.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    relation: t.expose('relation', { type: LinkRelationEnum, description: 'The relation.' }),
    path: t.exposeStringList('path', {
      description: 'The way that there is already: slugs, from the development linked to, back to the first.',
    }),
  }),
});

const always = [InvalidInputError, IdempotencyKeyReusedError];
const change = [...always, UnknownSlugError, WrongStatusError, RevisionConflictError];

/** The errors that each sort of mutation can answer with. */
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
