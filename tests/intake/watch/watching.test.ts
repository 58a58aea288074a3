import { expect, vi } from 'vitest';
import { createDatabase } from '../../support/database.js';
import { type FeedSite, rssOf, serveFeedSite, story } from '../../support/feed-site.js';
import { test as base, describeWithDatabase } from '../../support/fixtures.js';
import { serveWeb } from '../../support/hostile-web.js';
import { startTestServer, type TestServer } from '../../support/server.js';

interface Watching {
  readonly site: FeedSite;
  readonly server: TestServer;
}

const test = base.extend<{ watching: Watching }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the pattern.
  watching: async ({}, use) => {
    await using site = await serveFeedSite();
    await using database = await createDatabase();
    await using server = await startTestServer(database.location, {
      ...{ WATCH: '1', WATCH_PAUSE: '0', INTAKE_ALLOW: `127.0.0.1:${site.port}` },
    });
    await use({ site, server });
  },
});

const FEED =
  'key url title failures failure lastSuccessAt lastNewItemAt include topics { slug } source { slug }';

async function mutate(server: TestServer, name: string, input: object, fields: string): Promise<any> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const data = await server.data(
    `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename ... on ${type}Success { ${fields} } ... on Error { message path } } }`,
    { input },
  );
  return data[name];
}

const watch = async (server: TestServer, url: string, input: object = {}) =>
  (await mutate(server, 'watchFeed', { url, ...input }, `feed { ${FEED} }`)).feed;

const feedAt = async (server: TestServer, url: string) =>
  (await server.data<{ watchedFeeds: any[] }>(`{ watchedFeeds { ${FEED} } }`)).watchedFeeds.find(
    (feed) => feed.url === url,
  );

const ITEMS = '{ inboxItems(first: 100) { nodes { title url text versions { key } } } }';
const items = async (server: TestServer): Promise<any[]> => (await server.data<any>(ITEMS)).inboxItems.nodes;

const until = <T>(look: () => Promise<T>) => vi.waitFor(look, { timeout: 30_000, interval: 50 });
const succeeded = (server: TestServer, url: string, at: string | null = null) =>
  until(async () => {
    const feed = await feedAt(server, url);
    expect(feed.lastSuccessAt).not.toBeNull();
    expect(feed.lastSuccessAt).not.toBe(at);
    return feed;
  });
const failed = (server: TestServer, url: string) =>
  until(async () => {
    const feed = await feedAt(server, url);
    expect(feed.failures).toBeGreaterThan(0);
    return feed;
  });
/** Fetches a feed again at once, as an editor who saves its rules does. */
const again = async (server: TestServer, url: string, input: object = {}) => {
  const { key, lastSuccessAt } = await feedAt(server, url);
  await mutate(server, 'updateWatchedFeed', { feed: key, ...input }, `feed { ${FEED} }`);
  return succeeded(server, url, lastSuccessAt);
};

describeWithDatabase('watched feeds', () => {
  test('bring each article of six feeds to the inbox once', async ({ watching: { site, server } }) => {
    const good = ['/rss', '/atom', '/json', '/rdf'].map((path) => `${site.url}${path}`);
    for (const url of [...good, `${site.url}/broken`, `${site.url}/bomb`]) await watch(server, url);
    for (const url of good) await succeeded(server, url);
    expect(await failed(server, `${site.url}/broken`)).toMatchObject({
      failure: expect.stringMatching(/is no RSS, Atom/),
    });
    expect(await failed(server, `${site.url}/bomb`)).toMatchObject({
      failure: expect.stringMatching(/more than 5242880 bytes, unpacked/),
    });
    const found = await items(server);
    expect(found.map(({ title }) => title).sort()).toEqual(
      Array.from({ length: 20 }, (_, at) => `Report ${at + 1}`).sort(),
    );
    expect(found.find(({ title }) => title === 'Report 1')).toMatchObject({
      url: `${site.url}/articles/1`,
      text: story(1),
    });
    // Those of the JSON feed have their text in it.
    const articles = site.requests.filter((path) => path.startsWith('/articles/'));
    expect(articles).toHaveLength(15);
    expect(new Set(articles).size).toBe(15);
  });

  test('ask for what has changed, and take an article that comes again for the same', async ({
    watching: { site, server },
  }) => {
    const url = `${site.url}/rss`;
    await watch(server, url);
    await succeeded(server, url);
    site.documents.set(
      '/rss',
      rssOf([
        { number: 1, query: '?utm_source=mail' },
        {
          number: 101,
          html: `<p>${story(2).replaceAll('\n\n', '</p><p>').replace('report 2', 'report two')}</p>`,
        },
        { number: 40 },
      ]),
    );
    await again(server, url);
    const found = await items(server);
    expect(found.map(({ title }) => title).sort()).toEqual(
      ['Report 1', 'Report 2', 'Report 3', 'Report 4', 'Report 40', 'Report 5'].sort(),
    );
    expect(found.find(({ title }) => title === 'Report 2').versions).toHaveLength(2);
    expect(found.find(({ title }) => title === 'Report 1').versions).toHaveLength(1);
  });

  test('send validators, and read nothing after 304', async ({ watching: { site, server } }) => {
    const url = `${site.url}/atom`;
    await watch(server, url);
    const { lastSuccessAt } = await succeeded(server, url);
    await server.db.$executeRaw`UPDATE watched_feed SET next_at = now()`;
    await succeeded(server, url, lastSuccessAt);
    const [row] = await server.db.watchedFeed.findMany();
    expect(row?.etag).toMatch(/^"/);
    expect(site.requests.filter((path) => path === '/atom')).toHaveLength(2);
    expect(site.requests.filter((path) => path.startsWith('/articles/'))).toHaveLength(5);
  });

  test('take what their rules let through, in the words of searches', async ({
    watching: { site, server },
  }) => {
    const url = `${site.url}/rss`;
    await mutate(server, 'upsertTopic', { slug: 'missiles', name: 'Missiles' }, 'cursor');
    await mutate(server, 'upsertSource', { slug: 'the-site', title: 'The site', reliability: 'B' }, 'cursor');
    const feed = await watch(server, url, {
      ...{ include: '"report 1" or "report 2" or "report 3"', exclude: '"report 3"' },
      ...{ topics: ['missiles'], source: 'the-site', interval: 60 },
    });
    expect(feed).toMatchObject({ topics: [{ slug: 'missiles' }], source: { slug: 'the-site' } });
    await succeeded(server, url);
    expect((await items(server)).map(({ title }) => title).sort()).toEqual(['Report 1', 'Report 2']);
    await again(server, url, { include: '"report 5"', exclude: '' });
    expect((await items(server)).map(({ title }) => title).sort()).toEqual([
      'Report 1',
      'Report 2',
      'Report 5',
    ]);
  });

  test('wait as long as their server asks, and say why', async ({ watching: { site, server } }) => {
    site.statuses.set('/rss', 429);
    site.headers.set('/rss', { 'retry-after': '86400' });
    const url = `${site.url}/rss`;
    await watch(server, url);
    expect((await failed(server, url)).failure).toMatch(/answers with the status 429/);
    const [row] = await server.db.watchedFeed.findMany();
    expect(row?.nextAt.getTime()).toBeGreaterThan(Date.now() + 86_000_000);
  });

  test('obey the robots.txt of each host', async ({ watching: { site, server } }) => {
    site.documents.set('/robots.txt', 'User-agent: doctrine-wire\nDisallow: /atom\nDisallow: /articles/2');
    await watch(server, `${site.url}/atom`);
    await watch(server, `${site.url}/rss`);
    expect((await failed(server, `${site.url}/atom`)).failure).toMatch(
      /The robots\.txt of .* forbids \/atom\./,
    );
    await succeeded(server, `${site.url}/rss`);
    expect(site.requests).not.toContain('/atom');
    expect(site.requests).not.toContain('/articles/2?utm_source=rss');
    expect(site.requests.filter((path) => path === '/robots.txt')).toHaveLength(1);
    expect((await items(server)).find(({ title }) => title === 'Report 2').text).toBe('Report 2');
  });

  test('harm nothing if they are hostile, and contact no private address', async ({
    watching: { site, server },
  }) => {
    await using secret = await serveWeb((_, response) => response.end(rssOf([{ number: 1 }])));
    const to = (target: string) => `${site.url}/to?url=${encodeURIComponent(target)}`;
    const cases: readonly (readonly [string, RegExp])[] = [
      [to(`${secret.url}/`), /leads to the private address 127\.0\.0\.1/],
      [to(`http://localhost:${secret.port}/`), /leads to the private address/],
      [to('http://[::1]/'), /leads to the private address ::1/],
      [to('http://me:secret@news.example/'), /without a user name/],
      [`${site.url}/loop`, /redirects more than 5 times/],
      [`${site.url}/endless`, /more than 5242880 bytes/],
      [`${site.url}/entities`, /has a document type/],
      [`${site.url}/headers`, /headers have more than/],
      [`${site.url}/nothing`, /answers with the status 404/],
      [`http://127.0.0.1:${secret.port}/`, /leads to the private address/],
    ];
    for (const [url] of cases) await watch(server, url);
    for (const [url, message] of cases) expect((await failed(server, url)).failure).toMatch(message);
    site.documents.set(
      '/rss',
      `<rss version="2.0"><channel><item><title>Inside</title><link>${secret.url}/</link></item></channel></rss>`,
    );
    await watch(server, `${site.url}/rss`);
    await succeeded(server, `${site.url}/rss`);
    expect(await items(server)).toMatchObject([{ title: 'Inside', text: 'Inside' }]);
    expect(secret.requests).toEqual([]);
    expect(server.logged.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });

  test('are imported from OPML and exported to it', async ({ server }) => {
    const opml = `<opml version="2.0"><body><outline text="Folder"><outline type="rss" text="One" xmlUrl="https://one.example/feed"/>
      <outline type="rss" text="Two" xmlUrl="https://two.example/feed"/></outline>
      <outline type="rss" text="Again" xmlUrl="http://www.one.example/feed/"/><outline text="Odd" xmlUrl="file:///etc/passwd"/></body></opml>`;
    const fields = 'added { url title } alreadyWatched refused';
    expect(await mutate(server, 'importOpml', { opml }, fields)).toMatchObject({
      added: [
        { url: 'https://one.example/feed', title: 'One' },
        { url: 'https://two.example/feed', title: 'Two' },
      ],
      alreadyWatched: ['http://www.one.example/feed/'],
      refused: ['file:///etc/passwd'],
    });
    const { watchedFeedsOpml } = await server.data<any>('{ watchedFeedsOpml }');
    expect(await mutate(server, 'importOpml', { opml: watchedFeedsOpml }, fields)).toMatchObject({
      added: [],
      refused: [],
    });
    for (const bad of ['', '<html></html>', '<!DOCTYPE x [<!ENTITY a "b">]><opml/>'])
      expect(await mutate(server, 'importOpml', { opml: bad }, fields)).toMatchObject({ path: 'opml' });
    const [first] = (await server.data<any>('{ watchedFeeds { key } }')).watchedFeeds;
    expect(await mutate(server, 'unwatchFeed', { feed: first.key }, 'url')).toMatchObject({
      url: 'https://one.example/feed',
    });
    expect((await server.data<any>('{ watchedFeeds { url } }')).watchedFeeds).toEqual([
      { url: 'https://two.example/feed' },
    ]);
  });

  test('are refused with what is wrong', async ({ server }) => {
    const refused = async (input: object) => (await mutate(server, 'watchFeed', input, 'feed { key }')).path;
    expect(await refused({ url: 'ftp://news.example/' })).toBe('url');
    expect(await refused({ url: 'https://me:secret@news.example/' })).toBe('url');
    expect(await refused({ url: 'https://news.example/', interval: 1 })).toBe('interval');
    expect(await refused({ url: 'https://news.example/', include: 'word '.repeat(30) })).toBe('include');
    expect(await refused({ url: 'https://news.example/', topics: ['none'] })).toMatch(/^topics/);
    await watch(server, 'https://news.example/feed');
    expect(await refused({ url: 'http://www.news.example/feed/?utm_source=x' })).toBe('url');
  });

  test('make an address known, as sources of the record do', async ({ server }) => {
    const known = async (url: string) =>
      (await server.data<any>('query ($url: String!) { isKnown(url: $url) }', { url })).isKnown;
    await mutate(server, 'addArticle', { text: story(1), url: 'https://news.example/a' }, 'isNew');
    await mutate(
      server,
      'upsertSource',
      { slug: 's', title: 'S', url: 'http://www.record.example/b/?id=1' },
      'cursor',
    );
    expect(await known('http://www.news.example/a/?utm_source=x#top')).toBe(true);
    expect(await known('https://record.example/b?id=1&fbclid=2')).toBe(true);
    expect(await known('https://record.example/b?id=2')).toBe(false);
    const address = '{ isKnown(url: "nowhere") }';
    for (const query of [address, address.replace('nowhere', 'https://record.example/\\u0000')]) {
      const { data, errors } = await server.request<any>(query);
      expect(data.isKnown).toBeNull();
      expect(errors).toMatchObject([
        {
          message: expect.stringContaining('Expected an http or https address'),
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ]);
    }
  });
});
