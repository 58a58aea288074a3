import type { Context } from '../context.js';
import type { DevelopmentContent } from '../domain/development/content.js';
import { type DevelopmentFilter, type PreparedFilter, prepareFilter } from '../domain/filter.js';
import type { DevelopmentFacts } from '../domain/filter-match.js';
import { noting } from '../domain/reads.js';
import { decodeCursor, encodeCursor } from '../feed/cursor.js';
import type { FeedEvent } from '../feed/event.js';
import { type FeedEntry, type RevisionState, readHead } from '../feed/log.js';
import { builder } from './builder.js';
import { DevelopmentRef } from './development-ref.js';
import { type ChangeItem, developmentOf, type FeedItem, FeedItemRef } from './feed-item.js';
import { FeedPlan } from './feed-plan.js';
import { DevelopmentFilterInput } from './filter.js';

builder.queryField('feedHead', (t) =>
  t.field({
    type: 'Cursor',
    description:
      'The newest place in the feed. Take it in the same request as a snapshot and follow `feed` after it: what the snapshot lacks comes then.',
    resolve: async (_root, _args, { db }) =>
      encodeCursor(await readHead(noting(db, (reads) => reads.feed()))),
  }),
);

builder.subscriptionFields((t) => {
  const filter = t.arg({
    type: DevelopmentFilterInput,
    description: 'Which developments; all, where left out.',
  });
  return {
    developmentPublished: t.field({
      type: DevelopmentRef,
      description:
        'Each development that is published from now on and that the filter picks, in the order of publication. What is published while you are not connected is lost to you: `feed` is the durable one.',
      args: { filter },
      subscribe: (_root, args, context) => planPublications(context, args.filter),
      resolve: (item) => developmentOf(item as ChangeItem),
    }),
    feed: t.field({
      type: FeedItemRef,
      description:
        'Every published change that the filter picks, in the order of the record: first what came after the cursor, then FeedCaughtUp once, then what is new as it comes. Without a cursor it begins with what is new. Each item carries a cursor; come back with that of the last item that you have finished with, to this server or another, and you get exactly what you missed. Over server-sent events the cursor is also the event id, and a Last-Event-ID header takes the place of `after`. A client that takes nothing for too long is cut off: a WebSocket closes with 4413 and the last cursor as its reason.',
      args: {
        after: t.arg({
          type: 'Cursor',
          description: 'The cursor of the last item that you have finished with, or feedHead.',
        }),
        filter,
      },
      subscribe: (_root, { after, filter: wanted }, context) => planFeed(context, after, wanted),
      resolve: (item) => item as FeedItem,
    }),
  };
});

/** The feed: every change that concerns the filter, from a cursor on. */
async function planFeed(
  { db, resumeFrom }: Context,
  after: string | null | undefined,
  filter: DevelopmentFilter | null | undefined,
): Promise<FeedPlan> {
  const prepared = await prepareFilter(db, filter);
  const cursor = resumeFrom ?? after;
  return new FeedPlan({
    after: cursor == null ? undefined : decodeCursor(cursor),
    isResumable: true,
    itemOf: async (event) => (event.kind === 'ENTRY' ? itemOf(db, event, prepared) : event),
  });
}

/** The feed's publications alone, from now on. */
async function planPublications(
  { db }: Context,
  filter: DevelopmentFilter | null | undefined,
): Promise<FeedPlan> {
  const prepared = await prepareFilter(db, filter);
  return new FeedPlan({
    after: undefined,
    isResumable: false,
    itemOf: async (event) =>
      event.kind === 'ENTRY' && event.entry.change === 'PUBLISHED' ? itemOf(db, event, prepared) : undefined,
  });
}

/** The item for an entry, or undefined where the filter picks the development neither before nor after. */
async function itemOf(
  db: Context['db'],
  { at, entry }: Extract<FeedEvent, { kind: 'ENTRY' }>,
  filter: PreparedFilter,
): Promise<ChangeItem | undefined> {
  const countries = filter.asksForCountry ? await countriesIn(db, entry) : NO_COUNTRIES;
  const picks = (state: RevisionState | null) =>
    state !== null && filter.matches(factsOf(entry, state, countries));
  // A filter on the status of lists says nothing of a withdrawal: what was picked before is told of.
  const matches = picks(entry.after);
  return matches || picks(entry.before) ? { kind: entry.change, at, entry, matches } : undefined;
}

const NO_COUNTRIES: ReadonlyMap<string, string> = new Map();

function factsOf(
  { recordedAt }: FeedEntry,
  { snapshot, status }: RevisionState,
  countries: ReadonlyMap<string, string>,
): DevelopmentFacts {
  return { content: snapshot as DevelopmentContent, status, recordedAt, countries };
}

async function countriesIn(db: Context['db'], { before, after }: FeedEntry): Promise<Map<string, string>> {
  const contents = [before, after].flatMap((state) => (state ? [state.snapshot as DevelopmentContent] : []));
  const actors = await db.actor.findMany({
    where: { id: { in: contents.flatMap((it) => it.participants.map(({ actorId }) => actorId)) } },
    select: { id: true, countryCode: true },
  });
  return new Map(actors.flatMap(({ id, countryCode }) => (countryCode ? [[id, countryCode]] : [])));
}
