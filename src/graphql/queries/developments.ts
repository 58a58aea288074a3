import type { AsOf } from '../../domain/as-of.js';
import { asDate } from '../../domain/dates/fuzzy-date.js';
import {
  countList,
  type DevelopmentPage,
  type ListOptions,
  listDevelopments,
  type OrderField,
  readPage,
} from '../../domain/development/list.js';
import type { DevelopmentView } from '../../domain/development/view.js';
import type { DevelopmentFilter } from '../../domain/filter/types.js';
import { builder } from '../builder.js';
import { connectionTypes } from '../connection.js';
import type { Context } from '../context.js';
import { pageCost } from '../cost.js';
import { AsOfInput, atOf } from '../inputs/as-of.js';
import { DevelopmentFilterInput } from '../inputs/filter.js';
import { noteReferences } from '../loaders.js';
import { createPage, type Order, type PageArgs, type PageQuery } from '../page.js';
import { showDevelopments } from '../types/budget.js';
import { DevelopmentRef } from '../types/development-ref.js';
import { DoctrineChangeRef, EventRef, StatementRef } from '../types/kinds.js';

const OrderFieldEnum = builder.enumType('DevelopmentOrderField', {
  description: 'What developments can be ordered by.',
  values: {
    EARLIEST: { value: 'occurredEarliest', description: 'The first day that it can have occurred.' },
    LATEST: { value: 'occurredLatest', description: 'The last day that it can have occurred.' },
    RECORDED: { value: 'recordedAt', description: 'When it was first written down.' },
    RELEVANCE: {
      value: 'relevance',
      description:
        'How well it answers the texts of the filter, which must have one: a word counts most in the headline, then in the summary, then in the words said and in names. The 1,000 newest that the filter picks, by EARLIEST, are ranked and paged through; `totalCount` counts the others too. ASC has the worst of them first.',
    },
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

/** Which developments a list is of. */
export interface ListArgs {
  readonly filter?: DevelopmentFilter | null | undefined;
  readonly asOf?: AsOf | null | undefined;
}

/** A page of developments: of all, of one kind, or of those that cite a source. */
export async function developmentPage(
  args: PageArgs & ListArgs & { readonly orderBy?: OrderArg },
  context: Context,
  only: Pick<ListOptions, 'kind' | 'citing'> = {},
) {
  const { db, viewer } = context;
  const { field, direction } = args.orderBy ?? { field: 'occurredEarliest', direction: 'desc' };
  const list = await listDevelopments(db, viewer, {
    ...only,
    filter: args.filter,
    order: field,
    at: await atOf(context, args.asOf),
  });
  return createPage({
    args,
    order: orderOf(field, direction),
    find: async (page) => {
      showDevelopments(context, page.take - 1); // Before they are read: thousands of pages would be, at once.
      const views = await readPage(db, list, developmentsOn(page, field));
      noteReferences(context, views);
      return views;
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
  relevance: ({ rank = 0 }) => rank,
};

function developmentsOn({ columns, bounds, take }: PageQuery, field: OrderField): DevelopmentPage {
  const [{ direction } = { direction: 'desc' as const }] = columns; // Both columns go the same way.
  return {
    field,
    direction,
    bounds: bounds.map(({ values: [value, id], isAfter }) => ({
      value: value as Date | number,
      id: id as string,
      isAfter,
    })),
    take,
  };
}

type ArgBuilder = Pick<Parameters<Parameters<typeof builder.queryFields>[0]>[0], 'arg'>;

/** The arguments of every list of developments. */
export const listArgs = (t: ArgBuilder) => ({
  filter: t.arg({ type: DevelopmentFilterInput, description: 'Which ones; all, where left out.' }),
  orderBy: t.arg({ type: OrderInput, description: 'In which order; by EARLIEST, DESC, where left out.' }),
  asOf: t.arg({ type: AsOfInput, description: 'The list as it stood then; as it is now, where left out.' }),
});

builder.queryFields((t) => {
  const args = listArgs(t);
  return {
    developments: t.connection(
      {
        complexity: pageCost,
        type: DevelopmentRef,
        description: 'Developments of all kinds, newest first where no order is given.',
        args,
        resolve: (_root, page, context) => developmentPage(page, context),
      },
      ...connectionTypes('Development', 'developments'),
    ),
    events: t.connection(
      {
        complexity: pageCost,
        type: EventRef,
        description: 'Events, newest first where no order is given.',
        args,
        resolve: (_root, page, context) => developmentPage(page, context, { kind: 'EVENT' }),
      },
      ...connectionTypes('Event', 'events'),
    ),
    statements: t.connection(
      {
        complexity: pageCost,
        type: StatementRef,
        description: 'Statements, newest first where no order is given.',
        args,
        resolve: (_root, page, context) => developmentPage(page, context, { kind: 'STATEMENT' }),
      },
      ...connectionTypes('Statement', 'statements'),
    ),
    doctrineChanges: t.connection(
      {
        complexity: pageCost,
        type: DoctrineChangeRef,
        description: 'Doctrine changes, newest first where no order is given.',
        args,
        resolve: (_root, page, context) => developmentPage(page, context, { kind: 'DOCTRINE_CHANGE' }),
      },
      ...connectionTypes('DoctrineChange', 'doctrine changes'),
    ),
  };
});
