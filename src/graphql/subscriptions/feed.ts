import DataLoader from 'dataloader';
import { parseCursor } from '../../domain/as-of.js';
import type { DevelopmentContent } from '../../domain/development/content/content.js';
import { prepareFilter } from '../../domain/filter/prepare.js';
import type { DevelopmentFacts, DevelopmentFilter, PreparedFilter } from '../../domain/filter/types.js';
import { matchTexts, type ShownRevision } from '../../domain/search/query.js';
import { encodeCursor } from '../../feed/cursor.js';
import type { FeedEvent } from '../../feed/event.js';
import { type FeedEntry, type RevisionState, readHead } from '../../feed/log.js';
import { builder } from '../builder.js';
import type { Context } from '../context.js';
import { DevelopmentFilterInput } from '../inputs/filter.js';
import { type ChangeItem, developmentOf, type FeedItem, FeedItemRef } from './feed-item.js';
import { FeedPlan } from './feed-plan.js';

builder.queryField('feedHead', (t) =>
  t.field({
    type: 'Cursor',
    description:
      'The latest position in the feed. Query it together with a snapshot, then subscribe to `feed` after it: you miss no change.',
    resolve: async (_root, _args, { db }) => encodeCursor(await readHead(db)),
  }),
);

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
        'All public changes to matching developments, in commit order: first a replay of the changes after the cursor, then FeedCaughtUp once, then live changes. Without a cursor it starts live.\n\nEach item has a cursor. To resume, on this server or another, pass the cursor of the last item you have processed: you receive every missed change exactly once. Over server-sent events, the cursor is also the event id, and a `Last-Event-ID` header overrides `after`.\n\nA client that reads too slowly is disconnected: a WebSocket closes with code 4413 and the last cursor as its reason.',
      args: {
        after: t.arg({
          type: 'Cursor',
          description: 'The cursor of the last item you have processed, or `feedHead`.',
        }),
        filter,
      },
      subscribe: (_root, { after, filter: wanted }, context) => planFeed(context, after, wanted),
      resolve: (item) => item as FeedItem,
    }),
  };
});

/** Plans the feed: every change that concerns the filter, from a cursor on. */
async function planFeed(
  context: Context,
  after: string | null | undefined,
  filter: DevelopmentFilter | null | undefined,
): Promise<FeedPlan> {
  const itemOf = await selectItems(context, filter);
  const cursor = context.resumeFrom ?? after;
  return new FeedPlan({
    after: cursor == null ? undefined : parseCursor(cursor),
    isResumable: true,
    itemOf: async (event) => (event.kind === 'ENTRY' ? itemOf(event) : event),
  });
}

/** Plans publications only, starting live. */
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

/** Returns a function that makes items from entries: undefined if the filter matches neither before nor after. */
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
    // A development that matched before the change is reported too, e.g. its retraction.
    const matches = picks(entry.after, texts.after);
    return matches || picks(entry.before, texts.before)
      ? { kind: entry.change, at, entry, matches }
      : undefined;
  };
}

/** Entries looked up by one statement. */
const MAX_TOGETHER = 100;

/** The filter's search texts that match the development after and before the entry. */
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
