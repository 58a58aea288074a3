import type { RevisionRow } from '../../../domain/development/read/revisions.js';
import type { DevelopmentView } from '../../../domain/development/read/view.js';
import { builder } from '../../builder.js';
import { loadView } from '../../loaders.js';

interface Retraction {
  readonly revision: RevisionRow;
  readonly view: DevelopmentView;
}

export const RetractionRef = builder.objectRef<Retraction>('Retraction').implement({
  description: 'The withdrawal of a published development.',
  fields: (t) => ({
    reason: t.string({
      description: 'The public reason for the withdrawal.',
      resolve: ({ revision }) => revision.reason ?? '',
    }),
    editor: t.string({
      description: 'The editor who withdrew it: the name of the token.',
      resolve: ({ revision }) => revision.editor,
    }),
    recordedAt: t.field({
      type: 'DateTime',
      description: 'The time of the withdrawal.',
      resolve: ({ revision }) => revision.recordedAt,
    }),
    successor: t.field({
      type: 'Development',
      nullable: true,
      description: 'The development that replaces it. Null if there is none.',
      resolve: async ({ view: { content, at } }, _args, context) =>
        content.successorId === null
          ? null
          : ((await loadView(context, { id: content.successorId, at })) ?? null),
    }),
  }),
});
