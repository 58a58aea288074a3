import { type BulkActRow, readBulkActs } from '../../../domain/bulk/acts.js';
import { builder } from '../../builder.js';
import { addLatestActs } from '../latest-acts.js';

export const BulkActRef = builder.objectRef<BulkActRow>('BulkAct').implement({
  description: 'A change of many developments at once.',
  fields: (t) => ({
    key: t.id({
      description: 'The key, for `undoBulk`. `Revision.act` of its revisions is `bulk:` and this key.',
      resolve: ({ id }) => id,
    }),
    action: t.expose('action', {
      type: 'JSON',
      description:
        'The action, in the format of `BulkActionInput`. `{ acceptProposals: true, publish }` for those of `decideProposals`.',
    }),
    editor: t.exposeString('editor', { description: 'The editor: the name of the token.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'The reason. Null if none was given.' }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'The time of the change.' }),
    count: t.exposeInt('count', { description: 'How many developments it changed.' }),
    undoneAt: t.expose('undoneAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was undone for the first time. Null if it was not.',
    }),
    undoneBy: t.exposeString('undoneBy', {
      nullable: true,
      description: 'The editor who undid it first. Null if nobody did.',
    }),
  }),
});

addLatestActs('bulkActs', {
  type: BulkActRef,
  description: 'The latest bulk changes, newest first. Editors only.',
  read: readBulkActs,
});
