import { canEdit } from '../domain/access.js';
import {
  describeRevisions,
  fieldNames,
  filledAfterDraft,
  type RevisionKey,
} from '../domain/development/field-changes.js';
import { batched } from './batch.js';
import { builder } from './builder.js';
import { DevelopmentStatusEnum } from './enums.js';
import { FieldChangeRef } from './field-change.js';

/** How many snapshots, and as many of the revisions before, are in memory at once for one request. */
const SNAPSHOTS_AT_ONCE = 200;

const loadChanges = batched(SNAPSHOTS_AT_ONCE, ({ db, viewer }, keys: readonly RevisionKey[]) =>
  describeRevisions(db, viewer, keys),
);

const loadFilledAfterDraft = batched(SNAPSHOTS_AT_ONCE, ({ db }, keys: readonly RevisionKey[]) =>
  filledAfterDraft(db, keys),
);

const KEY = { developmentId: true, number: true } as const;

builder.prismaObject('Revision', {
  name: 'Revision',
  description: 'A development as it stood after a change; revisions are never altered.',
  select: KEY, // Not the snapshot, unless a field asks for it.
  fields: (t) => ({
    number: t.exposeInt('number'),
    status: t.expose('status', {
      type: DevelopmentStatusEnum,
      description: 'What the development was after it.',
    }),
    changedFields: t.stringList({
      description:
        'The names of the fields that it changed, in alphabetical order; all that were filled, for the first that you can see.',
      select: { ...KEY, changedFields: true },
      resolve: async ({ changedFields, ...key }, _args, context) => {
        const isFirst = key.number === 1 || canEdit(context.viewer);
        const filled = isFirst ? undefined : await loadFilledAfterDraft(context, key);
        return fieldNames(filled ?? changedFields);
      },
    }),
    changes: t.field({
      type: [FieldChangeRef],
      description:
        'What it changed against the revision before, by field name in alphabetical order; all that was filled, with `before` null, for the first that you can see. A field whose value looks the same to you is left out, a link to a draft for example.',
      select: KEY,
      resolve: ({ developmentId, number }, _args, context) => loadChanges(context, { developmentId, number }),
    }),
    editor: t.exposeString('editor'),
    reason: t.exposeString('reason', { nullable: true }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime' }),
  }),
});
