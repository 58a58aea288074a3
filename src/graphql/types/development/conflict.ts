import { describeBetween } from '../../../domain/development/read/field-changes.js';
import { findView } from '../../../domain/development/read/view.js';
import { RevisionConflictError } from '../../../domain/errors.js';
import { describeReferenceBetween } from '../../../domain/references/history/describe.js';
import { findReferences, REFERENCE_KINDS } from '../../../domain/references/lookup.js';
import { builder } from '../../builder.js';
import type { Context } from '../../context.js';
import { LOADED, priced, READ_COST } from '../../cost.js';
import { loadAnyReference, ReferenceRef } from '../references/reference.js';
import { FieldChangeRef } from './revision.js';

/** The fields that usually differ, for the price of the list. */
const USUAL_CHANGES = 5;

const changesOf = ({ owner, slug, expected, current }: RevisionConflictError, { db, viewer }: Context) =>
  owner === 'Development'
    ? describeBetween(db, viewer, slug, [expected, current])
    : describeReferenceBetween(db, owner, slug, [expected, current]);

builder.objectFields(RevisionConflictError, (t) => ({
  development: t.field({
    ...priced(LOADED),
    type: 'Development',
    nullable: true,
    description:
      'The development as it is now: their version. Null if you may not see it, and of a conflict on another object.',
    resolve: async ({ owner, slug }, _args, { db, viewer }) =>
      owner === 'Development' ? ((await findView(db, viewer, undefined, slug)) ?? null) : null,
  }),
  reference: t.field({
    ...priced(LOADED),
    type: ReferenceRef,
    nullable: true,
    description:
      'The actor, source, topic, treaty, weapon system or doctrine as it is now: their version. Null if there is none, and of a conflict on a development.',
    resolve: async ({ owner, slug, current }, _args, context) => {
      if (owner === 'Development' || current === 0) return null;
      const refs = await findReferences(context.db, { [owner]: [slug] });
      return loadAnyReference(context, REFERENCE_KINDS[owner].kind, refs.id(owner, slug));
    },
  }),
  changes: t.field({
    ...priced({ points: READ_COST, times: USUAL_CHANGES }),
    type: [FieldChangeRef],
    description:
      'The changes from the `expected` revision to the `current` one, ordered by field name: `before` is the value you have seen, `after` is theirs. Compare them with your own values, field by field. Empty if the `expected` revision does not exist.',
    resolve: (conflict, _args, context) => changesOf(conflict, context),
  }),
  changedFields: t.stringList({
    ...priced({ points: READ_COST }),
    description: 'The names of the fields in `changes`.',
    resolve: async (conflict, _args, context) =>
      (await changesOf(conflict, context)).map(({ field }) => field),
  }),
}));
