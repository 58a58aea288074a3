import { GraphQLError } from 'graphql';
import {
  countProposals,
  countProposalsByState,
  type ProposalRow,
  proposalsWhere,
  readProposals,
} from '../../domain/proposals/list.js';
import type { StateCount } from '../../domain/review/drafts.js';
import type { Prisma, ProposalState } from '../../generated/prisma/client.js';
import { builder } from '../builder.js';
import type { Context } from '../context.js';
import { pageCost, priced, SCAN_COST } from '../cost.js';
import { createPage, type PageArgs } from '../page.js';
import type { Order } from '../page-cursor.js';
import { connectionTypes } from '../relay.js';
import { ProposalActEnum, ProposalStateEnum } from '../types/enums/review.js';
import { ProposalRef } from '../types/review/proposal.js';
import { DirectionEnum } from './developments.js';
import { MAX_COUNTED } from './drafts.js';

const orderOf = (direction: 'asc' | 'desc'): Order<ProposalRow> => ({
  name: `proposals ${direction}`,
  columns: [
    { field: 'recordedAt', type: 'instant', direction, value: ({ recordedAt }) => recordedAt },
    { field: 'id', type: 'uuid', direction, value: ({ id }) => id },
  ],
});

const proposalPage = (
  { db }: Context,
  where: Prisma.Sql,
  args: PageArgs & { readonly direction?: 'asc' | 'desc' | null | undefined },
) =>
  createPage({
    args,
    order: orderOf(args.direction ?? 'desc'),
    find: (page) => readProposals(db, where, page),
    count: (limit) => countProposals(db, where, limit),
  });

const ProposalConnectionRef = builder.connectionObject(
  { type: ProposalRef, ...connectionTypes('Proposal', 'proposals')[0] },
  connectionTypes('Proposal', 'proposals')[1],
);

const ProposalCountRef = builder.objectRef<StateCount<ProposalState>>('ProposalCount').implement({
  description: 'How many proposals a state has.',
  fields: (t) => ({
    state: t.expose('state', { type: ProposalStateEnum, description: 'The state.' }),
    count: t.exposeInt('count', {
      description: `The number of proposals. Counted up to ${MAX_COUNTED.toLocaleString('en')}.`,
    }),
  }),
});

type ArgBuilder = Pick<Parameters<Parameters<typeof builder.queryFields>[0]>[0], 'arg'>;

const proposalArgs = (t: ArgBuilder) => ({
  act: t.arg({ type: [ProposalActEnum], description: 'Return only proposals of these changes.' }),
  author: t.arg.string({ description: 'Return only proposals of this author.' }),
  assignee: t.arg.string({ description: 'Return only proposals that are assigned to this editor.' }),
  isByMachine: t.arg.boolean({
    description: 'Return only proposals of programs (true) or of people (false).',
  }),
  development: t.arg.string({
    description: 'Return only proposals to change the development with this slug.',
  }),
});

const stateArg = (t: ArgBuilder) =>
  t.arg({ type: [ProposalStateEnum], description: 'Return only proposals in one of these states.' });

const directionArg = (t: ArgBuilder) =>
  t.arg({ type: DirectionEnum, description: 'DESC, the newest first, by default. ASC: the oldest first.' });

builder.queryFields((t) => ({
  proposals: t.connection(
    {
      ...priced(pageCost),
      nullable: true,
      authScopes: { editor: true },
      type: ProposalRef,
      description: 'Changes that wait for a decision, or had one. Needs the role EDITOR or ADMIN.',
      args: { ...proposalArgs(t), state: stateArg(t), direction: directionArg(t) },
      resolve: (_root, args, context) => {
        return proposalPage(context, proposalsWhere(args), args);
      },
    },
    ProposalConnectionRef,
  ),
  proposalCounts: t.field({
    ...priced({ points: 5 * SCAN_COST, times: 5 }),
    nullable: true,
    authScopes: { editor: true },
    type: [ProposalCountRef],
    description: 'How many proposals each state has, 0 included. Needs the role EDITOR or ADMIN.',
    args: proposalArgs(t),
    resolve: (_root, args, { db }) => {
      return countProposalsByState(db, proposalsWhere(args), MAX_COUNTED);
    },
  }),
  myProposals: t.connection(
    {
      ...priced(pageCost),
      nullable: true,
      authScopes: { contributor: true },
      type: ProposalRef,
      description:
        'Your own proposals, and what became of each. Needs the role CONTRIBUTOR, EDITOR or ADMIN.',
      args: { state: stateArg(t), direction: directionArg(t) },
      resolve: (_root, args, context) => {
        const { name } = context.viewer;
        if (name === null) throw new GraphQLError('A contributor has no name.');
        return proposalPage(context, proposalsWhere({ state: args.state, author: name }), args);
      },
    },
    ProposalConnectionRef,
  ),
}));
