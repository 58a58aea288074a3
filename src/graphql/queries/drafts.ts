import {
  countDrafts,
  countDraftsByState,
  type DraftFilter,
  type DraftOrderField,
  listDrafts,
  type QueuedDraft,
  readDrafts,
  type StateCount,
} from '../../domain/review/drafts.js';
import type { ReviewState } from '../../generated/prisma/client.js';
import { builder } from '../builder.js';
import { pageCost, priced, SCAN_COST } from '../cost.js';
import { DevelopmentFilterInput } from '../inputs/filter.js';
import { createPage } from '../page.js';
import type { Order } from '../page-cursor.js';
import { showDevelopments } from '../types/budget.js';
import { ReviewStateEnum } from '../types/enums/review.js';
import { DevelopmentConnectionRef, DirectionEnum } from './developments.js';

/** Counts stop here, as `totalCount` does. */
export const MAX_COUNTED = 10_000;

const DraftOrderFieldEnum = builder.enumType('DraftOrderField', {
  description: 'The time to order drafts by.',
  values: {
    CHANGED: { value: 'changedAt', description: 'The latest edit or act: `DraftReview.changedAt`.' },
    SUBMITTED: {
      value: 'submittedAt',
      description: 'When it was submitted. Omits drafts that were not submitted.',
    },
    PUBLISH_AT: {
      value: 'publishAt',
      description: 'The end of the embargo, as in a calendar. Omits drafts without one.',
    },
    RECORDED: { value: 'recordedAt', description: 'When it was first recorded.' },
  } as const,
});

const DraftOrderInput = builder.inputType('DraftOrder', {
  description: 'An order of drafts. Ties are ordered by id.',
  fields: (t) => ({
    field: t.field({ type: DraftOrderFieldEnum, required: true, description: 'The time to order by.' }),
    direction: t.field({ type: DirectionEnum, required: true, description: 'The direction.' }),
  }),
});

const orderOf = (field: DraftOrderField, direction: 'asc' | 'desc'): Order<QueuedDraft> => ({
  name: `drafts ${field} ${direction}`,
  columns: [
    { field, type: 'instant', direction, value: ({ orderedBy }) => orderedBy },
    { field: 'id', type: 'uuid', direction, value: ({ id }) => id },
  ],
});

type ArgBuilder = Pick<Parameters<Parameters<typeof builder.queryFields>[0]>[0], 'arg'>;

const draftArgs = (t: ArgBuilder) => ({
  filter: t.arg({ type: DevelopmentFilterInput, description: 'The drafts to return. All by default.' }),
  assignee: t.arg.string({ description: 'Return only drafts that are assigned to this editor.' }),
  author: t.arg.string({ description: 'Return only drafts that this editor recorded.' }),
});

const DraftCountRef = builder.objectRef<StateCount<ReviewState>>('DraftCount').implement({
  description: 'How many drafts a state has.',
  fields: (t) => ({
    state: t.expose('state', { type: ReviewStateEnum, description: 'The state.' }),
    count: t.exposeInt('count', {
      description: `The number of drafts. Counted up to ${MAX_COUNTED.toLocaleString('en')}.`,
    }),
  }),
});

builder.queryFields((t) => ({
  drafts: t.connection(
    {
      ...priced(pageCost),
      nullable: true,
      authScopes: { editor: true },
      type: 'Development',
      description:
        'The queue: drafts, the latest changed first by default. Needs the role EDITOR or ADMIN. `Development.review` has the state of each.',
      args: {
        ...draftArgs(t),
        state: t.arg({
          type: [ReviewStateEnum],
          description: 'Return only drafts in one of these states. All but DISCARDED by default.',
        }),
        publishBefore: t.arg({
          type: 'DateTime',
          description: 'Return only drafts whose embargo ends before this instant.',
        }),
        orderBy: t.arg({ type: DraftOrderInput, description: 'The order. CHANGED, DESC by default.' }),
      },
      resolve: async (_root, args, context) => {
        const { db, viewer } = context;
        const { field, direction } = args.orderBy ?? { field: 'changedAt', direction: 'desc' };
        const list = await listDrafts(db, field, args as DraftFilter, (error) => context.warn(error));
        return createPage({
          args,
          order: orderOf(field, direction),
          find: (page) => {
            showDevelopments(context, page.take - 1);
            return readDrafts(db, viewer, list, page);
          },
          count: (limit) => countDrafts(db, list, limit),
        });
      },
    },
    DevelopmentConnectionRef,
  ),
  draftCounts: t.field({
    ...priced({ points: 6 * SCAN_COST, times: 6 }),
    nullable: true,
    authScopes: { editor: true },
    type: [DraftCountRef],
    description: 'How many drafts each state has, 0 included. Needs the role EDITOR or ADMIN.',
    args: draftArgs(t),
    resolve: async (_root, { filter, assignee, author }, context) => {
      const state: ReviewState[] = [...COUNTED_STATES];
      const wanted = { filter, assignee, author, state };
      const list = await listDrafts(context.db, 'changedAt', wanted, (error) => context.warn(error));
      return countDraftsByState(context.db, list, MAX_COUNTED);
    },
  }),
}));

const COUNTED_STATES: readonly ReviewState[] = [
  'DRAFT',
  'IN_REVIEW',
  'CHANGES_REQUESTED',
  'APPROVED',
  'SCHEDULED',
  'DISCARDED',
];
