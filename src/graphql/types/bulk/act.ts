import { type BulkActRow, readBulkActs } from '../../../domain/bulk/acts.js';
import { BadArgumentError } from '../../../domain/errors.js';
import { builder } from '../../builder.js';
import { priced, READ_COST } from '../../cost.js';
import { DEFAULT_PAGE, MAX_PAGE } from '../../page.js';

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

builder.queryField('bulkActs', (t) =>
  t.field({
    ...priced(({ first }: { readonly first: number }) => ({ points: READ_COST, times: Math.max(first, 1) })),
    type: [BulkActRef],
    nullable: true,
    authScopes: { editor: true },
    description: 'The latest bulk changes, newest first. Editors only.',
    args: {
      first: t.arg.int({
        required: true,
        defaultValue: DEFAULT_PAGE,
        description: `How many, 0 to ${MAX_PAGE}.`,
      }),
    },
    resolve: (_root, { first }, { db }) => {
      if (first >= 0 && first <= MAX_PAGE) return readBulkActs(db, first);
      throw new BadArgumentError('first', `Expected first from 0 to ${MAX_PAGE}; got ${first}.`);
    },
  }),
);
