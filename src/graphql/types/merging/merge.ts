import { type MergeRow, readMerges } from '../../../domain/merging/acts.js';
import { builder } from '../../builder.js';
import { DuplicateEntryRef, loadEntry } from '../duplicates/duplicates.js';
import { MergeKindEnum } from '../enums/merging.js';
import { addLatestActs } from '../latest-acts.js';

export const MergeRef = builder.objectRef<MergeRow>('Merge').implement({
  description: 'A merge of an entry into another one.',
  fields: (t) => ({
    key: t.id({
      description: 'The key, for `undoMerge`. `Revision.act` of its revisions is `merge:` and this key.',
      resolve: ({ id }) => id,
    }),
    kind: t.expose('kind', { type: MergeKindEnum, description: 'The type of the two entries.' }),
    from: t.field({
      type: DuplicateEntryRef,
      description: 'The merged entry itself, not the survivor. A merged development is retracted.',
      resolve: ({ kind, fromId }, _args, context) => loadEntry(context, kind, fromId),
    }),
    into: t.field({
      type: DuplicateEntryRef,
      description: 'The entry that it was merged into. It may have been merged into another one since.',
      resolve: ({ kind, intoId }, _args, context) => loadEntry(context, kind, intoId),
    }),
    editor: t.exposeString('editor', { description: 'The editor: the name of the token.' }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'The reason. Null if an entry that it changed was erased since.',
    }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'The time of the merge.' }),
    count: t.exposeInt('count', {
      description: 'How many developments it changed. A merge of developments counts both of them.',
    }),
    undoneAt: t.expose('undoneAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was undone. Null if it was not.',
    }),
    undoneBy: t.exposeString('undoneBy', {
      nullable: true,
      description: 'The editor who undid it. Null if nobody did.',
    }),
  }),
});

addLatestActs('merges', {
  type: MergeRef,
  description: 'The latest merges, newest first, those that were undone too. Editors only.',
  read: readMerges,
});
