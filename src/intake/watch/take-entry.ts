import type { Database } from '../../database/open.js';
import { DomainError } from '../../domain/errors.js';
import { matchesWords } from '../../domain/search/match-words.js';
import { FetchFailedError } from '../../files/fetch/errors.js';
import type { FetchOptions } from '../../files/fetch/fetch-address.js';
import type { Article } from '../article/article.js';
import { fetchArticle } from '../article/fetch-article.js';
import { type Arrival, saveArrival } from '../inbox/arrival/save-arrival.js';
import type { DocumentReader } from '../reader/document-reader.js';
import { type DueFeed, markSeen } from './due.js';
import type { FeedEntry } from './feed-document.js';
import type { Lease } from './lease.js';

export interface EntryOptions {
  readonly db: Database;
  readonly lease: Lease;
  readonly fetch: Omit<FetchOptions, 'maxBytes' | 'timeout' | 'headers'>;
  readonly reader: DocumentReader;
  /** How often the article of an entry could not be fetched, by the hash of the entry. */
  readonly attempts: Map<string, number>;
  onArrival(feed: DueFeed, arrival: Arrival): void;
}

/** What became of an entry: a new item of the inbox, one that it had, none by the rules, or none before the next poll. */
export interface TakenEntry {
  readonly outcome: 'NEW' | 'KNOWN' | 'LEFT_OUT' | 'LATER';
  /** Why only the summary of the feed was kept of its article, in words. */
  readonly problem?: string | undefined;
}

/** How often the article of an entry is tried before the summary of the feed is kept in its place. */
const MAX_ATTEMPTS = 3;

/**
 * Saves an entry, leaves it out by the rules, or leaves it for the next poll.
 *
 * @throws {LeaseLostError} If another instance watches now.
 */
export async function takeEntry(feed: DueFeed, entry: FeedEntry, options: EntryOptions): Promise<TakenEntry> {
  const { db, lease } = options;
  const leaveOut = () =>
    db.$transaction(async (tx) => {
      await lease.hold(tx);
      await markSeen(tx, feed.id, entry, null);
      return { outcome: 'LEFT_OUT' } as const;
    });
  const matches = (words: string, text: string) =>
    matchesWords(db, words, {
      title: entry.title,
      text,
      language: feed.language ?? entry.language ?? undefined,
    });
  if (feed.exclude !== null && (await matches(feed.exclude, entry.text ?? entry.summary))) return leaveOut();
  const fetched = entry.text === null ? await articleOf(entry, options) : NO_ARTICLE;
  if (fetched === 'LATER') return { outcome: 'LATER' };
  const { article, problem } = fetched;
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
  return { outcome: arrival.isNew ? 'NEW' : 'KNOWN', problem };
}

interface FetchedEntry {
  readonly article: Article | null;
  /** Why there is none, in words. */
  readonly problem?: string;
}

const NO_ARTICLE: FetchedEntry = { article: null };

/** Fetches the article of an entry. */
async function articleOf(
  entry: FeedEntry,
  { fetch, reader, attempts }: EntryOptions,
): Promise<FetchedEntry | 'LATER'> {
  if (entry.url === null) return NO_ARTICLE;
  try {
    const article = await fetchArticle(entry.url, { ...fetch, reader });
    attempts.delete(entry.hash);
    return { article };
  } catch (error) {
    if (fetch.signal?.aborted || !(error instanceof DomainError)) throw error;
    const count = (attempts.get(entry.hash) ?? 0) + 1;
    if (!isPassing(error) || count >= MAX_ATTEMPTS) {
      attempts.delete(entry.hash);
      return { article: null, problem: error.message };
    }
    attempts.set(entry.hash, count);
    return 'LATER';
  }
}

/** Whether the same request may succeed later. */
const isPassing = (error: DomainError) =>
  error instanceof FetchFailedError &&
  (error.status === undefined || error.status === 429 || error.status >= 500);
