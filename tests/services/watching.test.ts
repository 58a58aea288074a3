import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { openDatabase } from '../../src/database/open.js';
import { watchFeed } from '../../src/intake/watch/feeds.js';
import { createPostgres } from '../support/database.js';
import { type FeedSite, serveFeedSite } from '../support/feed-site.js';
import { describeWithDatabase } from '../support/fixtures.js';
import { type Running, serve, startNode } from '../support/processes/processes.js';

const PATHS = ['/rss', '/atom', '/json', '/rdf', '/broken', '/bomb'];
const TITLES = Array.from({ length: 20 }, (_, at) => `Report ${at + 1}`).sort();

type OpenRecord = Awaited<ReturnType<typeof openDatabase>>;

/** A record on PostgreSQL that watches the six feeds of a site. */
async function prepare(location: Parameters<typeof openDatabase>[0], site: FeedSite): Promise<OpenRecord> {
  const record = await openDatabase(location);
  const writer = { db: record.db, editor: 'test', wake: () => {} };
  for (const path of PATHS) await watchFeed(writer, { url: `${site.url}${path}` });
  return record;
}

const environment = (url: string, site: FeedSite) => ({
  ...{ DATABASE_URL: url, WATCH: '1', WATCH_PAUSE: '0', INTAKE_ALLOW: `127.0.0.1:${site.port}` },
});

const titles = async ({ db }: OpenRecord) =>
  (await db.inboxItem.findMany({ select: { title: true } })).map(({ title }) => title).sort();
const readFeeds = ({ db }: OpenRecord) => db.watchedFeed.count({ where: { lastSuccessAt: { not: null } } });
const untilRead = (record: OpenRecord) =>
  vi.waitFor(async () => expect(await readFeeds(record)).toBe(4), { timeout: 150_000, interval: 100 });
const articlesOf = (site: FeedSite) => site.requests.filter((path) => path.startsWith('/articles/'));

describeWithDatabase('watched feeds on PostgreSQL', () => {
  test('are fetched once by two instances', async () => {
    await using site = await serveFeedSite();
    await using database = await createPostgres();
    await using record = await prepare(database.location, site);
    const env = environment(database.location.url, site);
    await using one = await serve(env);
    await using other = await serve(env);
    await untilRead(record);
    const feeds = () => site.requests.filter((path) => PATHS.includes(path));
    await vi.waitFor(() => expect(feeds().sort()).toEqual([...PATHS].sort()), 150_000);
    expect(await titles(record)).toEqual(TITLES);
    expect(new Set(articlesOf(site)).size).toBe(articlesOf(site).length);

    // The instance that watches is killed, and the other one goes on.
    const watching = [one, other].find(({ stdout }) => stdout.includes('this instance fetches'));
    expect(watching).toBeDefined();
    await watching?.end('SIGKILL');
    await record.db.$executeRaw`UPDATE watched_feed SET next_at = now()`;
    await vi.waitFor(() => expect(site.requests.filter((path) => path === '/rss')).toHaveLength(2), {
      timeout: 40_000,
      interval: 100,
    });
    expect(await titles(record)).toEqual(TITLES);
  }, 240_000);

  test('lose no item and make none twice if the watcher is killed at any moment', async () => {
    await using site = await serveFeedSite();
    await using database = await createPostgres();
    await using record = await prepare(database.location, site);
    const env = environment(database.location.url, site);
    const main = new URL('../../dist/main.js', import.meta.url).pathname;
    let kills = 0;
    let accepted = new Set<string>();
    for (let wait = 0; (await readFeeds(record)) < 4 && kills < 12; wait += 35, kills += 1) {
      // The lease of the one that was killed would last for 15 s.
      await record.db.watchLease.deleteMany();
      await using watcher: Running = startNode(main, ['watch'], env);
      const before = site.requests.length;
      await vi.waitFor(() => expect(site.requests.length).toBeGreaterThan(before), {
        timeout: 40_000,
        interval: 5,
      });
      await sleep(wait);
      await watcher.end('SIGKILL');
      const now = new Set((await record.db.inboxItem.findMany({ select: { id: true } })).map(({ id }) => id));
      expect([...accepted].filter((id) => !now.has(id))).toEqual([]);
      accepted = now;
    }
    expect(kills).toBeGreaterThan(1);
    await record.db.watchLease.deleteMany();
    await using _last = startNode(main, ['watch'], env);
    await untilRead(record);
    expect(await titles(record)).toEqual(TITLES);
    expect(await record.db.inboxVersion.count()).toBe(20);
    expect(await record.db.watchedEntry.count()).toBe(20);
  }, 240_000);
});
