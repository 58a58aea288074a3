import {
  changesBetween,
  countChanges,
  type RecordChange,
  readChanges,
} from '../../domain/changes-between.js';
import { describeChanges } from '../../domain/development/read/field-changes.js';
import { builder } from '../builder.js';
import { batched } from '../context.js';
import { pageCost, priced } from '../cost.js';
import { AsOfInput } from '../inputs/as-of.js';
import { DevelopmentFilterInput } from '../inputs/filter.js';
import { createPage } from '../page.js';
import type { Order } from '../page-cursor.js';
import { connectionTypes } from '../relay.js';
import { FieldChangeRef } from '../types/development/revision.js';

const loadChanges = batched(100, ({ db, viewer }, changes: readonly RecordChange[]) =>
  describeChanges(db, viewer, changes),
);

const RecordChangeKindEnum = builder.enumType('RecordChangeKind', {
  description: 'The kind of a change between two points of the record.',
  values: {
    PUBLISHED: { description: 'The development was published.' },
    REVISED: { description: 'The development was published before and has changed.' },
    RETRACTED: { description: 'The development was withdrawn.' },
  },
});

const RecordChangeRef = builder.objectRef<RecordChange>('RecordChange').implement({
  description:
    'The difference of a development between two points of the record. Ignores intermediate revisions.',
  fields: (t) => ({
    kind: t.field({
      type: RecordChangeKindEnum,
      description: 'The kind of the change.',
      resolve: ({ before, after }) => {
        if (after.status === 'RETRACTED') return 'RETRACTED';
        return before ? 'REVISED' : 'PUBLISHED';
      },
    }),
    before: t.field({
      type: 'Development',
      nullable: true,
      description: 'The development as it was at `from`. Null if it was not published yet.',
      resolve: ({ before }) => before ?? null,
    }),
    after: t.field({
      type: 'Development',
      description: 'The development as it was at `to`.',
      resolve: ({ after }) => after,
    }),
    changes: t.field({
      type: [FieldChangeRef],
      description:
        'The fields that differ, ordered by name. For a newly published development, all fields with a value, and `before` is null.',
      resolve: (change, _args, context) => loadChanges(context, change),
    }),
  }),
});

const BY_POSITION: Order<RecordChange> = {
  name: 'position',
  columns: [
    { field: 'position', type: 'number', direction: 'asc', value: ({ position }) => Number(position) },
  ],
};

builder.queryField('changesBetween', (t) =>
  t.connection(
    {
      ...priced(pageCost),
      nullable: true,
      type: RecordChangeRef,
      description:
        'The differences of the public record between two points. Contains each development that changed after `from`, up to `to`, once, ordered by its last change. The filter selects a development if it matches at either point. To get every single change, subscribe to `feed`.',
      args: {
        from: t.arg({ type: AsOfInput, required: true, description: 'The earlier point.' }),
        to: t.arg({ type: AsOfInput, description: 'The later point. Now by default.' }),
        filter: t.arg({
          type: DevelopmentFilterInput,
          description: 'The developments to compare. All by default.',
        }),
      },
      resolve: async (_root, { from, to, filter, ...args }, context) => {
        const { db } = context;
        const list = await changesBetween(db, { from, to }, filter, (error) => context.warn(error));
        return createPage({
          args,
          order: BY_POSITION,
          find: ({ columns, bounds, take }) =>
            readChanges(db, list, {
              direction: columns[0]?.direction ?? 'asc',
              bounds: bounds.map(({ values: [position], isAfter, isInclusive }) => ({
                position: position as number,
                isAfter,
                isInclusive,
              })),
              take,
            }),
          count: (limit) => countChanges(db, list, limit),
        });
      },
    },
    ...connectionTypes('RecordChange', 'changes'),
  ),
);
