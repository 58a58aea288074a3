import { expect } from 'vitest';
import { createToken } from '../../../src/domain/token.js';
import { saveArrival } from '../../../src/intake/inbox/arrival/save-arrival.js';
import { createDatabase } from '../../support/database.js';
import { describeWithDatabase, test } from '../../support/fixtures.js';
import { serveWeb } from '../../support/hostile-web.js';
import { pdfOf } from '../../support/pdf.js';
import { startTestServer } from '../../support/server.js';
import { editorToken, followDesk, send } from '../desk/desk-client.js';
import { add, article } from './inbox-client.js';

const html = (text: string) =>
  `<!doctype html><html lang="en"><head><title>Talks in Geneva</title>
   <meta property="article:published_time" content="2025-08-05T10:00:00Z"></head>
   <body><nav>Home</nav><article><h1>Talks in Geneva</h1>${text
     .split('\n\n')
     .map((paragraph) => `<p>${paragraph}</p>`)
     .join('')}</article></body></html>`;

const PDF = pdfOf(['The site is', 'open.']);

const PAGES: Record<string, readonly [string, string | Buffer]> = {
  '/page': ['text/html; charset=utf-8', html(article(1))],
  '/file': ['application/pdf', PDF],
  '/image': ['image/png', 'x'],
  '/empty': ['text/html', '<html></html>'],
};

describeWithDatabase('articles that arrive in the inbox', () => {
  test('are one item for each address, whatever its tracking parameters', async ({ server }) => {
    const first = await add(server, {
      html: html(article(1)),
      url: 'https://www.example.org/talks/?utm_source=feed#top',
    });
    expect(first).toMatchObject({
      isNew: true,
      item: {
        url: 'https://www.example.org/talks/',
        title: 'Talks in Geneva',
        language: 'en',
        publishedAt: '2025-08-05T00:00:00.000Z',
        state: 'UNREAD',
        versions: [{ key: '1', isCurrent: true }],
      },
    });
    expect(first.item.text).not.toContain('Home');
    const again = await add(server, { html: html(article(1)), url: 'http://example.org/talks?fbclid=1' });
    expect(again).toMatchObject({ isNew: false, item: first.item });
  });

  test('by the same address with another text are a version, whose text is shown', async ({ server }) => {
    const url = 'https://example.org/a';
    const first = await add(server, { text: article(1), url });
    const second = await add(server, { text: article(2), url, title: 'Corrected' });
    expect(second).toMatchObject({ isNew: false, item: { id: first.item.id, title: 'Corrected' } });
    expect(second.item.text).toContain('2th');
    expect(second.item.versions).toMatchObject([
      { key: '1', isCurrent: false },
      { key: '2', isCurrent: true },
    ]);
    // As a feed that sends only the beginning.
    const third = await add(server, { text: 'Officials in Geneva said …', url });
    expect(third.item.text).toBe(second.item.text);
    expect(third.item.versions).toHaveLength(3);
    const texts = await server.db.inboxVersion.findMany({
      select: { text: true },
      orderBy: { number: 'asc' },
    });
    expect(texts.map(({ text }) => text?.slice(0, 20) ?? null)).toEqual([
      expect.any(String),
      null,
      'Officials in Geneva ',
    ]);
  });

  test('with a near-identical text at another address are versions, others are not', async ({ server }) => {
    const first = await add(server, { text: article(1), url: 'https://example.org/a' });
    const same = await add(server, { text: article(1), url: 'https://example.net/reprint' });
    const close = await add(server, {
      text: article(1, '\n\nMore follows.'),
      url: 'https://example.com/close',
    });
    const pasted = await add(server, { text: article(1) });
    const other = await add(server, { text: article(2), url: 'https://example.org/b' });
    expect([same, close, pasted].map(({ isNew, item }) => [isNew, item.id])).toEqual(
      Array(3).fill([false, first.item.id]),
    );
    expect(pasted.item.versions.map(({ url }: { url: string }) => url)).toEqual([
      'https://example.org/a',
      'https://example.net/reprint',
      'https://example.com/close',
      null,
    ]);
    expect(pasted.item.text).toBe(first.item.text);
    expect(other).toMatchObject({ isNew: true });
    const known = await add(server, { text: 'Short.', url: 'http://www.example.com/close/' });
    expect(known.item.id).toBe(first.item.id);
  });

  test('at the same time are one item', async ({ server }) => {
    const urls = Array.from({ length: 8 }, (_, at) => `https://example.org/${at % 2}?utm_id=${at}`);
    const added = await Promise.all(urls.map((url) => add(server, { text: article(3), url })));
    expect(added.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(new Set(added.map(({ item }) => item.id)).size).toBe(1);
    expect(await server.db.inboxItem.count()).toBe(1);
  });

  test('are saved with the rows of the transaction, or not at all', async ({ server }) => {
    const arrived = {
      ...{ url: 'https://example.org/a', title: null, language: null, publishedAt: null, feedId: null },
      ...{ text: `A\u0000\ud800 ${article(1)}`, originalHash: 'hash' },
    };
    const failed = server.db.$transaction(async (tx) => {
      await saveArrival(tx, arrived);
      throw new Error('The feed is gone.');
    });
    await expect(failed).rejects.toThrow('The feed is gone.');
    expect(await server.db.inboxItem.count()).toBe(0);
    const saved = await server.db.$transaction((tx) => saveArrival(tx, arrived));
    expect(saved).toMatchObject({ isNew: true, version: 1 });
    const [{ text } = { text: null }] = await server.db.inboxItem.findMany();
    expect(text?.slice(0, 4)).toBe('A \ufffd ');
  });

  test('are repeated safely with a key', async ({ server }) => {
    const input = { text: article(1), idempotencyKey: 'one' };
    const first = await add(server, input);
    expect(await add(server, input)).toEqual(first);
    const other = await send(server, 'addArticle', { ...input, title: 'Other' }, 'isNew');
    expect(other.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  test('are fetched by their address, whatever their format', async () => {
    await using site = await serveWeb((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://site.invalid');
      const [type, body] = PAGES[pathname] ?? [];
      if (pathname === '/moved') response.writeHead(302, { location: '/page?utm_source=a' }).end();
      else if (type === undefined) response.writeHead(404).end();
      else response.writeHead(200, { 'content-type': type }).end(body);
    });
    await using database = await createDatabase();
    await using server = await startTestServer(database.location, { INTAKE_ALLOW: `127.0.0.1:${site.port}` });
    const page = await add(server, { url: `${site.url}/moved` });
    expect(page.item).toMatchObject({
      ...{ url: `${site.url}/page`, title: 'Talks in Geneva', publishedAt: '2025-08-05T00:00:00.000Z' },
    });
    expect(page.item.text).toContain('Officials in Geneva');
    expect(await add(server, { url: `${site.url}/page` })).toMatchObject({ isNew: false });
    const pdf = await add(server, { url: `${site.url}/file`, title: 'Given' });
    expect(pdf.item).toMatchObject({ title: 'Given', text: 'The site is open.' });
    const input = { url: `${site.url}/page`, idempotencyKey: 'once' };
    await add(server, input);
    const before = site.requests.length;
    await add(server, input);
    expect(site.requests).toHaveLength(before);
    for (const [path, reason] of [
      ['/none', 'answers with the status 404. You can give the text'],
      ['/image', 'is "image/png". Expected HTML'],
      ['/empty', 'has no text'],
    ] as const) {
      const refused = await send(server, 'addArticle', { url: `${site.url}${path}` }, 'isNew');
      expect(refused, path).toMatchObject({ code: 'INVALID_INPUT', path: 'url' });
      expect(refused.message).toContain(reason);
    }
    expect(await server.db.inboxItem.count()).toBe(2);
  });

  test('are never fetched from a private address', async ({ server }) => {
    await using site = await serveWeb((_, response) => response.end(html(article(1))));
    for (const url of [`${site.url}/`, 'http://[::ffff:127.0.0.1]/', 'http://169.254.169.254/latest']) {
      const refused = await send(server, 'addArticle', { url }, 'isNew');
      expect(refused).toMatchObject({ code: 'INVALID_INPUT', path: 'url' });
      expect(refused.message).toContain('leads to the private address');
    }
    expect(site.requests).toEqual([]);
  });

  test('can be a PDF in base64', async ({ server }) => {
    const { item } = await add(server, { pdf: PDF.toString('base64'), url: 'https://example.org/a.pdf' });
    expect(item).toMatchObject({ url: 'https://example.org/a.pdf', text: 'The site is open.' });
    for (const pdf of [Buffer.from('<p>').toString('base64'), '%PDF-', PDF.toString('base64').slice(0, -3)]) {
      const refused = await send(server, 'addArticle', { pdf }, 'isNew');
      expect(refused, pdf).toMatchObject({ code: 'INVALID_INPUT', path: 'pdf' });
    }
    const damaged = Buffer.from('%PDF-1.4 and no more').toString('base64');
    expect(await send(server, 'addArticle', { pdf: damaged }, 'isNew')).toMatchObject({ path: 'pdf' });
  });

  test('need exactly one text', async ({ server }) => {
    for (const input of [{}, { text: 'A', html: '<p>A</p>' }, { html: '<p> </p>' }, { text: ' ' }]) {
      const refused = await send(server, 'addArticle', input, 'isNew');
      expect(refused, JSON.stringify(input)).toMatchObject({ code: 'INVALID_INPUT' });
    }
    expect(await server.db.inboxItem.count()).toBe(0);
  });
});

describeWithDatabase('the inbox', () => {
  test('is paged by time with counts by state', async ({ server }) => {
    for (const at of [1, 2, 3]) {
      await add(server, { text: article(at), title: `T${at}`, publishedAt: `2025-01-0${4 - at}T00:00:00Z` });
    }
    const list = (args: string) =>
      server.data(
        `{ inboxItems(${args}) { totalCount nodes { title } pageInfo { hasNextPage endCursor } } inboxCounts { state count } }`,
      );
    const { inboxItems, inboxCounts } = await list('first: 2');
    expect(inboxItems).toMatchObject({ totalCount: 3, nodes: [{ title: 'T3' }, { title: 'T2' }] });
    const rest = await list(`first: 2, after: "${inboxItems.pageInfo.endCursor}"`);
    expect(rest['inboxItems'].nodes).toEqual([{ title: 'T1' }]);
    const published = await list('orderBy: { field: PUBLISHED, direction: ASC }');
    expect(published['inboxItems'].nodes).toEqual([{ title: 'T3' }, { title: 'T2' }, { title: 'T1' }]);
    expect(inboxCounts).toEqual([
      { state: 'UNREAD', count: 3 },
      { state: 'SNOOZED', count: 0 },
      { state: 'DRAFTED', count: 0 },
      { state: 'DISMISSED', count: 0 },
    ]);
  });

  test('has snoozed items unread again once their time has passed', async ({ server }) => {
    await add(server, { text: article(1) });
    await server.db.inboxItem.updateMany({
      data: { state: 'SNOOZED', snoozedUntil: new Date(Date.now() - 1_000) },
    });
    const query =
      '{ inboxItems(state: UNREAD) { nodes { state snoozedUntil } } snoozed: inboxItems(state: SNOOZED) { totalCount } inboxCounts { state count } }';
    const data = await server.data(query);
    expect(data).toMatchObject({
      inboxItems: { nodes: [{ state: 'UNREAD', snoozedUntil: null }] },
      snoozed: { totalCount: 0 },
    });
    expect(data['inboxCounts'].slice(0, 2)).toEqual([
      { state: 'UNREAD', count: 1 },
      { state: 'SNOOZED', count: 0 },
    ]);
  });

  test('is for editors only', async ({ server }) => {
    const editor = await editorToken(server, 'Jo');
    const { item } = await add(server, { text: article(1) }, editor);
    const roots = [
      `inboxItem(id: "${item.id}") { text }`,
      'inboxItems { nodes { title } }',
      'inboxCounts { count }',
    ];
    for (const role of ['READER', 'CONTRIBUTOR'] as const) {
      const token = await createToken(server.db, { name: role, role });
      for (const root of roots) {
        const { data, errors } = await server.request<any>(`{ it: ${root} }`, { token });
        expect(data.it).toBeNull();
        expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
      }
      const node = await server.request(`{ node(id: "${item.id}") { id } }`, { token });
      expect(node.data).toEqual({ node: null });
    }
    const { node } = await server.data(`{ node(id: "${item.id}") { ... on InboxItem { title } } }`);
    expect(node.title).toBe(item.title);
  });

  test('tells the desk when an article arrives', async ({ server }) => {
    const desk = await followDesk(server);
    await add(server, { text: article(1) });
    const changed = await desk.until(({ __typename }) => __typename === 'DeskInboxChanged');
    expect(changed.counts[0]).toEqual({ state: 'UNREAD', count: 1 });
    await desk.stop();
  });
});
