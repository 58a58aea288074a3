import {
  type ChangedSince,
  MergeRefusedError,
  MergeUndoRefusedError,
  UnknownMergeError,
} from '../../domain/merging/errors.js';
import { builder } from '../builder.js';
import { PAGED, priced } from '../cost.js';
import { MergeRefusalEnum } from '../types/enums/merging.js';
import { ErrorInterface } from './error.js';

const ChangedSinceRef = builder.objectRef<ChangedSince>('ChangedSinceMerge').implement({
  description: 'An entry that was changed after a merge.',
  fields: (t) => ({
    slug: t.exposeString('slug', { description: 'The slug of the development or reference.' }),
    isDevelopment: t.exposeBoolean('isDevelopment', { description: 'Whether it is a development.' }),
    reason: t.exposeString('reason', {
      description: 'Who changed it, in words without a full stop, e.g. `changed since by Jo`.',
    }),
  }),
});

builder.objectType(MergeRefusedError, {
  name: 'MergeRefusedError',
  description: 'The two entries cannot be merged. Nothing was changed.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    refusal: t.expose('refusal', { type: MergeRefusalEnum, description: 'The reason, for programs.' }),
  }),
});

builder.objectType(MergeUndoRefusedError, {
  name: 'MergeUndoRefusedError',
  description: 'The merge cannot be undone, because later changes depend on it. Nothing was changed.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    changed: t.field({
      ...priced(PAGED),
      type: [ChangedSinceRef],
      description: 'What was changed since, developments first.',
      resolve: ({ changed }) => [...changed],
    }),
  }),
});

builder.objectType(UnknownMergeError, {
  name: 'UnknownMergeError',
  description: 'No merge has the key, or it was undone.',
  interfaces: [ErrorInterface],
});
