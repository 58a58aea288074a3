import DataLoader from 'dataloader';
import type { DevelopmentContent } from '../../domain/development/content.js';
import type { DevelopmentFacts } from '../../domain/filter/match.js';
import { type DevelopmentFilter, type PreparedFilter, prepareFilter } from '../../domain/filter/prepare.js';
import { matchTexts, type ShownRevision } from '../../domain/search/query.js';
import { decodeCursor, encodeCursor } from '../../feed/cursor.js';
import type { FeedEvent } from '../../feed/event.js';
import { type FeedEntry, type RevisionState, readHead } from '../../feed/log.js';
import { builder } from '../builder.js';
import type { Context } from '../context.js';
import { DevelopmentFilterInput } from '../inputs/filter.js';
import { DevelopmentRef } from '../types/development-ref.js';
import { type ChangeItem, developmentOf, type FeedItem, FeedItemRef } from '../types/feed-item.js';
import { FeedPlan } from './feed-plan.js';

builder.queryField('feedHead', (t) =>
  t.field({
    type: 'Cursor',
    description:
      'The newest place in the feed. Take it in the same request as a snapshot and follow `feed` after it: what the snapshot lacks comes then.',
    resolve: async (_root, _args, { db }) => encodeCursor(await readHead(db)),
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
  context: Context,
  after: string | null | undefined,
  filter: DevelopmentFilter | null | undefined,
): Promise<FeedPlan> {
  const itemOf = await selectItems(context, filter);
  const cursor = context.resumeFrom ?? after;
  return new FeedPlan({
    after: cursor == null ? undefined : decodeCursor(cursor),
    isResumable: true,
    itemOf: async (event) => (event.kind === 'ENTRY' ? itemOf(event) : event),
  });
}

/** The feed's publications alone, from now on. */
async function planPublications(
  context: Context,
  filter: DevelopmentFilter | null | undefined,
): Promise<FeedPlan> {
  const itemOf = await selectItems(context, filter);
  return new FeedPlan({
    after: undefined,
    isResumable: false,
    itemOf: async (event) =>
      event.kind === 'ENTRY' && event.entry.change === 'PUBLISHED' ? itemOf(event) : undefined,
  });
}

type EntryEvent = Extract<FeedEvent, { kind: 'ENTRY' }>;

/** Makes the items for entries; undefined where the filter picks the development neither before nor after. */
async function selectItems(
  context: Context,
  wanted: DevelopmentFilter | null | undefined,
): Promise<(event: EntryEvent) => Promise<ChangeItem | undefined>> {
  const { db } = context;
  const filter = await prepareFilter(db, wanted);
  // Batches the entries that are rendered together. Not a loader of the context: a group outlives the request.
  const findTexts = new DataLoader((entries: readonly FeedEntry[]) => textsOf(db, filter, entries), {
    cache: false,
    maxBatchSize: MAX_TOGETHER,
    batchScheduleFn: setImmediate,
  });
  return async ({ at, entry }) => {
    const countries = filter.asksForCountry ? await countriesIn(db, entry) : NO_COUNTRIES;
    const texts = filter.texts.length > 0 ? await findTexts.load(entry) : NO_TEXTS;
    const picks = (state: RevisionState | null, found: ReadonlySet<string>) =>
      state !== null && filter.matches(factsOf(entry, state, countries, found));
    // A filter on the status of lists says nothing of a withdrawal: what was picked before is told of.
    const matches = picks(entry.after, texts.after);
    return matches || picks(entry.before, texts.before)
      ? { kind: entry.change, at, entry, matches }
      : undefined;
  };
}

/** How many entries are looked up by one statement. */
const MAX_TOGETHER = 100;

/** The filter's texts that find the development as the entry left it, and as it was before. */
interface EntryTexts {
  readonly after: ReadonlySet<string>;
  readonly before: ReadonlySet<string>;
}

const NO_TEXTS: EntryTexts = { after: new Set(), before: new Set() };

async function textsOf(
  db: Context['db'],
  { texts }: PreparedFilter,
  entries: readonly FeedEntry[],
): Promise<EntryTexts[]> {
  const revisions = entries.flatMap(({ developmentId, revision }): ShownRevision[] => [
    { developmentId, revision },
    { developmentId, revision: revision - 1 },
  ]);
  const found = await matchTexts(db, texts, revisions);
  return entries.map((_, index) => ({
    after: found[2 * index] ?? NO_TEXTS.after,
    before: found[2 * index + 1] ?? NO_TEXTS.before,
  }));
}

const NO_COUNTRIES: ReadonlyMap<string, string> = new Map();

function factsOf(
  { recordedAt }: FeedEntry,
  { snapshot, status }: RevisionState,
  countries: ReadonlyMap<string, string>,
  texts: ReadonlySet<string>,
): DevelopmentFacts {
  return { content: snapshot as DevelopmentContent, status, recordedAt, countries, texts };
}

async function countriesIn(db: Context['db'], { before, after }: FeedEntry): Promise<Map<string, string>> {
  const contents = [before, after].flatMap((state) => (state ? [state.snapshot as DevelopmentContent] : []));
  const actors = await db.actor.findMany({
    where: { id: { in: contents.flatMap((it) => it.participants.map(({ actorId }) => actorId)) } },
    select: { id: true, countryCode: true },
  });
  return new Map(actors.flatMap(({ id, countryCode }) => (countryCode ? [[id, countryCode]] : [])));
}
