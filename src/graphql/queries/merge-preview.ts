import { previewDevelopments } from '../../domain/merging/developments/preview-developments.js';
import type { MergeObstacle } from '../../domain/merging/errors.js';
import type { ComparedField, MergePreview } from '../../domain/merging/preview.js';
import { previewReferences } from '../../domain/merging/references/preview-references.js';
import { builder } from '../builder.js';
import { priced, SCAN_COST } from '../cost.js';
import { DuplicateEntryRef, loadEntry } from '../types/duplicates/duplicates.js';
import { MergeKindEnum, MergeRefusalEnum } from '../types/enums/merging.js';

const FieldRef = builder.objectRef<ComparedField>('MergeField').implement({
  description: 'A field of two entries. Values are in the format of inputs; null means empty.',
  fields: (t) => ({
    field: t.exposeString('field', { description: 'The name of the field, e.g. `names`.' }),
    from: t.expose('from', {
      type: 'JSON',
      nullable: true,
      description: 'The value of the entry that would be merged. It stays in its revisions.',
    }),
    into: t.expose('into', {
      type: 'JSON',
      nullable: true,
      description: 'The value of the survivor now.',
    }),
    result: t.expose('result', {
      type: 'JSON',
      nullable: true,
      description:
        'The value of the survivor after the merge. That of `into`, except for the citations with their claims, the links and the confidence of a development.',
    }),
    isSame: t.exposeBoolean('isSame', { description: 'Whether the two values are equal.' }),
  }),
});

const ObstacleRef = builder.objectRef<MergeObstacle>('MergeObstacle').implement({
  description: 'A reason why two entries cannot be merged.',
  fields: (t) => ({
    refusal: t.expose('refusal', { type: MergeRefusalEnum, description: 'The reason, for programs.' }),
    text: t.exposeString('text', { description: 'The reason in words, and what to do.' }),
  }),
});

const PreviewRef = builder.objectRef<MergePreview>('MergePreview').implement({
  description: 'What a merge would do.',
  fields: (t) => ({
    from: t.field({
      type: DuplicateEntryRef,
      description: 'The entry that would be merged.',
      resolve: ({ kind, from }, _args, context) => loadEntry(context, kind, from.id),
    }),
    into: t.field({
      type: DuplicateEntryRef,
      description: 'The survivor.',
      resolve: ({ kind, into }, _args, context) => loadEntry(context, kind, into.id),
    }),
    fromRevision: t.int({
      description: 'The revision of `from`, for `expectedRevisions`.',
      resolve: ({ from }) => from.revision,
    }),
    intoRevision: t.int({
      description: 'The revision of `into`, for `expectedRevisions`.',
      resolve: ({ into }) => into.revision,
    }),
    fields: t.field({
      type: [FieldRef],
      description: 'The fields of both, ordered by name.',
      resolve: ({ fields }) => fields,
    }),
    developments: t.exposeInt('developments', {
      description:
        'How many developments would get a revision, drafts included. A merge of developments counts both of them.',
    }),
    drafts: t.exposeInt('drafts', { description: 'How many of these are drafts.' }),
    references: t.exposeInt('references', {
      description:
        'How many other references would get a revision: treaties and doctrines of an actor, weapon systems with a name from a source.',
    }),
    obstacles: t.field({
      type: [ObstacleRef],
      description: 'What would refuse the merge. Empty if nothing would.',
      resolve: ({ obstacles }) => obstacles,
    }),
  }),
});

builder.queryField('mergePreview', (t) =>
  t.field({
    ...priced({ points: SCAN_COST }),
    authScopes: { editor: true },
    type: PreviewRef,
    nullable: true,
    description:
      'What a merge of two entries would do, field by field. It changes nothing. Another editor may change one of them before you merge, so send the revisions with the merge. Editors only.',
    args: {
      kind: t.arg({ type: MergeKindEnum, required: true, description: 'The type of the two entries.' }),
      from: t.arg.string({ required: true, description: 'The slug of the entry to merge.' }),
      into: t.arg.string({ required: true, description: 'The slug of the survivor.' }),
    },
    resolve: (_root, { kind, from, into }, { db, viewer }) => {
      const name = viewer.name ?? 'anonymous';
      return kind === 'DEVELOPMENT'
        ? previewDevelopments(db, { from, into }, viewer, name)
        : previewReferences(db, kind, { from, into }, name);
    },
  }),
);
