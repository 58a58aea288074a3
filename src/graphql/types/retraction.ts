import type { RevisionRow } from '../../domain/development/revisions.js';
import type { DevelopmentView } from '../../domain/development/view.js';
import { builder } from '../builder.js';
import { loadView } from '../loaders.js';
import { DevelopmentRef } from './development-ref.js';

interface Retraction {
  readonly revision: RevisionRow;
  readonly view: DevelopmentView;
}

export const RetractionRef = builder.objectRef<Retraction>('Retraction').implement({
  description: 'That a development was withdrawn. It stays in the record as a tombstone.',
  fields: (t) => ({
    reason: t.string({
      description: 'Why, for all to read.',
      resolve: ({ revision }) => revision.reason ?? '',
    }),
    editor: t.string({
      description: 'Who withdrew it: the name of the token.',
      resolve: ({ revision }) => revision.editor,
    }),
    recordedAt: t.field({
      type: 'DateTime',
      description: 'When.',
      resolve: ({ revision }) => revision.recordedAt,
    }),
    successor: t.field({
      type: DevelopmentRef,
      nullable: true,
      description: 'What stands in its place; null where nothing does.',
      resolve: async ({ view: { content, at } }, _args, context) =>
        content.successorId === null
          ? null
          : ((await loadView(context, { id: content.successorId, at })) ?? null),
    }),
  }),
});
