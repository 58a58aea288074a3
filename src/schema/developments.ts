import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../context.js';
import { visibleTo } from '../domain/access.js';
import { type DevelopmentFilter, namesStatus, prepareFilter } from '../domain/filter.js';
import type { DevelopmentKind, Prisma } from '../generated/prisma/client.js';
import { builder } from './builder.js';
import { connectionTypes, nodeQuery } from './connection.js';
import { DevelopmentRef } from './development.js';
import { DevelopmentFilterInput } from './filter.js';
import { DoctrineChangeRef, EventRef, StatementRef } from './kinds.js';
import { createPage, type Order, type PageArgs } from './page.js';

const OrderFieldEnum = builder.enumType('DevelopmentOrderField', {
  description: 'What developments can be ordered by.',
  values: {
    EARLIEST: { value: 'occurredEarliest', description: 'The first day that it can have occurred.' },
    LATEST: { value: 'occurredLatest', description: 'The last day that it can have occurred.' },
    RECORDED: { value: 'recordedAt', description: 'When it was first written down.' },
  } as const,
});

const DirectionEnum = builder.enumType('OrderDirection', {
  description: 'Which end comes first.',
  values: {
    ASC: { value: 'asc', description: 'The smallest or oldest first.' },
    DESC: { value: 'desc', description: 'The largest or newest first.' },
  } as const,
});

const OrderInput = builder.inputType('DevelopmentOrder', {
  description: 'An order of developments; ties are broken by id, so that it is total.',
  fields: (t) => ({
    field: t.field({ type: OrderFieldEnum, required: true, description: 'What to order by.' }),
    direction: t.field({ type: DirectionEnum, required: true, description: 'Which end comes first.' }),
  }),
});

type OrderArg = typeof OrderInput.$inferInput | null | undefined;

/** The developments that a list shows: those that the filter picks among those that the viewer may see. */
export async function listWhere(
  { db, viewer }: Context,
  filter: DevelopmentFilter | null | undefined,
  kind?: DevelopmentKind,
): Promise<Prisma.DevelopmentWhereInput> {
  const { where: picked } = await prepareFilter(db, filter);
  const published = namesStatus(filter) ? {} : { status: 'PUBLISHED' as const };
  return { AND: [visibleTo(viewer), published, kind ? { kind } : {}, picked] };
}

async function developmentPage(
  args: PageArgs & { filter?: DevelopmentFilter | null | undefined; orderBy?: OrderArg },
  context: Context,
  info: GraphQLResolveInfo,
  kind?: DevelopmentKind,
) {
  const where = await listWhere(context, args.filter, kind);
  return createPage({
    args,
    order: orderOf(args.orderBy),
    find: (page) =>
      context.db.development.findMany({
        ...nodeQuery(context, info),
        ...page,
        where: { AND: [where, page.where] },
      }),
    count: () => context.db.development.count({ where }),
  });
}

type OrderRow = { id: string; occurredEarliest: Date; occurredLatest: Date; recordedAt: Date };

function orderOf(orderBy: OrderArg): Order<OrderRow> {
  const { field, direction } = orderBy ?? { field: 'occurredEarliest', direction: 'desc' };
  return {
    name: `${field} ${direction}`,
    columns: [
      { field, type: 'instant', direction },
      { field: 'id', type: 'uuid', direction },
    ],
  };
}

builder.queryFields((t) => {
  const args = {
    filter: t.arg({ type: DevelopmentFilterInput, description: 'Which ones; all, where left out.' }),
    orderBy: t.arg({ type: OrderInput, description: 'In which order; by EARLIEST, DESC, where left out.' }),
  };
  return {
    developments: t.connection(
      {
        type: DevelopmentRef,
        description: 'Developments of all kinds, newest first where no order is given.',
        args,
        resolve: (_root, page, context, info) => developmentPage(page, context, info),
      },
      ...connectionTypes('Development', 'developments'),
    ),
    events: t.connection(
      {
        type: EventRef,
        description: 'Events, newest first where no order is given.',
        args,
        resolve: (_root, page, context, info) => developmentPage(page, context, info, 'EVENT'),
      },
      ...connectionTypes('Event', 'events'),
    ),
    statements: t.connection(
      {
        type: StatementRef,
        description: 'Statements, newest first where no order is given.',
        args,
        resolve: (_root, page, context, info) => developmentPage(page, context, info, 'STATEMENT'),
      },
      ...connectionTypes('Statement', 'statements'),
    ),
    doctrineChanges: t.connection(
      {
        type: DoctrineChangeRef,
        description: 'Doctrine changes, newest first where no order is given.',
        args,
        resolve: (_root, page, context, info) => developmentPage(page, context, info, 'DOCTRINE_CHANGE'),
      },
      ...connectionTypes('DoctrineChange', 'doctrine changes'),
    ),
  };
});
