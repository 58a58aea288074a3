import { describe, expect, test, vi } from 'vitest';
import { openDatabase } from '../../../src/database/open.js';
import { addressesExcept } from '../../../src/files/fetch/allowed-addresses.js';
import { createDocumentReader, type DocumentReader } from '../../../src/intake/reader/document-reader.js';
import { watchFeed } from '../../../src/intake/watch/feeds.js';
import { startWatcher } from '../../../src/intake/watch/watcher.js';
import { createDatabase } from '../../support/database.js';
import { type FeedSite, serveFeedSite, story } from '../../support/feed-site.js';
import { pdfBomb } from '../../support/pdf.js';
import { readerProcesses } from '../../support/processes/reader-processes.js';

/** Sends a signal to the reader's process when it is about to parse a document, as a crash or a hang would come. */
function strike(reader: DocumentReader, signals: Readonly<Record<string, NodeJS.Signals>>): DocumentReader {
  const before = (name: string) => {
    const signal = Object.entries(signals).find(([part]) => name.includes(part))?.[1];
    if (signal) for (const { pid } of readerProcesses()) process.kill(pid, signal);
  };
  return {
    readArticle: (bytes, name) => {
      before(name);
      return reader.readArticle(bytes, name);
    },
    readFeed: (bytes, type, url) => {
      before(url);
      if (url.endsWith('/json')) return Promise.reject(new TypeError('a defect'));
      return reader.readFeed(bytes, type, url);
    },
    [Symbol.asyncDispose]: () => reader[Symbol.asyncDispose](),
  };
}

/** A record that watches feeds of a site with a reader whose process is struck. */
async function watching(site: FeedSite, paths: readonly string[], signals: Record<string, NodeJS.Signals>) {
  const database = await createDatabase();
  const record = await openDatabase(database.location);
  const { db } = record;
  for (const path of paths)
    await watchFeed({ db, editor: 'test', wake: () => {} }, { url: `${site.url}${path}` });
  const real = createDocumentReader({
    ...{ timeout: 10_000, maxBytes: 180 * 1024 * 1024 },
    onDefect: (error) => errors.push(error),
  });
  const errors: unknown[] = [];
  const warnings: string[] = [];
  const allowed = addressesExcept([`127.0.0.1:${site.port}`], '');
  if (!allowed) throw new Error('The address of the site cannot be allowed.');
  const watcher = startWatcher({
    ...{ db, allowed, userAgent: 'test', pause: 0, reader: strike(real, signals) },
    ...{ wake: () => {}, onWatching: () => {}, onFailure: () => {} },
    onWarning: (_feed, warning) => warnings.push(warning),
    onError: (error) => errors.push(error),
  });
  return {
    ...{ db, errors, warnings },
    feedAt: (path: string) => db.watchedFeed.findFirstOrThrow({ where: { url: `${site.url}${path}` } }),
    items: async () => {
      const items = await db.inboxItem.findMany({ select: { title: true, text: true } });
      return new Map(items.map(({ title, text }) => [title, text]));
    },
    async [Symbol.asyncDispose]() {
      await watcher[Symbol.asyncDispose]();
      await real[Symbol.asyncDispose]();
      await record[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

const until = <T>(look: () => Promise<T>) => vi.waitFor(look, { timeout: 90_000, interval: 50 });

describe.runIf(process.platform === 'linux')('a document that harms its parser', () => {
  test('as an article, leaves its summary in the inbox and a message at its feed, and keeps no other waiting', async () => {
    await using site = await serveFeedSite();
    site.documents.set('/articles/3', pdfBomb(150_000_000));
    site.headers.set('/articles/3', { 'content-type': 'application/pdf' });
    await using watched = await watching(site, ['/rss'], {
      ...{ '/articles/4': 'SIGSEGV', '/articles/1': 'SIGSTOP' },
    });
    const feed = await until(async () => {
      const found = await watched.feedAt('/rss');
      expect(found.lastSuccessAt).not.toBeNull();
      return found;
    });
    expect(feed).toMatchObject({ failures: 0, failure: null });
    expect(feed.warning).toBe(
      '3 articles could not be read, so the inbox has only what the feed says there. The last reason: /articles/1.html cannot be read: it takes more than 10 s.',
    );
    expect(watched.warnings).toEqual([feed.warning]);
    expect(await watched.items()).toEqual(
      new Map([
        ...[2, 5].map((number) => [`Report ${number}`, story(number)] as const),
        ...[1, 3, 4].map((number) => [`Report ${number}`, `Report ${number}`] as const),
      ]),
    );
    expect(watched.errors).toEqual([]);

    // The next poll neither fetches them again nor forgets the message.
    const asked = site.requests.length;
    await watched.db.$executeRaw`UPDATE watched_feed SET next_at = now(), etag = NULL`;
    await until(async () => {
      const { lastSuccessAt } = await watched.feedAt('/rss');
      expect(lastSuccessAt).not.toEqual(feed.lastSuccessAt);
    });
    expect(site.requests.slice(asked)).toEqual(['/rss']);
    expect((await watched.feedAt('/rss')).warning).toBe(feed.warning);
  });

  test('as a feed, is a failure of this feed in words, with longer and longer pauses', async () => {
    await using site = await serveFeedSite();
    await using watched = await watching(site, ['/rss'], { '/atom': 'SIGSEGV' });
    // Its articles leave a process that waits for the next document.
    await until(async () => expect((await watched.items()).size).toBe(5));
    await until(async () => expect((await watched.feedAt('/rss')).lastSuccessAt).not.toBeNull());
    for (const path of ['/atom', '/json'])
      await watchFeed({ db: watched.db, editor: 'test', wake: () => {} }, { url: `${site.url}${path}` });
    const failed = (path: string) =>
      until(async () => {
        const feed = await watched.feedAt(path);
        expect(feed.failures).toBe(1);
        expect(feed.nextAt.getTime()).toBeGreaterThan(Date.now() + 60_000);
        return feed.failure;
      });
    expect(await failed('/atom')).toBe(`${site.url}/atom cannot be read: its parser failed.`);
    expect(await failed('/json')).toBe('This server failed while it read the feed. Its log has the reason.');
    expect(watched.errors).toEqual([new TypeError('a defect')]);
  });

  test('that cannot be saved leaves the other items, and is tried again', async () => {
    await using site = await serveFeedSite();
    await using watched = await watching(site, [], {});
    await watched.db.$executeRaw`
      ALTER TABLE inbox_item ADD CONSTRAINT no_third CHECK (title <> 'Report 3')`;
    await watchFeed({ db: watched.db, editor: 'test', wake: () => {} }, { url: `${site.url}/rss` });
    const warning = await until(async () => {
      const feed = await watched.feedAt('/rss');
      expect(feed).toMatchObject({ failure: null, lastSuccessAt: expect.any(Date) });
      return feed.warning;
    });
    expect(warning).toMatch(
      /^1 item could not be saved and will be tried again\. .* The last one: .*\/articles\/3\b/,
    );
    expect([...(await watched.items()).keys()].sort()).toEqual(
      [1, 2, 4, 5].map((number) => `Report ${number}`),
    );
    expect(watched.errors).toHaveLength(1);

    await watched.db.$executeRaw`ALTER TABLE inbox_item DROP CONSTRAINT no_third`;
    await watched.db.$executeRaw`UPDATE watched_feed SET next_at = now()`;
    await until(async () => expect((await watched.items()).get('Report 3')).toBe(story(3)));
    await until(async () => expect((await watched.feedAt('/rss')).warning).toBeNull());
  });
});
