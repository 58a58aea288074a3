import type { IncomingHttpHeaders } from 'node:http';
import type { Database } from '../../database/open.js';
import { DomainError } from '../../domain/errors.js';
import { isStorable } from '../../domain/input.js';
import { matchesWords } from '../../domain/search/match-words.js';
import { FetchFailedError } from '../../files/fetch/errors.js';
import { type FetchOptions, fetchAddress } from '../../files/fetch/fetch-address.js';
import type { Article } from '../article/article.js';
import { fetchArticle } from '../article/fetch-article.js';
import { type Arrival, saveArrival } from '../inbox/arrival/save-arrival.js';
import type { DocumentReader } from '../reader/document-reader.js';
import { type DueFeed, markSeen, touchSeen, withoutSeen } from './due.js';
import type { FeedEntry } from './feed-document.js';
import { type Lease, LeaseLostError } from './lease.js';
import { parseRetryAfter, pauseAfter } from './schedule.js';

export interface PollOptions {
  readonly db: Database;
  readonly lease: Lease;
  readonly fetch: Omit<FetchOptions, 'maxBytes' | 'timeout' | 'headers'>;
  readonly reader: DocumentReader;
  /** How often the article of an entry could not be fetched, by the hash of the entry. */
  readonly attempts: Map<string, number>;
  onArrival(feed: DueFeed, arrival: Arrival): void;
  onFailure(feed: DueFeed, failure: string): void;
}

const MAX_FEED_BYTES = 5 * 1024 * 1024;
const FEED_TIMEOUT = 30_000;
const FEED_TYPES =
  'application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, application/json;q=0.9, text/xml;q=0.8, */*;q=0.1';
/** How often the article of an entry is tried before the summary of the feed is kept in its place. */
const MAX_ATTEMPTS = 3;
const MINUTE = 60_000;

/**
 * Fetches a watched feed and saves its new and changed items, each in a transaction of its own. The validators of the answer
 * are kept once all its items are saved: a poll that ends before asks for the whole feed again.
 *
 * @throws {LeaseLostError} If another instance watches now.
 */
export async function pollFeed(feed: DueFeed, options: PollOptions): Promise<void> {
  try {
    await poll(feed, options);
  } catch (error) {
    if (error instanceof LeaseLostError || options.fetch.signal?.aborted || !(error instanceof DomainError))
      throw error;
    options.onFailure(feed, error.message);
    await saveFailure(feed, error, options);
  }
}

/** An answer that asks to wait. */
class BusyFeedError extends FetchFailedError {
  readonly retryAfter: number | null;

  constructor(message: string, status: number, retryAfter: number | null) {
    super(message, { status });
    this.retryAfter = retryAfter;
  }
}

async function poll(feed: DueFeed, options: PollOptions): Promise<void> {
  const { db } = options;
  const { status, url, headers, body } = await fetchAddress(feed.url, {
    ...options.fetch,
    maxBytes: MAX_FEED_BYTES,
    timeout: FEED_TIMEOUT,
    headers: {
      accept: FEED_TYPES,
      ...(feed.etag === null ? {} : { 'if-none-match': feed.etag }),
      ...(feed.lastModified === null ? {} : { 'if-modified-since': feed.lastModified }),
    },
  });
  if (status === 304)
    return saveSuccess(feed, { keys: [], title: null, validators: feed, hasNew: false }, options);
  if (status !== 200) {
    const retryAfter = parseRetryAfter(headers['retry-after'], Date.now());
    throw new BusyFeedError(`${url.href} answers with the status ${status}.`, status, retryAfter);
  }
  const type = headers['content-type'] ?? '';
  const { title, entries } = await options.reader.readFeed(body, type, url.href);
  let hasNew = false;
  let isComplete = true;
  // The oldest first, so that the inbox has them in their order.
  for (const entry of (await withoutSeen(db, feed.id, entries)).reverse()) {
    const arrival = await takeEntry(feed, entry, options);
    if (arrival === 'LATER') isComplete = false;
    else if (arrival !== 'LEFT_OUT' && arrival.isNew) hasNew = true;
  }
  const validators = isComplete ? validatorsOf(headers) : NONE;
  await saveSuccess(feed, { keys: entries.map(({ key }) => key), title, validators, hasNew }, options);
}

type Validators = Pick<DueFeed, 'etag' | 'lastModified'>;

const NONE: Validators = { etag: null, lastModified: null };

function validatorsOf(headers: IncomingHttpHeaders): Validators {
  const kept = (value: string | undefined) =>
    value !== undefined && value.length <= 500 && isStorable(value) ? value : null;
  return { etag: kept(headers.etag), lastModified: kept(headers['last-modified']) };
}

/** Saves an entry, leaves it out by the rules, or leaves it for the next poll. */
async function takeEntry(
  feed: DueFeed,
  entry: FeedEntry,
  options: PollOptions,
): Promise<Arrival | 'LEFT_OUT' | 'LATER'> {
  const { db, lease } = options;
  const leaveOut = () =>
    db.$transaction(async (tx) => {
      await lease.hold(tx);
      await markSeen(tx, feed.id, entry, null);
      return 'LEFT_OUT' as const;
    });
  const matches = (words: string, text: string) =>
    matchesWords(db, words, {
      title: entry.title,
      text,
      language: feed.language ?? entry.language ?? undefined,
    });
  if (feed.exclude !== null && (await matches(feed.exclude, entry.text ?? entry.summary))) return leaveOut();
  const article = entry.text === null ? await articleOf(entry, options) : null;
  if (article === 'LATER') return 'LATER';
  const text = entry.text ?? article?.text ?? (entry.summary || entry.title);
  if (text.trim() === '') return leaveOut();
  if (feed.exclude !== null && article && (await matches(feed.exclude, text))) return leaveOut();
  if (feed.include !== null && !(await matches(feed.include, text))) return leaveOut();
  const arrival = await db.$transaction(async (tx) => {
    await lease.hold(tx);
    const saved = await saveArrival(tx, {
      url: entry.url,
      title: entry.title || (article?.title ?? null),
      language: feed.language ?? article?.language ?? entry.language,
      publishedAt:
        entry.publishedAt ?? (article?.published ? new Date(`${article.published}T00:00:00Z`) : null),
      feedId: feed.id,
      text,
      originalHash: article?.hash ?? entry.hash,
    });
    await markSeen(tx, feed.id, entry, saved.item);
    return saved;
  });
  options.onArrival(feed, arrival);
  return arrival;
}

/** Fetches the article of an entry. Null if there is none that can be read. */
async function articleOf(
  entry: FeedEntry,
  { fetch, reader, attempts }: PollOptions,
): Promise<Article | null | 'LATER'> {
  if (entry.url === null) return null;
  try {
    const article = await fetchArticle(entry.url, { ...fetch, reader });
    attempts.delete(entry.hash);
    return article;
  } catch (error) {
    if (fetch.signal?.aborted || !(error instanceof DomainError)) throw error;
    const count = (attempts.get(entry.hash) ?? 0) + 1;
    if (!isPassing(error) || count >= MAX_ATTEMPTS) {
      attempts.delete(entry.hash);
      return null;
    }
    attempts.set(entry.hash, count);
    return 'LATER';
  }
}

/** Whether the same request may succeed later. */
const isPassing = (error: DomainError) =>
  error instanceof FetchFailedError &&
  (error.status === undefined || error.status === 429 || error.status >= 500);

interface Success {
  readonly keys: readonly string[];
  readonly title: string | null;
  readonly validators: Validators;
  readonly hasNew: boolean;
}

async function saveSuccess(
  feed: DueFeed,
  { keys, title, validators, hasNew }: Success,
  { db, lease }: PollOptions,
) {
  const pause = pauseAfter(
    { interval: feed.interval * MINUTE, failures: 0, retryAfter: null },
    Math.random(),
  );
  const { etag, lastModified } = validators;
  await db.$transaction(async (tx) => {
    await lease.hold(tx);
    if (keys.length > 0) await touchSeen(tx, feed.id, keys);
    await tx.$executeRaw`
      UPDATE watched_feed
      SET last_success_at = now(), failures = 0, failure = NULL, title = coalesce(title, ${title}),
          last_new_item_at = CASE WHEN ${hasNew}::boolean THEN now() ELSE last_new_item_at END,
          next_at = CASE WHEN revision = ${feed.revision}::int THEN now() + ${pause}::int * interval '1 millisecond' ELSE next_at END,
          etag = CASE WHEN revision = ${feed.revision}::int THEN ${etag} END,
          last_modified = CASE WHEN revision = ${feed.revision}::int THEN ${lastModified} END
      WHERE id = ${feed.id}::uuid`;
  });
}

const MAX_FAILURE = 500;

async function saveFailure(feed: DueFeed, error: DomainError, { db, lease }: PollOptions) {
  const failures = feed.failures + 1;
  const retryAfter = error instanceof BusyFeedError ? error.retryAfter : null;
  const pause = pauseAfter({ interval: feed.interval * MINUTE, failures, retryAfter }, Math.random());
  const failure = error.message.slice(0, MAX_FAILURE).replaceAll('\u0000', ' ').toWellFormed();
  await db.$transaction(async (tx) => {
    await lease.hold(tx);
    await tx.$executeRaw`
      UPDATE watched_feed
      SET failures = ${failures}::int, failure = ${failure}, next_at = now() + ${pause}::int * interval '1 millisecond'
      WHERE id = ${feed.id}::uuid`;
  });
}
