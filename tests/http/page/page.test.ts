import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { createDatabase } from '../../support/database.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import { startTestServer } from '../../support/server.js';
import { test } from '../../support/shared.js';

const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

/** Opens a page as a browser does, without following redirects. */
async function get(url: string, target: string, headers: Record<string, string> = {}) {
  const response = await fetch(new URL(target, url), {
    headers: { ...BROWSER, ...headers },
    redirect: 'manual',
  });
  // React separates texts by empty comments.
  const html = (await response.text()).replaceAll('<!-- -->', '');
  return { status: response.status, headers: response.headers, html };
}

describeWithDatabase('the wire', () => {
  test('is complete without a script', async ({ dossier }) => {
    const { status, headers, html } = await get(dossier.url, '/');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(html.includes('Russia gives up its moratorium on intermediate-range missiles')).toBe(true);
    expect(html).toContain('<form class="filter" action="/" method="get">');
    expect(html).toContain('Sources disagree about the date');
    expect(html).toContain('usually reliable source, probably true');
  });

  test('loads scripts, styles and data from its own origin only', async ({ dossier }) => {
    const { headers, html } = await get(dossier.url, '/');
    const policy = headers.get('content-security-policy');
    const [, styles = ''] = /<style>(.*?)<\/style>/s.exec(html) ?? [];
    const hash = createHash('sha256').update(styles).digest('base64');
    expect(policy).toContain(`default-src 'none'; script-src 'self'; style-src 'self' 'sha256-${hash}' `);
    expect(policy).not.toContain('unsafe-inline');
    const scripts = [...html.matchAll(/<script[^>]*>/g)].map(([tag]) => tag);
    expect(scripts.every((tag) => / src="\/wire\/|type="application\/(ld\+)?json"/.test(tag))).toBe(true);
    expect(html).not.toMatch(/ style="| on\w+="/);
    for (const [, path] of html.matchAll(/(?:src|href)="(\/wire\/assets\/[^"]+)"/g)) {
      const file = await fetch(new URL(path ?? '', dossier.url));
      expect([path, file.status]).toEqual([path, 200]);
      expect(file.headers.get('cache-control')).toContain('immutable');
      await file.arrayBuffer();
    }
  });

  test('shows a reference of the past as it was, and none before the record had it', async ({ dossier }) => {
    const rename = (name: string) =>
      dossier.data(`mutation { upsertTopic(input: { slug: "renamed", name: "${name}" }) { __typename } }`);
    const pointOf = async () => (await dossier.data('{ feedHead }'))['feedHead'];
    const none = await pointOf();
    await rename('Name of before');
    const before = await pointOf();
    await rename('Name of now');
    const now = await get(dossier.url, '/topics/renamed');
    expect(now.html).toContain('<bdi>Name of now</bdi>');
    const past = await get(dossier.url, `/topics/renamed?asOf=cursor:${before}`);
    expect([past.status, past.html.includes('<bdi>Name of before</bdi>')]).toEqual([200, true]);
    const missing = await get(dossier.url, `/topics/renamed?asOf=cursor:${none}`);
    expect([missing.status, missing.html.includes('at that time')]).toEqual([404, true]);
  });

  test('filters by its address, like the list of the API', async ({ dossier }) => {
    const { html } = await get(dossier.url, '/?kind=STATEMENT&since=2019&until=2019&country=RU');
    const { developments } = await dossier.data(
      '{ developments(filter: { kind: STATEMENT, country: "RU", occurred: { within: "2019/2019" } }) { nodes { headline } } }',
    );
    const shown = [...html.matchAll(/<h3[^>]*><a[^>]*><bdi>(.*?)<\/bdi>/g)].map(([, text]) => text);
    expect(shown).toEqual(developments.nodes.map(({ headline }: { headline: string }) => headline));
    expect(shown.length).toBeGreaterThan(0);
  });

  test('says what is wrong with an address', async ({ dossier }) => {
    const { status, html } = await get(dossier.url, '/?kind=RUMOUR');
    expect(status).toBe(400);
    expect(html).toContain('Expected kind to be one of EVENT, STATEMENT, DOCTRINE_CHANGE');
  });

  test('leads from page to page by links', async ({ dossier }) => {
    const first = await get(dossier.url, '/?first=5');
    const next = /rel="next" href="([^"]+)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&');
    const second = await get(dossier.url, next ?? '');
    expect(second.status).toBe(200);
    expect(second.html).toContain('rel="prev"');
  });

  test('is answered with 304 until the record changes', async ({ dossier }) => {
    const { headers } = await get(dossier.url, '/');
    const etag = headers.get('etag') ?? '';
    expect((await get(dossier.url, '/', { 'if-none-match': etag })).status).toBe(304);
  });

  test('refuses other methods than GET and HEAD, whatever they send', async ({ dossier }) => {
    for (const path of ['/', '/d/no-such-thing', '/feed.atom', '/schema.graphql']) {
      for (const method of ['POST', 'PUT', 'DELETE']) {
        const { status, headers } = await fetch(new URL(path, dossier.url), { method, body: 'a=b' });
        const allow = headers.get('allow');
        expect([path, method, status, allow]).toEqual([path, method, 405, 'GET, HEAD, OPTIONS']);
      }
    }
    const options = await fetch(new URL('/', dossier.url), { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
  });

  test('charges the budget of its reader', async () => {
    await using database = await createDatabase('dossier');
    await using server = await startTestServer(database.location, { BUDGET_PER_MINUTE: '6000' });
    const answers = [];
    for (let index = 0; index < 8; index += 1) answers.push(await get(server.url, `/?first=${index + 1}`));
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(refused?.html).toContain('Too many requests');
  });
});

describeWithDatabase('dates on the page', () => {
  const path = '/d/putin-federal-assembly-address-2019';
  const open = (url: string, language: string) => get(url, path, { 'accept-language': language });

  test.for([
    [
      'de-AT, de;q=0.9, en;q=0.5',
      '<time class="date" dateTime="2019-02-20" lang="de" dir="ltr">20. Februar 2019</time>',
    ],
    ['ar', 'lang="ar" dir="rtl">20 فبراير 2019</time>'],
    ['en-US', '<time class="date" dateTime="2019-02-20">February 20, 2019</time>'],
    ['en-GB', '<time class="date" dateTime="2019-02-20">20 February 2019</time>'],
    ['ja, *;q=0.1', '<time class="date" dateTime="2019-02-20">20 February 2019</time>'],
  ] as const)(
    'are in the language of "%s", if there are words for it',
    async ([language, date], { dossier }) => {
      const { headers, html } = await open(dossier.url, language);
      expect([date, html.includes(date)]).toEqual([date, true]);
      expect(html.includes('EDTF <code>2019-02-20</code>')).toBe(true);
      expect(headers.get('vary')).toContain('Accept-Language');
    },
  );

  test('are cached by language', async ({ dossier }) => {
    const [german, french, again] = [
      await open(dossier.url, 'de'),
      await open(dossier.url, 'fr'),
      await open(dossier.url, 'de-CH'),
    ];
    expect(french.html.includes('20 février 2019')).toBe(true);
    expect(again.html === german.html).toBe(true);
    expect(again.headers.get('etag')).not.toBe(french.headers.get('etag'));
  });
});

describeWithDatabase('the script of the page', () => {
  test('takes at most 120 KB for the first load', async ({ dossier }) => {
    const { html } = await get(dossier.url, '/');
    const sizes = new Map<string, number>();
    const load = async (path: string) => {
      if (sizes.has(path)) return;
      const script = await (await fetch(new URL(path, dossier.url))).text();
      sizes.set(path, gzipSync(script).length);
      for (const [, name] of script.matchAll(/\bimport\b[^;("']*["']\.\/([^"']+)["']/g)) {
        await load(`/wire/assets/${name}`);
      }
    };
    for (const name of ['src', 'data-script']) {
      await load(new RegExp(`<script type="module"[^>]* ${name}="([^"]+)"`).exec(html)?.[1] ?? '');
    }
    const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    expect(total).toBeGreaterThan(50_000);
    expect(total).toBeLessThan(120_000);
  });
});

describeWithDatabase('a development that does not exist', () => {
  test('has a page that says so', async ({ dossier }) => {
    const { status, html } = await get(dossier.url, '/d/no-such-thing');
    expect(status).toBe(404);
    expect(html).toContain('No development has the name');
  });
});

describeWithDatabase('a server whose readers need tokens', () => {
  test('says how to get in, and nothing of the record', async () => {
    await using database = await createDatabase('dossier');
    await using server = await startTestServer(database.location, { READ_REQUIRES_TOKEN: '1' });
    const { developments } = await server.data('{ developments(first: 1) { nodes { slug } } }');
    const known = developments.nodes[0].slug;
    const pages = await Promise.all(
      ['/', `/d/${known}`, '/d/nothing', '/topics/nothing'].map((path) => get(server.url, path)),
    );
    for (const { status, headers, html } of pages) {
      expect(status).toBe(401);
      expect(headers.get('www-authenticate')).toBe('Bearer');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(html).toBe(pages[0]?.html);
      expect(html).toContain('Reading this record requires a token');
    }
  });
});

describeWithDatabase('a server without the page', () => {
  test('leads to GraphiQL', async () => {
    await using database = await createDatabase();
    await using server = await startTestServer(database.location, { PAGE: '0' });
    const { status, headers } = await get(server.url, '/');
    expect([status, headers.get('location')]).toEqual([302, '/graphql']);
    expect((await get(server.url, '/about')).status).toBe(404);
  });

  test('has nothing at its root if GraphiQL is off too', async () => {
    await using database = await createDatabase();
    await using server = await startTestServer(database.location, { PAGE: '0', GRAPHIQL: '0' });
    expect((await get(server.url, '/')).status).toBe(404);
  });
});
