import { canEdit } from '../../../domain/access.js';
import {
  describeRevisions,
  type FieldChange,
  fieldNames,
  filledAfterDraft,
  type RevisionKey,
} from '../../../domain/development/read/field-changes.js';
import type { RevisionRow } from '../../../domain/development/read/revisions.js';
import { builder } from '../../builder.js';
import { batched } from '../../context.js';
import { DevelopmentStatusEnum } from '../enums/development.js';

/** Snapshots in memory at once for one request, besides as many of the preceding revisions. */
const SNAPSHOTS_AT_ONCE = 200;

const loadChanges = batched(SNAPSHOTS_AT_ONCE, ({ db, viewer }, keys: readonly RevisionKey[]) =>
  describeRevisions(db, viewer, keys),
);

const loadFilledAfterDraft = batched(SNAPSHOTS_AT_ONCE, ({ db }, keys: readonly RevisionKey[]) =>
  filledAfterDraft(db, keys),
);

const VALUE = 'In the format of the inputs: enums as strings, dates in EDTF, referenced objects by slug.';

export const FieldChangeRef = builder.objectRef<FieldChange>('FieldChange').implement({
  description: 'A changed field, with its values before and after.',
  fields: (t) => ({
    field: t.exposeString('field', {
      description:
        'The name of the field in the inputs of record and revise mutations, e.g. `occurred`; also `links` and `externalIds`. Changed claims are part of `citations`.',
    }),
    before: t.field({
      type: 'JSON',
      nullable: true,
      description: `The value before the change. Null if it was empty. ${VALUE}`,
      resolve: ({ before }) => before,
    }),
    after: t.field({
      type: 'JSON',
      nullable: true,
      description: `The value after the change. Null if it is empty. ${VALUE} For \`participants\`, e.g. \`[{ "actor": "russia", "role": "INITIATOR", "capacity": null }]\`.`,
      resolve: ({ after }) => after,
    }),
  }),
});

export const RevisionRef = builder.objectRef<RevisionRow>('Revision').implement({
  description: 'A version of a development. Revisions never change.',
  fields: (t) => ({
    number: t.exposeInt('number', {
      description: 'The number of the revision within the development, starting at 1.',
    }),
    status: t.expose('status', {
      type: DevelopmentStatusEnum,
      description: 'The status of the development after this revision.',
    }),
    changedFields: t.stringList({
      description:
        'The names of the changed fields, in alphabetical order. For the first revision you can see, all fields with a value.',
      resolve: async ({ developmentId, number, changedFields }, _args, context) => {
        const isFirst = number === 1 || canEdit(context.viewer);
        const filled = isFirst ? undefined : await loadFilledAfterDraft(context, { developmentId, number });
        return fieldNames(filled ?? changedFields);
      },
    }),
    changes: t.field({
      type: [FieldChangeRef],
      description:
        'The changes since the preceding revision, ordered by field name. For the first revision you can see, all fields with a value, and `before` is null. Omits changes you may not see, e.g. a link to a draft.',
      resolve: ({ developmentId, number }, _args, context) => loadChanges(context, { developmentId, number }),
    }),
    editor: t.exposeString('editor', {
      description: 'The editor: the name of the token, or of the system component.',
    }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'The reason for the revision. Null if none was given.',
    }),
    act: t.string({
      nullable: true,
      description:
        'The act that wrote it together with other revisions: the run of an import, e.g. `speeches@1`, or `bulk:` and the key of a bulk change. Null for others, and for readers.',
      resolve: ({ act }, _args, { viewer }) => (canEdit(viewer) ? act : null),
    }),
    recordedAt: t.expose('recordedAt', {
      type: 'DateTime',
      description: 'The time at which the revision was recorded.',
    }),
    publishedAt: t.expose('publishedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'The time at which the revision became public, a few milliseconds after `recordedAt`. Passed as `asOf: { moment: … }`, it selects this revision. Null for a draft.',
    }),
  }),
});
