import { v7 as newId } from 'uuid';
import { z } from 'zod';
import type { Transaction } from '../../database/open.js';
import { InvalidInputError } from '../../domain/errors.js';
import { language, parseInput, slug, slugsOf, textOrNone, url } from '../../domain/input.js';
import { findReferences } from '../../domain/references/lookup.js';
import { parseSearchTexts } from '../../domain/search/text.js';
import { type Writer, write } from '../../domain/write.js';
import type { WatchedFeed } from '../../generated/prisma/client.js';
import { addressKey } from '../inbox/arrival/canonical-url.js';
import { parseOpml } from './opml.js';

/** The most watched feeds of a record. */
export const MAX_FEEDS = 1_000;
const DEFAULT_INTERVAL = 30;
const MAX_INTERVAL = 7 * 24 * 60;

const words = textOrNone(1_000).superRefine((value, context) => {
  try {
    parseSearchTexts([value]);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
  }
});

const interval = z
  .int()
  .min(5, 'Expected an interval of at least 5 minutes.')
  .max(MAX_INTERVAL, `Expected an interval of at most ${MAX_INTERVAL} minutes, a week.`);

const rules = {
  title: textOrNone(300).nullish(),
  include: words.nullish(),
  exclude: words.nullish(),
  topics: slugsOf(20).nullish(),
  language: z.union([z.literal(''), language]).nullish(),
  source: z.union([z.literal(''), slug]).nullish(),
  interval: interval.nullish(),
};

const newFeed = z.object({ url, ...rules });
const changedFeed = z.object({ url: url.nullish(), paused: z.boolean().nullish(), ...rules });
const feedKey = z.uuid('Expected the `key` of a watched feed.');

/** The rules of a watched feed, as an editor gives them. An empty text removes a rule. */
export interface FeedRules {
  readonly title?: string | null | undefined;
  readonly include?: string | null | undefined;
  readonly exclude?: string | null | undefined;
  readonly topics?: readonly string[] | null | undefined;
  readonly language?: string | null | undefined;
  readonly source?: string | null | undefined;
  readonly interval?: number | null | undefined;
}

interface WriteOptions {
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Watches a feed. It is fetched at once.
 *
 * @returns The id of the watched feed.
 * @throws {InvalidInputError} Also for an address that is watched already.
 * @throws {UnknownSlugError} For a topic or source.
 */
export function watchFeed(
  writer: Writer,
  { idempotencyKey, ...input }: { readonly url: string } & FeedRules & WriteOptions,
): Promise<string> {
  const { url: given, ...parsed } = parseInput(newFeed, input);
  return write(writer, { operation: 'watch feed', input, idempotencyKey }, async (tx) => {
    await lockFeeds(tx);
    if ((await tx.watchedFeed.count()) >= MAX_FEEDS)
      throw InvalidInputError.at(
        'url',
        `Expected at most ${MAX_FEEDS} watched feeds. Unwatch another one first.`,
      );
    await refuseWatched(tx, given);
    const id = await insertFeed(tx, writer, given, await columnsOf(tx, parsed));
    return { result: id, feed: [] };
  });
}

/**
 * Changes the rules or the address of a watched feed. It is read again as a whole, so that the new rules hold for the items
 * that it still has.
 *
 * @throws {InvalidInputError} Also for a key that is no watched feed's.
 * @throws {UnknownSlugError}
 */
export function updateWatchedFeed(
  writer: Writer,
  {
    idempotencyKey,
    feed,
    ...input
  }: {
    readonly feed: string;
    readonly url?: string | null | undefined;
    readonly paused?: boolean | null | undefined;
  } & FeedRules &
    WriteOptions,
): Promise<string> {
  const id = parseInput(feedKey, feed, 'feed');
  const { url: given, paused, ...parsed } = parseInput(changedFeed, input);
  return write(
    writer,
    { operation: 'update watched feed', input: { feed, ...input }, idempotencyKey },
    async (tx) => {
      await lockFeeds(tx);
      const before = await findFeed(tx, id);
      const isMoved = given != null && addressKey(given) !== before.address;
      if (given != null && isMoved) await refuseWatched(tx, given);
      await tx.watchedFeed.update({
        where: { id },
        data: {
          ...(await columnsOf(tx, parsed)),
          ...(given == null ? {} : { url: given, address: addressKey(given) ?? given }),
          ...(paused == null ? {} : { isPaused: paused }),
          ...{
            revision: { increment: 1 },
            etag: null,
            lastModified: null,
            nextAt: new Date(0),
            failures: 0,
            failure: null,
            warning: null,
          },
        },
      });
      await tx.watchedEntry.deleteMany({ where: { feedId: id, itemId: null } });
      return { result: id, feed: [] };
    },
  );
}

/**
 * Ends the watching of a feed. Its inbox items stay.
 *
 * @throws {InvalidInputError} For a key that is no watched feed's.
 */
export function unwatchFeed(
  writer: Writer,
  { idempotencyKey, feed }: { readonly feed: string } & WriteOptions,
): Promise<string> {
  const id = parseInput(feedKey, feed, 'feed');
  return write(writer, { operation: 'unwatch feed', input: { feed }, idempotencyKey }, async (tx) => {
    const { url: watched } = await findFeed(tx, id);
    await tx.watchedFeed.delete({ where: { id } });
    return { result: watched, feed: [] };
  });
}

export type ImportedFeeds = {
  /** Ids of the feeds that are watched now. */
  added: string[];
  /** Addresses that were watched before, or that the file has twice. */
  alreadyWatched: string[];
  /** Addresses that cannot be watched. */
  refused: string[];
};

/**
 * Watches the feeds of an OPML file, with the default rules.
 *
 * @throws {InvalidInputError} For a file that cannot be read.
 */
export function importOpml(
  writer: Writer,
  { idempotencyKey, opml }: { readonly opml: string } & WriteOptions,
): Promise<ImportedFeeds> {
  const feeds = parseOpml(opml);
  return write(writer, { operation: 'import OPML', input: { opml }, idempotencyKey }, async (tx) => {
    await lockFeeds(tx);
    const watched = new Set(
      (await tx.watchedFeed.findMany({ select: { address: true } })).map((row) => row.address),
    );
    if (watched.size + feeds.length > MAX_FEEDS)
      throw InvalidInputError.at(
        'opml',
        `Expected at most ${MAX_FEEDS} watched feeds with those of the file.`,
      );
    const result: ImportedFeeds = { added: [], alreadyWatched: [], refused: [] };
    for (const feed of feeds) {
      const parsed = newFeed.safeParse(feed);
      const key = addressKey(feed.url);
      if (!parsed.success || key === null) result.refused.push(feed.url);
      else if (watched.has(key)) result.alreadyWatched.push(feed.url);
      else {
        watched.add(key);
        result.added.push(await insertFeed(tx, writer, parsed.data.url, await columnsOf(tx, parsed.data)));
      }
    }
    return { result, feed: [] };
  });
}

/** Reads all watched feeds, in the order in which they were added. */
export const readWatchedFeeds = (db: Transaction, ids?: readonly string[]): Promise<WatchedFeed[]> =>
  db.watchedFeed.findMany({
    ...(ids && { where: { id: { in: [...ids] } } }),
    orderBy: { id: 'asc' },
    take: MAX_FEEDS,
  });

/** Editors seldom add feeds, so they wait for each other. */
const lockFeeds = (tx: Transaction) =>
  tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('doctrine_wire.watched'))`;

async function findFeed(tx: Transaction, id: string): Promise<WatchedFeed> {
  const feed = await tx.watchedFeed.findUnique({ where: { id } });
  if (!feed) throw InvalidInputError.at('feed', 'No watched feed has this key. List them with watchedFeeds.');
  return feed;
}

async function refuseWatched(tx: Transaction, given: string): Promise<void> {
  const same = await tx.watchedFeed.findUnique({ where: { address: addressKey(given) ?? given } });
  if (same)
    throw InvalidInputError.at('url', `${same.url} is watched already. Change it with updateWatchedFeed.`);
}

async function insertFeed(
  tx: Transaction,
  { editor }: Writer,
  given: string,
  columns: Awaited<ReturnType<typeof columnsOf>>,
): Promise<string> {
  const id = newId();
  const now = new Date();
  await tx.watchedFeed.create({
    data: {
      ...columns,
      ...{
        id,
        url: given,
        address: addressKey(given) ?? given,
        addedBy: editor,
        addedAt: now,
        nextAt: new Date(0),
      },
      interval: columns.interval ?? DEFAULT_INTERVAL,
    },
  });
  return id;
}

/** Returns the columns of the rules that were given. An empty text removes one. */
async function columnsOf(tx: Transaction, given: FeedRules) {
  const { title, include, exclude, language: tag, topics, source, interval: minutes } = given;
  const refs = await findReferences(tx, { Topic: topics ?? [], Source: source ? [source] : [] });
  const orNull = (value: string) => (value === '' ? null : value);
  return {
    ...(title == null ? {} : { title: orNull(title) }),
    ...(include == null ? {} : { include: orNull(include) }),
    ...(exclude == null ? {} : { exclude: orNull(exclude) }),
    ...(tag == null ? {} : { language: orNull(tag) }),
    ...(topics == null ? {} : { topics: topics.map((one) => refs.id('Topic', one)) }),
    ...(source == null ? {} : { sourceId: source === '' ? null : refs.id('Source', source) }),
    ...(minutes == null ? {} : { interval: minutes }),
  };
}
