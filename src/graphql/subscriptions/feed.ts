import { parseCursor } from '../../domain/as-of.js';
import { prepareFeedFilter } from '../../domain/filter/prepare.js';
import type { DevelopmentFilter } from '../../domain/filter/types.js';
import { encodeCursor } from '../../feed/cursor.js';
import { readHead } from '../../feed/head.js';
import { builder } from '../builder.js';
import type { Context } from '../context.js';
import { DevelopmentFilterInput } from '../inputs/filter.js';
import { type ChangeItem, developmentOf, type FeedItem, FeedItemRef } from './feed-item.js';
import { FeedPlan } from './feed-plan.js';

builder.queryField('feedHead', (t) =>
  t.field({
    type: 'Cursor',
    nullable: true,
    description:
      'The latest position in the feed. Query it together with a snapshot, then subscribe to `feed` after it: you miss no change.',
    resolve: async (_root, _args, { db }) => encodeCursor(await readHead(db)),
  }),
);

const FeedReplayEnum = builder.enumType('FeedReplay', {
  description: 'The items that the feed sends before FeedCaughtUp. Afterwards it sends every change.',
  values: {
    CHANGES: { description: 'Every change, each with the development as the change left it: the history.' },
    LATEST: {
      description:
        'Each development that has changed once, as it is now, in the order of their latest changes. Use it to bring a cache or a list up to date: it never shows an older state than the one you subscribed at.',
    },
  } as const,
});

builder.subscriptionFields((t) => {
  const filter = t.arg({
    type: DevelopmentFilterInput,
    description: 'The developments to follow. All by default.',
  });
  return {
    developmentPublished: t.field({
      type: 'Development',
      description:
        'Each matching development that is published from now on, in the order of publication. You miss publications while you are disconnected; use `feed` if that matters.',
      args: { filter },
      subscribe: (_root, args, context) => planPublications(context, args.filter),
      resolve: (item) => developmentOf(item as ChangeItem),
    }),
    feed: t.field({
      type: FeedItemRef,
      description:
        'All public changes to matching developments, and with `references: true` those of references, in commit order: first a replay of the changes after the cursor, or of the latest states (`replay: LATEST`), then FeedCaughtUp once, then live changes. Without a cursor it starts live.\n\nEach item has a cursor. To resume, on this server or another, pass the cursor of the last item you have processed: you receive every missed change exactly once, or with `LATEST` every development that has changed. Over server-sent events, the cursor is also the event id, and a `Last-Event-ID` header overrides `after`.\n\nA client that reads too slowly is disconnected: a WebSocket closes with code 4413 and the last cursor as its reason.',
      args: {
        after: t.arg({
          type: 'Cursor',
          description: 'The cursor of the last item you have processed, or `feedHead`.',
        }),
        filter,
        replay: t.arg({
          type: FeedReplayEnum,
          required: true,
          defaultValue: 'CHANGES',
          description: 'The items to send before FeedCaughtUp.',
        }),
        references: t.arg.boolean({
          required: true,
          defaultValue: false,
          description:
            'Whether to send ReferenceChanged too: each change of an actor, source, topic, treaty, weapon system or doctrine, whatever the filter. ReferenceErased comes always.',
        }),
      },
      subscribe: (_root, args, context) => planFeed(context, args),
      resolve: (item) => item as FeedItem,
    }),
  };
});

/** Plans the feed: every change that concerns the filter, from a cursor on. */
async function planFeed(
  { db, resumeFrom }: Context,
  { after, filter: wanted, replay, references }: FeedArgs,
): Promise<FeedPlan> {
  const cursor = resumeFrom ?? after;
  return new FeedPlan({
    after: cursor == null ? undefined : parseCursor(cursor),
    sends: 'FEED',
    filter: await prepareFeedFilter(db, wanted),
    references,
    replay: replay === 'LATEST' && references ? 'LATEST_WITH_REFERENCES' : replay,
    wanted: replay === 'LATEST' ? (wanted ?? {}) : undefined,
  });
}

interface FeedArgs {
  readonly after?: string | null | undefined;
  readonly filter?: DevelopmentFilter | null | undefined;
  readonly replay: 'CHANGES' | 'LATEST';
  readonly references: boolean;
}

/** Plans publications only, starting live. */
async function planPublications(
  { db }: Context,
  wanted: DevelopmentFilter | null | undefined,
): Promise<FeedPlan> {
  const filter = await prepareFeedFilter(db, wanted);
  return new FeedPlan({
    ...{ after: undefined, sends: 'PUBLISHED', filter },
    ...{ references: false, replay: 'CHANGES', wanted: undefined },
  });
}
