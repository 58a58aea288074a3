import type { IncomingHttpHeaders } from 'node:http';
import { DomainError } from '../../domain/errors.js';
import { isStorable } from '../../domain/input.js';
import { FetchFailedError } from '../../files/fetch/errors.js';
import { fetchAddress } from '../../files/fetch/fetch-address.js';
import { type DueFeed, touchSeen, withoutSeen } from './due.js';
import { LeaseLostError } from './lease.js';
import { parseRetryAfter, pauseAfter } from './schedule.js';
import { type EntryOptions, type TakenEntry, takeEntry } from './take-entry.js';

export interface PollOptions extends EntryOptions {
  onFailure(feed: DueFeed, failure: string): void;
  /** Called if articles of a feed could not be read or saved. */
  onWarning(feed: DueFeed, warning: string): void;
  /** Called for what should not happen. */
  onError(error: unknown): void;
}

const MAX_FEED_BYTES = 5 * 1024 * 1024;
const FEED_TIMEOUT = 30_000;
const FEED_TYPES =
  'application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, application/json;q=0.9, text/xml;q=0.8, */*;q=0.1';
const MINUTE = 60_000;

/**
 * Fetches a watched feed and saves its new and changed items, each in a transaction of its own. The validators of the answer
 * are kept once all its items are saved: a poll that ends before asks for the whole feed again. An item whose article cannot
 * be read, or that cannot be saved, keeps no other item waiting.
 *
 * @throws {LeaseLostError} If another instance watches now.
 */
export async function pollFeed(feed: DueFeed, options: PollOptions): Promise<void> {
  try {
    await poll(feed, options);
  } catch (error) {
    if (isEnd(error, options)) throw error;
    if (!(error instanceof DomainError)) options.onError(error);
    const failure = error instanceof DomainError ? error.message : DEFECT;
    await saveFailure(feed, failure, error instanceof BusyFeedError ? error.retryAfter : null, options);
    options.onFailure(feed, failure);
  }
}

const DEFECT = 'This server failed while it read the feed. Its log has the reason.';

/** Whether an error ends the work on all feeds. */
const isEnd = (error: unknown, { fetch }: PollOptions) =>
  error instanceof LeaseLostError || fetch.signal?.aborted === true;

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
    return saveSuccess(
      feed,
      { keys: [], title: null, validators: feed, hasNew: false, warning: undefined },
      options,
    );
  if (status !== 200) {
    const retryAfter = parseRetryAfter(headers['retry-after'], Date.now());
    throw new BusyFeedError(`${url.href} answers with the status ${status}.`, status, retryAfter);
  }
  const type = headers['content-type'] ?? '';
  const { title, entries } = await options.reader.readFeed(body, type, url.href);
  let hasNew = false;
  let isComplete = true;
  const fresh = await withoutSeen(db, feed.id, entries);
  const unread: string[] = [];
  const unsaved: string[] = [];
  // The oldest first, so that the inbox has them in their order.
  for (const entry of fresh.reverse()) {
    const { outcome, problem } = await takeEntry(feed, entry, options).catch((error: unknown): TakenEntry => {
      if (isEnd(error, options)) throw error;
      options.onError(error);
      unsaved.push(entry.url ?? entry.title);
      return { outcome: 'LATER' };
    });
    if (outcome === 'LATER') isComplete = false;
    if (outcome === 'NEW') hasNew = true;
    if (problem !== undefined) unread.push(problem);
  }
  const warning = warningOf(unread, unsaved);
  await saveSuccess(
    feed,
    {
      ...{ keys: entries.map(({ key }) => key), title, hasNew },
      validators: isComplete ? validatorsOf(headers) : NONE,
      warning: fresh.length > 0 ? warning : undefined,
    },
    options,
  );
  if (warning !== null) options.onWarning(feed, warning);
}

/**
 * Says in words what went wrong with items of a feed. Null if nothing did.
 *
 * @param unread Why articles could not be read.
 * @param unsaved Addresses of items that could not be saved.
 */
function warningOf(unread: readonly string[], unsaved: readonly string[]): string | null {
  const sentences = [
    unread.length > 0 &&
      `${counted(unread.length, 'article')} could not be read, so the inbox has only what the feed says there. The last reason: ${unread.at(-1)}`,
    unsaved.length > 0 &&
      `${counted(unsaved.length, 'item')} could not be saved and will be tried again. The log of this server has the reason. The last one: ${unsaved.at(-1)}.`,
  ].filter((sentence) => sentence !== false);
  return sentences.length > 0 ? sentences.join(' ') : null;
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

type Validators = Pick<DueFeed, 'etag' | 'lastModified'>;

const NONE: Validators = { etag: null, lastModified: null };

function validatorsOf(headers: IncomingHttpHeaders): Validators {
  const kept = (value: string | undefined) =>
    value !== undefined && value.length <= 500 && isStorable(value) ? value : null;
  return { etag: kept(headers.etag), lastModified: kept(headers['last-modified']) };
}

interface Success {
  readonly keys: readonly string[];
  readonly title: string | null;
  readonly validators: Validators;
  readonly hasNew: boolean;
  /** Undefined: that of the last poll with items that were new or had changed remains. */
  readonly warning: string | null | undefined;
}

async function saveSuccess(
  feed: DueFeed,
  { keys, title, validators, hasNew, warning }: Success,
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
      SET last_success_at = now(), failures = 0, failure = NULL, title = coalesce(title, ${title && storable(title)}),
          warning = CASE WHEN ${warning !== undefined}::boolean THEN ${warning == null ? null : wordsOf(warning)} ELSE warning END,
          last_new_item_at = CASE WHEN ${hasNew}::boolean THEN now() ELSE last_new_item_at END,
          next_at = CASE WHEN revision = ${feed.revision}::int THEN now() + ${pause}::int * interval '1 millisecond' ELSE next_at END,
          etag = CASE WHEN revision = ${feed.revision}::int THEN ${etag} END,
          last_modified = CASE WHEN revision = ${feed.revision}::int THEN ${lastModified} END
      WHERE id = ${feed.id}::uuid`;
  });
}

const MAX_WORDS = 500;

/** Replaces what PostgreSQL and UTF-8 cannot store. */
const storable = (text: string) => text.replaceAll('\u0000', ' ').toWellFormed();
const wordsOf = (text: string) => storable(text.slice(0, MAX_WORDS));

async function saveFailure(
  feed: DueFeed,
  failure: string,
  retryAfter: number | null,
  { db, lease }: PollOptions,
): Promise<void> {
  const failures = feed.failures + 1;
  const pause = pauseAfter({ interval: feed.interval * MINUTE, failures, retryAfter }, Math.random());
  await db.$transaction(async (tx) => {
    await lease.hold(tx);
    await tx.$executeRaw`
      UPDATE watched_feed
      SET failures = ${failures}::int, failure = ${wordsOf(failure)},
          next_at = now() + ${pause}::int * interval '1 millisecond'
      WHERE id = ${feed.id}::uuid`;
  });
}
