import { listDevelopments } from '../../domain/development/read/list.js';
import { countTimeline, type TimelineBucket } from '../../domain/timeline.js';
import { builder } from '../builder.js';
import { priced } from '../cost.js';
import { AsOfInput, atOf } from '../inputs/as-of.js';
import { DevelopmentFilterInput } from '../inputs/filter.js';
import { timelineCost } from '../timeline-cost.js';
import { DevelopmentKindEnum } from '../types/enums/development.js';

const IntervalEnum = builder.enumType('TimelineInterval', {
  description: 'The length of the spans of a timeline.',
  values: {
    DAY: { description: 'Calendar days.' },
    WEEK: { description: 'Weeks from Monday to Sunday (ISO 8601).' },
    MONTH: { description: 'Calendar months.' },
    YEAR: { description: 'Calendar years.' },
  },
});

const TimelineBucketRef = builder.objectRef<TimelineBucket>('TimelineBucket').implement({
  description: 'The number of developments of a kind in a span of time.',
  fields: (t) => ({
    from: t.expose('from', {
      type: 'Date',
      nullable: true,
      description: 'The first day of the span. Null for developments without an earliest day.',
    }),
    to: t.expose('to', {
      type: 'Date',
      nullable: true,
      description: 'The last day of the span, inclusive. Null if `from` is null.',
    }),
    kind: t.expose('kind', { type: DevelopmentKindEnum, description: 'The kind of the developments.' }),
    count: t.exposeInt('count', {
      description: 'The number of developments whose earliest day is in the span. At least 1.',
    }),
    certain: t.exposeInt('certain', {
      description:
        'The number of those whose latest day is in the span too. The others may have occurred later.',
    }),
  }),
});

builder.queryField('timeline', (t) =>
  t.field({
    ...priced(timelineCost),
    nullable: true,
    type: [TimelineBucketRef],
    description:
      'Counts developments by span of time and kind, oldest span first. Omits empty spans. Each development counts once, in the span of the earliest day it can have occurred, so the counts add up to the length of the list.',
    args: {
      filter: t.arg({
        type: DevelopmentFilterInput,
        description: 'The developments to count. All by default.',
      }),
      interval: t.arg({ type: IntervalEnum, required: true, description: 'The length of the spans.' }),
      asOf: t.arg({
        type: AsOfInput,
        description: 'Count the record as it was at this point. Now by default.',
      }),
    },
    resolve: async (_root, { filter, interval, asOf }, context) => {
      const { db, viewer } = context;
      const { days } = await listDevelopments(db, viewer, {
        filter,
        at: await atOf(context, asOf),
        onUnknownSlug: (error) => context.warn(error),
      });
      return countTimeline(db, days, interval);
    },
  }),
);
