import { BulkRefusedError, UnknownBulkError } from '../../../domain/bulk/errors.js';
import type { BulkFailure, BulkOutcome } from '../../../domain/bulk/outcome.js';
import { outcomeOf } from '../../../domain/bulk/outcome.js';
import type { Planned } from '../../../domain/bulk/plan.js';
import { describeChanges, type FieldChange } from '../../../domain/development/read/field-changes.js';
import type { DevelopmentView } from '../../../domain/development/read/view.js';
import { builder } from '../../builder.js';
import { batched } from '../../context.js';
import { PAGED, priced } from '../../cost.js';
import { type ErrorCode, ErrorCodeEnum, ErrorInterface } from '../../errors/error.js';
import { FieldChangeRef } from '../development/revision.js';

const OutcomeEnum = builder.enumType('BulkOutcome', {
  description: 'What a bulk change does to a development.',
  values: {
    CHANGES: { description: 'It gets a revision, or its review changes.' },
    UNCHANGED: { description: 'It has this content already, and gets no revision.' },
    FAILS: { description: 'It cannot be changed: see `failure`.' },
  } as const,
});

export const FailureRef = builder.objectRef<BulkFailure>('BulkFailure').implement({
  description: 'The reason why a development cannot be changed or a proposal cannot be decided.',
  fields: (t) => ({
    code: t.field({
      type: ErrorCodeEnum,
      description: 'The code that the mutation for a single development or proposal returns.',
      resolve: ({ code }) => code as ErrorCode,
    }),
    message: t.exposeString('message', { description: 'The problem, and how to correct it.' }),
  }),
});

const SLUG = 'The slug in the input.';
const REVISION =
  'The number of the revision after the change, or of the present one. Null if no development has the slug.';
const FAILURE = 'Why it cannot be changed. Null for the others.';

export const BulkItemRef = builder.objectRef<BulkOutcome>('BulkItem').implement({
  description: 'A development of a bulk change.',
  fields: (t) => ({
    slug: t.exposeString('slug', { description: SLUG }),
    outcome: t.expose('outcome', { type: OutcomeEnum, description: 'What the bulk change did to it.' }),
    revision: t.exposeInt('revision', { nullable: true, description: REVISION }),
    failure: t.expose('failure', { type: FailureRef, nullable: true, description: FAILURE }),
  }),
});

/** Snapshots that are compared at once. */
const AT_ONCE = 500;

const loadChanges = batched(
  AT_ONCE,
  ({ db, viewer }, planned: readonly Planned[]): Promise<FieldChange[][]> => {
    const changes = planned.map((it) => {
      const before = it.before?.content;
      if (!before) throw new Error('An unknown development was to be compared.');
      const after = it.outcome === 'CHANGES' ? it.after.content : before;
      return { before: { content: before, at: undefined }, after: { content: after, at: undefined } };
    });
    return describeChanges(db, viewer, changes);
  },
);

export const BulkPreviewItemRef = builder.objectRef<Planned>('BulkPreviewItem').implement({
  description: 'A development of a bulk change that you have not made yet.',
  fields: (t) => ({
    slug: t.exposeString('slug', { description: SLUG }),
    outcome: t.expose('outcome', { type: OutcomeEnum, description: 'What the bulk change would do to it.' }),
    revision: t.int({
      nullable: true,
      description: REVISION,
      resolve: (planned) => outcomeOf(planned).revision,
    }),
    failure: t.field({
      type: FailureRef,
      nullable: true,
      description: FAILURE,
      resolve: (planned) => outcomeOf(planned).failure,
    }),
    development: t.field({
      type: 'Development',
      nullable: true,
      description: 'The development as it is now. Null if no development has the slug.',
      resolve: ({ before }): DevelopmentView | null => (before ? { ...before, at: undefined } : null),
    }),
    changes: t.field({
      type: [FieldChangeRef],
      description: 'The changes of its fields, ordered by name. A publication or retraction changes none.',
      resolve: (planned, _args, context) =>
        planned.outcome === 'CHANGES' ? loadChanges(context, planned) : [],
    }),
  }),
});

builder.objectType(BulkRefusedError, {
  name: 'BulkRefusedError',
  description: 'Some developments of a bulk change cannot be changed, so none was.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    failing: t.field({
      ...priced(PAGED),
      type: [BulkItemRef],
      description:
        'The developments that cannot be changed, each with the reason, in the order of the items.',
      resolve: ({ failing }) => [...failing],
    }),
  }),
});

builder.objectType(UnknownBulkError, {
  name: 'UnknownBulkError',
  description: 'No bulk change has the key.',
  interfaces: [ErrorInterface],
});
