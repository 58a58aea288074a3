import {
  CitationRequiredError,
  LinkCycleError,
  SlugTakenError,
  UnknownEvidenceError,
  WrongStatusError,
} from '../../domain/development/errors.js';
import { builder } from '../builder.js';
import { DevelopmentStatusEnum, LinkRelationEnum } from '../types/enums/development.js';
import { ErrorInterface } from './error.js';

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
