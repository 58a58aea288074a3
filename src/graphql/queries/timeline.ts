import { listDevelopments } from '../../domain/development/list.js';
import { countTimeline, type TimelineBucket } from '../../domain/timeline.js';
import { builder } from '../builder.js';
import { COUNT_COST, LIST_COST } from '../cost.js';
import { AsOfInput, atOf } from '../inputs/as-of.js';
import { DevelopmentFilterInput } from '../inputs/filter.js';
import { DevelopmentKindEnum } from '../types/enums.js';

const IntervalEnum = builder.enumType('TimelineInterval', {
  description: "The width of a timeline's spans.",
  values: {
    DAY: { description: 'Calendar days.' },
    WEEK: { description: 'Weeks from Monday to Sunday (ISO 8601).' },
    MONTH: { description: 'Calendar months.' },
    YEAR: { description: 'Calendar years.' },
  },
});

const TimelineBucketRef = builder.objectRef<TimelineBucket>('TimelineBucket').implement({
  description: 'How many developments of a kind fall into a span of time.',
  fields: (t) => ({
    from: t.expose('from', {
      type: 'Date',
      nullable: true,
      description: 'The first day of the span; null for developments of which no first day is known.',
    }),
    to: t.expose('to', {
      type: 'Date',
      nullable: true,
      description: 'The last day of the span, inclusive; null as for `from`.',
    }),
    kind: t.expose('kind', { type: DevelopmentKindEnum, description: 'The kind counted.' }),
    count: t.exposeInt('count', { description: 'How many can have occurred in it first, at least 1.' }),
    certain: t.exposeInt('certain', {
      description:
        'How many of them certainly fall into the span; the others may also have occurred after it.',
    }),
  }),
});

builder.queryField('timeline', (t) =>
  t.field({
    complexity: { field: COUNT_COST, multiplier: LIST_COST },
    type: [TimelineBucketRef],
    description:
      'Developments counted by span and kind, oldest span first; empty spans are left out. Each counts once, in the span that holds the first day that it can have occurred, so that the counts add up to how many there are in the list; `certain` tells for how many the last day lies there too.',
    args: {
      filter: t.arg({ type: DevelopmentFilterInput, description: 'Which ones; all, where left out.' }),
      interval: t.arg({ type: IntervalEnum, required: true, description: 'The width of the spans.' }),
      asOf: t.arg({
        type: AsOfInput,
        description: 'The record as it stood then; as it is now, where left out.',
      }),
    },
    resolve: async (_root, { filter, interval, asOf }, context) => {
      const { db, viewer } = context;
      const { days } = await listDevelopments(db, viewer, { filter, at: await atOf(context, asOf) });
      return countTimeline(db, days, interval);
    },
  }),
);
