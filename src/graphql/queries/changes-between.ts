import {
  changesBetween,
  countChanges,
  type RecordChange,
  readChanges,
} from '../../domain/changes-between.js';
import { describeChanges } from '../../domain/development/field-changes.js';
import { batched } from '../batch.js';
import { builder } from '../builder.js';
import { connectionTypes } from '../connection.js';
import { pageCost } from '../cost.js';
import { AsOfInput } from '../inputs/as-of.js';
import { DevelopmentFilterInput } from '../inputs/filter.js';
import { createPage, type Order } from '../page.js';
import { DevelopmentRef } from '../types/development-ref.js';
import { FieldChangeRef } from '../types/field-change.js';

const loadChanges = batched(100, ({ db, viewer }, changes: readonly RecordChange[]) =>
  describeChanges(db, viewer, changes),
);

const RecordChangeKindEnum = builder.enumType('RecordChangeKind', {
  description: 'What became of a development between two points of the record.',
  values: {
    PUBLISHED: { description: 'It joined the public record.' },
    REVISED: { description: 'It was there and says something else.' },
    RETRACTED: { description: 'It was withdrawn.' },
  },
});

const RecordChangeRef = builder.objectRef<RecordChange>('RecordChange').implement({
  description: 'How a development differs between two points of the record, whatever happened in between.',
  fields: (t) => ({
    kind: t.field({
      type: RecordChangeKindEnum,
      description: 'What became of it.',
      resolve: ({ before, after }) => {
        if (after.status === 'RETRACTED') return 'RETRACTED';
        return before ? 'REVISED' : 'PUBLISHED';
      },
    }),
    before: t.field({
      type: DevelopmentRef,
      nullable: true,
      description: 'The development as it stood at `from`; null where it was not published yet.',
      resolve: ({ before }) => before ?? null,
    }),
    after: t.field({
      type: DevelopmentRef,
      description: 'The development as it stood at `to`.',
      resolve: ({ after }) => after,
    }),
    changes: t.field({
      type: [FieldChangeRef],
      description:
        'The fields that differ, by name in alphabetical order; all that are filled, with `before` null, for one that joined the record.',
      resolve: (change, _args, context) => loadChanges(context, change),
    }),
  }),
});

/** In the order in which the record changed last. */
const BY_POSITION: Order<RecordChange> = {
  name: 'position',
  columns: [
    { field: 'position', type: 'number', direction: 'asc', value: ({ position }) => Number(position) },
  ],
};

builder.queryField('changesBetween', (t) =>
  t.connection(
    {
      complexity: pageCost,
      type: RecordChangeRef,
      description:
        'How the public record differs between two points: each development once that changed after `from` and up to `to`, in the order of the last change to it. The filter is held against the development as it stood at either point. For every single change, follow `feed`.',
      args: {
        from: t.arg({ type: AsOfInput, required: true, description: 'The earlier point.' }),
        to: t.arg({ type: AsOfInput, description: 'The later point; now, where left out.' }),
        filter: t.arg({
          type: DevelopmentFilterInput,
          description: 'Which developments; all, where left out.',
        }),
      },
      resolve: async (_root, { from, to, filter, ...args }, { db }) => {
        const list = await changesBetween(db, { from, to }, filter);
        return createPage({
          args,
          order: BY_POSITION,
          find: ({ columns, bounds, take }) =>
            readChanges(db, list, {
              direction: columns[0]?.direction ?? 'asc',
              bounds: bounds.map(({ values: [position], isAfter }) => ({
                position: position as number,
                isAfter,
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
