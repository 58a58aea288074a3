import { canEdit, canPropose, type Viewer } from '../../domain/access.js';
import { builder } from '../builder.js';
import { type Budget, intakeOf } from '../context.js';
import { RoleEnum } from '../types/enums/access.js';

/** A viewer with a token, whose name is known. */
interface Known {
  readonly viewer: Viewer;
  readonly name: string;
  readonly expiresAt: Date | null;
  readonly budget: Budget;
}

const BudgetRef = builder.objectRef<Budget>('Budget').implement({
  description:
    'The points that you can spend in this minute. `extensions.cost` reports what each response costs.',
  fields: (t) => ({
    remaining: t.exposeInt('remaining', { description: 'The points that are left after this request.' }),
    resetsAt: t.expose('resetsAt', {
      type: 'DateTime',
      description: 'When the minute ends and the budget is whole again.',
    }),
  }),
});

const ViewerRef = builder.objectRef<Known>('Viewer').implement({
  description: 'You, as your token says.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The name of the token, which your revisions carry.' }),
    role: t.field({
      type: RoleEnum,
      description: 'The role of the token.',
      resolve: ({ viewer }) => viewer.role,
    }),
    canEdit: t.boolean({
      description: 'Whether you may use all mutations and see drafts: EDITOR and ADMIN.',
      resolve: ({ viewer }) => canEdit(viewer),
    }),
    canPropose: t.boolean({
      description: 'Whether you may propose changes: CONTRIBUTOR, EDITOR and ADMIN.',
      resolve: ({ viewer }) => canPropose(viewer),
    }),
    canAdmin: t.boolean({
      description: 'Whether your role is ADMIN.',
      resolve: ({ viewer }) => viewer.role === 'ADMIN',
    }),
    maxArticleBytes: t.int({
      description:
        'The most bytes of a document that `addArticle` takes: 10 MB, or less if the server takes no body of that size. Send it over HTTP, with a Content-Length.',
      resolve: (_viewer, _args, context) => intakeOf(context).maxBytes,
    }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the token expires. Null if it does not.',
    }),
    budget: t.expose('budget', { type: BudgetRef, description: 'What you can still spend in this minute.' }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: ViewerRef,
    nullable: true,
    description:
      'Who you are to this server. Null without a token. A query that contains `viewer` is never cached by the server.',
    resolve: (_root, _args, { viewer, tokenExpiresAt, budget }) => {
      if (viewer.name === null) return null;
      if (!budget) throw new Error('A query was executed without a budget.');
      const expiresAt = tokenExpiresAt === undefined ? null : new Date(tokenExpiresAt);
      return { viewer, name: viewer.name, expiresAt, budget };
    },
  }),
);
