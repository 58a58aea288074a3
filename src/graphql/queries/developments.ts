import type { AsOf } from '../../domain/as-of.js';
import { asDate } from '../../domain/dates/fuzzy-date.js';
import {
  countList,
  type DevelopmentPage,
  type ListOptions,
  listDevelopments,
  type OrderField,
  readPage,
} from '../../domain/development/read/list.js';
import type { DevelopmentView } from '../../domain/development/read/view.js';
import type { DevelopmentFilter } from '../../domain/filter/types.js';
import { builder } from '../builder.js';
import type { Context } from '../context.js';
import { inputPriced, onlyPoints, pageCost, priced, RELEVANCE_COST } from '../cost.js';
import { AsOfInput, atOf } from '../inputs/as-of.js';
import { DevelopmentFilterInput } from '../inputs/filter.js';
import { noteReferences } from '../loaders.js';
import { createPage, type PageArgs, type PageQuery } from '../page.js';
import type { Order } from '../page-cursor.js';
import { connectionTypes } from '../relay.js';
import { showDevelopments } from '../types/budget.js';
import { DoctrineChangeRef, EventRef, StatementRef } from '../types/development/kinds.js';

const OrderFieldEnum = builder.enumType('DevelopmentOrderField', {
  description: 'The property to order developments by.',
  values: {
    EARLIEST: { value: 'occurredEarliest', description: 'The earliest day it can have occurred.' },
    LATEST: { value: 'occurredLatest', description: 'The latest day it can have occurred.' },
    RECORDED: { value: 'recordedAt', description: 'The time at which it was first recorded.' },
    PUBLISHED: {
      value: 'publishedAt',
      description: 'The time of its first publication. Omits drafts, which have none.',
    },
    CHANGED: { value: 'changedAt', description: 'The time of its latest change: `Development.changedAt`.' },
    RELEVANCE: {
      value: 'relevance',
      description:
        'The relevance to the `text` of the filter, which is required. Matches in the headline count most, then the summary, then quotations, translations and names. Only the newest 1,000 matches by EARLIEST are ranked and returned; `totalCount` counts all. ASC returns the least relevant first.',
    },
  } as const,
});

export const DirectionEnum = builder.enumType('OrderDirection', {
  description: 'The direction of an order.',
  values: {
    ASC: { value: 'asc', description: 'Smallest or oldest first.' },
    DESC: { value: 'desc', description: 'Largest or newest first.' },
  } as const,
});

const OrderInput = builder.inputType('DevelopmentOrder', {
  ...inputPriced(({ field }: { readonly field: OrderField }) =>
    onlyPoints(field === 'relevance' ? RELEVANCE_COST : 0),
  ),
  description: 'An order of developments. Ties are ordered by id.',
  fields: (t) => ({
    field: t.field({ type: OrderFieldEnum, required: true, description: 'The property to order by.' }),
    direction: t.field({ type: DirectionEnum, required: true, description: 'The direction.' }),
  }),
});

type OrderArg = typeof OrderInput.$inferInput | null | undefined;

/** Arguments that select the developments of a list. */
export interface ListArgs {
  readonly filter?: DevelopmentFilter | null | undefined;
  readonly asOf?: AsOf | null | undefined;
}

/** Returns a page of developments, optionally of one kind or about one object, and as of its position without `asOf`. */
export async function developmentPage(
  args: PageArgs & ListArgs & { readonly orderBy?: OrderArg },
  context: Context,
  { at, ...only }: Pick<ListOptions, 'kind' | 'about' | 'at'> = {},
) {
  const { db, viewer } = context;
  const { field, direction } = args.orderBy ?? { field: 'occurredEarliest', direction: 'desc' };
  const list = await listDevelopments(db, viewer, {
    ...only,
    filter: args.filter,
    order: field,
    at: args.asOf ? await atOf(context, args.asOf) : at,
    slugIds: context.references,
    onUnknownSlug: (error) => context.warn(error),
  });
  return createPage({
    args,
    order: orderOf(field, direction),
    find: async (page) => {
      showDevelopments(context, page.take - 1); // Before reading: a request can nest thousands of pages.
      await context.loaders.resume(context, undefined); // Thousands of pages take a second to ask for.
      const views = await readPage(db, list, developmentsOn(page, field));
      noteReferences(context, views);
      return context.loaders.resume(context, views);
    },
    count: (limit) => countList(db, list, limit),
  });
}

function orderOf(field: OrderField, direction: 'asc' | 'desc'): Order<DevelopmentView> {
  return {
    name: `${field} ${direction}`,
    columns: [
      { field, type: field === 'relevance' ? 'number' : 'instant', direction, value: VALUES[field] },
      { field: 'id', type: 'uuid', direction, value: ({ id }) => id },
    ],
  };
}

const VALUES: { readonly [Field in OrderField]: (view: DevelopmentView) => Date | number } = {
  occurredEarliest: ({ content }) => asDate(content.occurred.earliest),
  occurredLatest: ({ content }) => asDate(content.occurred.latest),
  recordedAt: ({ recordedAt }) => recordedAt,
  publishedAt: ({ id, publishedAt }) => {
    if (publishedAt === null)
      throw new Error(`The development ${id} is listed by its publication without one.`);
    return publishedAt;
  },
  changedAt: ({ changedAt }) => changedAt,
  relevance: ({ rank = 0 }) => rank,
};

function developmentsOn({ columns, bounds, take }: PageQuery, field: OrderField): DevelopmentPage {
  const [{ direction } = { direction: 'desc' as const }] = columns; // All columns have the same direction.
  return {
    field,
    direction,
    bounds: bounds.map(({ values: [value, id], isAfter, isInclusive }) => ({
      value: value as Date | number,
      id: id as string,
      isAfter,
      isInclusive,
    })),
    take,
  };
}

/** The connection of every list of developments of all kinds. */
export const DevelopmentConnectionRef = builder.connectionObject(
  { type: 'Development', ...connectionTypes('Development', 'developments')[0] },
  connectionTypes('Development', 'developments')[1],
);

type ArgBuilder = Pick<Parameters<Parameters<typeof builder.queryFields>[0]>[0], 'arg'>;

/** The arguments of every connection of developments. */
export const listArgs = (t: ArgBuilder) => ({
  filter: t.arg({ type: DevelopmentFilterInput, description: 'The developments to return. All by default.' }),
  orderBy: t.arg({ type: OrderInput, description: 'The order of the list. EARLIEST, DESC by default.' }),
  asOf: t.arg({ type: AsOfInput, description: 'Return the list as it was at this point. Now by default.' }),
});

builder.queryFields((t) => {
  const args = listArgs(t);
  return {
    developments: t.connection(
      {
        ...priced(pageCost),
        nullable: true,
        type: 'Development',
        description: 'Developments of all kinds, newest first by default.',
        args,
        resolve: (_root, page, context) => developmentPage(page, context),
      },
      DevelopmentConnectionRef,
    ),
    events: t.connection(
      {
        ...priced(pageCost),
        nullable: true,
        type: EventRef,
        description: 'Events, newest first by default.',
        args,
        resolve: (_root, page, context) => developmentPage(page, context, { kind: 'EVENT' }),
      },
      ...connectionTypes('Event', 'events'),
    ),
    statements: t.connection(
      {
        ...priced(pageCost),
        nullable: true,
        type: StatementRef,
        description: 'Statements, newest first by default.',
        args,
        resolve: (_root, page, context) => developmentPage(page, context, { kind: 'STATEMENT' }),
      },
      ...connectionTypes('Statement', 'statements'),
    ),
    doctrineChanges: t.connection(
      {
        ...priced(pageCost),
        nullable: true,
        type: DoctrineChangeRef,
        description: 'Doctrine changes, newest first by default.',
        args,
        resolve: (_root, page, context) => developmentPage(page, context, { kind: 'DOCTRINE_CHANGE' }),
      },
      ...connectionTypes('DoctrineChange', 'doctrine changes'),
    ),
  };
});
