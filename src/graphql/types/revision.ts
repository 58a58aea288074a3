import { canEdit } from '../../domain/access.js';
import {
  describeRevisions,
  fieldNames,
  filledAfterDraft,
  type RevisionKey,
} from '../../domain/development/field-changes.js';
import type { RevisionRow } from '../../domain/development/revisions.js';
import { batched } from '../batch.js';
import { builder } from '../builder.js';
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

export const RevisionRef = builder.objectRef<RevisionRow>('Revision').implement({
  description: 'A development as it stood after a change; revisions are never altered.',
  fields: (t) => ({
    number: t.exposeInt('number', { description: "Counts the development's revisions, from 1." }),
    status: t.expose('status', {
      type: DevelopmentStatusEnum,
      description: 'What the development was after it.',
    }),
    changedFields: t.stringList({
      description:
        'The names of the fields that it changed, in alphabetical order; all that were filled, for the first that you can see.',
      resolve: async ({ developmentId, number, changedFields }, _args, context) => {
        const isFirst = number === 1 || canEdit(context.viewer);
        const filled = isFirst ? undefined : await loadFilledAfterDraft(context, { developmentId, number });
        return fieldNames(filled ?? changedFields);
      },
    }),
    changes: t.field({
      type: [FieldChangeRef],
      description:
        'What it changed against the revision before, by field name in alphabetical order; all that was filled, with `before` null, for the first that you can see. A field whose value looks the same to you is left out, a link to a draft for example.',
      resolve: ({ developmentId, number }, _args, context) => loadChanges(context, { developmentId, number }),
    }),
    editor: t.exposeString('editor', {
      description: 'Who made it: the name of the token, or of the part of the system.',
    }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it was made.' }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When it was written.' }),
    publishedAt: t.expose('publishedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When readers could see it first, some milliseconds after `recordedAt`: as `asOf: { moment }` it shows this revision. Null for a draft.',
    }),
  }),
});
