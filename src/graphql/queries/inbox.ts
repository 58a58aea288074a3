import { validate as isUuid } from 'uuid';
import { BadArgumentError } from '../../domain/errors.js';
import { shown } from '../../domain/input.js';
import {
  countInbox,
  countInboxByState,
  findInboxItems,
  type InboxCount,
  type InboxOrderField,
  type InboxRow,
  inboxWhere,
  readInbox,
} from '../../intake/inbox/items.js';
import { builder } from '../builder.js';
import { pageCost, priced, SCAN_COST } from '../cost.js';
import { createPage } from '../page.js';
import type { Order } from '../page-cursor.js';
import { connectionTypes } from '../relay.js';
import { InboxStateEnum } from '../types/enums/inbox.js';
import { InboxItemRef, itemIdOf } from '../types/inbox/item.js';
import { DirectionEnum } from './developments.js';
import { MAX_COUNTED } from './drafts.js';

const InboxOrderFieldEnum = builder.enumType('InboxOrderField', {
  description: 'The time to order articles by.',
  values: {
    RECEIVED: { value: 'receivedAt', description: 'The time of their arrival.' },
    PUBLISHED: {
      value: 'publishedAt',
      description: 'The time of their publication. Omits articles without one.',
    },
  } as const,
});

const InboxOrderInput = builder.inputType('InboxOrder', {
  description: 'An order of articles. Ties are ordered by id.',
  fields: (t) => ({
    field: t.field({ type: InboxOrderFieldEnum, required: true, description: 'The time to order by.' }),
    direction: t.field({ type: DirectionEnum, required: true, description: 'The direction.' }),
  }),
});

const orderOf = (field: InboxOrderField, direction: 'asc' | 'desc'): Order<InboxRow> => ({
  name: `inbox ${field} ${direction}`,
  columns: [
    { field, type: 'instant', direction, value: (row) => row[field] ?? row.receivedAt },
    { field: 'id', type: 'uuid', direction, value: ({ id }) => id },
  ],
});

const InboxConnectionRef = builder.connectionObject(
  { type: InboxItemRef, ...connectionTypes('InboxItem', 'articles in the inbox')[0] },
  connectionTypes('InboxItem', 'articles in the inbox')[1],
);

export const InboxCountRef = builder.objectRef<InboxCount>('InboxCount').implement({
  description: 'How many articles of the inbox a state has.',
  fields: (t) => ({
    state: t.expose('state', { type: InboxStateEnum, description: 'The state.' }),
    count: t.exposeInt('count', {
      description: `The number of articles. Counted up to ${MAX_COUNTED.toLocaleString('en')}.`,
    }),
  }),
});

const FROM_FEED =
  'The `key` of a watched feed: only articles that first came from it. An unknown key finds none.';

/** @throws {BadArgumentError} If it is no key of a watched feed. */
function feedIdOf(key: string | null | undefined): string | undefined {
  if (key == null) return undefined;
  if (!isUuid(key)) {
    throw new BadArgumentError('feed', `Expected the \`key\` of a watched feed; got ${shown(key)}.`);
  }
  return key;
}

builder.queryFields((t) => ({
  inboxItems: t.connection(
    {
      ...priced(pageCost),
      nullable: true,
      authScopes: { editor: true },
      type: InboxItemRef,
      description:
        'The inbox: articles that wait for an editor, the latest arrival first by default. Needs the role EDITOR or ADMIN.',
      args: {
        state: t.arg({
          type: [InboxStateEnum],
          description: 'Return only articles in one of these states. All by default.',
        }),
        feed: t.arg.id({ description: FROM_FEED }),
        orderBy: t.arg({ type: InboxOrderInput, description: 'The order. RECEIVED, DESC by default.' }),
      },
      resolve: (_root, args, { db }) => {
        const { field, direction } = args.orderBy ?? { field: 'receivedAt', direction: 'desc' };
        const where = inboxWhere({ state: args.state, feedId: feedIdOf(args.feed) });
        return createPage({
          args,
          order: orderOf(field, direction),
          find: (page) => readInbox(db, field, where, page),
          count: (limit) => countInbox(db, field, where, limit),
        });
      },
    },
    InboxConnectionRef,
  ),
  inboxCounts: t.field({
    ...priced({ points: 4 * SCAN_COST, times: 4 }),
    nullable: true,
    authScopes: { editor: true },
    type: [InboxCountRef],
    description: 'How many articles each state has, 0 included. Needs the role EDITOR or ADMIN.',
    args: { feed: t.arg.id({ description: FROM_FEED }) },
    resolve: (_root, { feed }, { db }) => countInboxByState(db, { feedId: feedIdOf(feed) }, MAX_COUNTED),
  }),
  inboxItem: t.field({
    type: InboxItemRef,
    nullable: true,
    authScopes: { editor: true },
    description: 'An article of the inbox. Null if there is none. Needs the role EDITOR or ADMIN.',
    args: { id: t.arg.id({ required: true, description: 'The `id` of the article.' }) },
    resolve: async (_root, { id }, { db, viewer }) => {
      const item = itemIdOf(id);
      const [found] = item === undefined ? [] : await findInboxItems(db, viewer, [item]);
      return found ?? null;
    },
  }),
}));
