import { describeBetween } from '../../../domain/development/read/field-changes.js';
import { findView } from '../../../domain/development/read/view.js';
import { RevisionConflictError } from '../../../domain/errors.js';
import { builder } from '../../builder.js';
import { LOADED, priced, READ_COST } from '../../cost.js';
import { FieldChangeRef } from './revision.js';

/** The fields that usually differ, for the price of the list. */
const USUAL_CHANGES = 5;

builder.objectFields(RevisionConflictError, (t) => ({
  development: t.field({
    ...priced(LOADED),
    type: 'Development',
    nullable: true,
    description: 'The development as it is now: their version. Null if you may not see it.',
    resolve: async ({ slug }, _args, { db, viewer }) => (await findView(db, viewer, undefined, slug)) ?? null,
  }),
  changes: t.field({
    ...priced({ points: READ_COST, times: USUAL_CHANGES }),
    type: [FieldChangeRef],
    description:
      'The changes from the `expected` revision to the `current` one, ordered by field name: `before` is the value you have seen, `after` is theirs. Compare them with your own values, field by field. Empty if the `expected` revision does not exist.',
    resolve: ({ slug, expected, current }, _args, { db, viewer }) =>
      describeBetween(db, viewer, slug, [expected, current]),
  }),
  changedFields: t.stringList({
    ...priced({ points: READ_COST }),
    description: 'The names of the fields in `changes`.',
    resolve: async ({ slug, expected, current }, _args, { db, viewer }) => {
      const changes = await describeBetween(db, viewer, slug, [expected, current]);
      return changes.map(({ field }) => field);
    },
  }),
}));
