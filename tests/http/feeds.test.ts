import { expect } from 'vitest';
import { createDatabase } from '../support/database.js';
import { expectAtom, expectJsonFeed } from '../support/feed-rules.js';
import { describeWithDatabase, publishStatement, test } from '../support/fixtures.js';
import { ADMIN_TOKEN, startTestServer, type TestServer } from '../support/server.js';

const get = (server: TestServer, path: string, init: RequestInit = {}) =>
  fetch(new URL(path, server.url), init);
const atom = async (server: TestServer, query = '') =>
  expectAtom(await (await get(server, `/feed.atom${query}`)).text());
const json = async (server: TestServer, query = '') =>
  expectJsonFeed(await (await get(server, `/feed.json${query}`)).text());

async function mutate(server: TestServer, name: string, input: object): Promise<void> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { [name]: result } = await server.data(
    `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ... on Error { message } } }`,
    { input },
  );
  expect(result.message).toBeUndefined();
}

describeWithDatabase('feeds', () => {
  test('follow Atom 1.0 and JSON Feed 1.1, and have the same items', async ({ dossier }) => {
    const response = await get(dossier, '/feed.atom?kind=STATEMENT');
    expect(response.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    const feed = expectAtom(await response.text());
    const { items } = await json(dossier, '?kind=STATEMENT');
    const { developments } = await dossier.data(
      '{ developments(filter: { kind: STATEMENT }) { totalCount } }',
    );
    expect(items).toHaveLength(developments.totalCount);
    expect(feed.entry.map((entry: any) => entry.id[0])).toEqual(items.map((item: any) => item.id));
    expect(items.every((item: any) => item._doctrine_wire.kind === 'STATEMENT')).toBe(true);
  });

  test('of nothing is a valid feed too', async ({ server }) => {
    expect((await atom(server, '?kind=EVENT')).entry).toBeUndefined();
    expect((await json(server, '?kind=EVENT')).items).toEqual([]);
  });

  test('keep the id of a development through revisions, renames and retraction', async ({ server }) => {
    const slug = await publishStatement(server, 'First words');
    const [before] = (await json(server)).items;
    await mutate(server, 'reviseStatement', {
      ...{ slug, reason: 'Corrected.', expectedRevision: 1, headline: 'Second words' },
    });
    const [revised] = (await json(server)).items;
    expect(revised).toMatchObject({ id: before.id, title: 'Second words' });
    expect(revised.date_modified > before.date_modified).toBe(true);
    expect(revised.date_published).toBe(before.date_published);
    await mutate(server, 'retractDevelopment', { slug, reason: 'It was never said.', expectedRevision: 2 });
    const [retracted] = (await json(server)).items;
    expect(retracted).toMatchObject({
      id: before.id,
      title: 'Retracted: Second words',
      summary: 'Retracted: It was never said.',
      _doctrine_wire: { status: 'RETRACTED', retraction: { reason: 'It was never said.' } },
    });
    const { entry } = await atom(server);
    expect(entry[0].id[0]).toBe(before.id);
    expect(entry[0].category.map((category: any) => category['@term'])).toContain('RETRACTED');
  });

  test('lead from page to page, each item once', async ({ dossier }) => {
    const seen: string[] = [];
    let url: string | undefined = '/feed.json?first=4&order=EARLIEST';
    let id: unknown;
    for (; url !== undefined; ) {
      const path: string = new URL(url, dossier.url).pathname + new URL(url, dossier.url).search;
      const page = await json(dossier, path.replace('/feed.json', ''));
      seen.push(...page.items.map((item: any) => item.id));
      const feed = await atom(dossier, path.replace('/feed.json', ''));
      const relations = feed.link.map((link: any) => link['@rel']);
      expect(relations).toContain('first');
      expect(relations.includes('next')).toBe(page.next_url !== undefined);
      expect(relations.includes('previous')).toBe(id !== undefined);
      id ??= feed.id[0];
      expect(feed.id[0]).toBe(id);
      url = page.next_url;
    }
    const { developments } = await dossier.data('{ developments { totalCount } }');
    expect(new Set(seen).size).toBe(developments.totalCount);
    expect(seen).toHaveLength(developments.totalCount);
  });

  test('show hostile texts as text', async ({ server }) => {
    const headline = '<script>alert(1)</script> ]]> & \u0001 \u202e "quoted"';
    await publishStatement(server, headline, { summary: '<img src=x onerror=alert(1)> ]]>' });
    const feed = await atom(server);
    const title = feed.entry[0].title[0];
    expect(title['#text'] ?? title).toBe(headline.replace('\u0001', '\ufffd'));
    const [item] = (await json(server)).items;
    expect(item.content_html).not.toContain('<img');
    expect(item.content_html).toContain('&lt;img');
  });

  test('can be revalidated by ETag and by date until the record changes', async ({ server }) => {
    await publishStatement(server, 'One');
    const head = await get(server, '/feed.atom', { method: 'HEAD' });
    expect(await head.text()).toBe('');
    const etag = String(head.headers.get('etag'));
    expect((await get(server, '/feed.atom', { headers: { 'if-none-match': etag } })).status).toBe(304);
    await expect
      .poll(async () => (await get(server, '/feed.atom')).headers.get('last-modified'), { timeout: 30_000 })
      .not.toBeNull();
    const since = String((await get(server, '/feed.atom')).headers.get('last-modified'));
    const conditional = () => get(server, '/feed.atom', { headers: { 'if-modified-since': since } });
    expect((await conditional()).status).toBe(304);
    await publishStatement(server, 'Two');
    expect((await conditional()).status).toBe(200);
    expect((await get(server, '/feed.atom', { headers: { 'if-none-match': etag } })).status).toBe(200);
  });

  test('show the record as it was, and developments by their permalinks', async () => {
    await using database = await createDatabase('dossier');
    await using server = await startTestServer(database.location, { PUBLIC_URL: 'https://wire.example/x/' });
    const { items, feed_url } = await json(server, '?asOf=2026-01-01&first=1');
    expect(feed_url).toBe('https://wire.example/x/feed.json?asOf=2026-01-01&first=1');
    for (const item of items) expect(item.url).toMatch(/^https:\/\/wire\.example\/x\/d\/[a-z0-9-]+$/);
  });

  test('refuse bad parameters and other methods with the reason', async ({ server }) => {
    const refused = async (path: string, init?: RequestInit) => {
      const response = await get(server, path, init);
      const { errors } = (await response.json()) as { errors: any[] };
      return { status: response.status, message: errors[0].message, code: errors[0].extensions.code };
    };
    expect(await refused('/feed.atom?kind=WAR')).toMatchObject({
      status: 400,
      code: 'BAD_PARAMETER',
      message: 'Expected kind to be one of EVENT, STATEMENT, DOCTRINE_CHANGE; got "WAR".',
    });
    expect(await refused('/feed.json?within=nonsense')).toMatchObject({
      status: 400,
      code: 'INVALID_INPUT',
    });
    expect(await refused('/feed.json?after=nonsense')).toMatchObject({ status: 400 });
    const headers = { 'content-type': 'application/json' };
    const posted = await refused('/feed.atom', { method: 'POST', body: '{}', headers });
    expect(posted).toMatchObject({ status: 405, code: 'METHOD_NOT_ALLOWED' });
  });

  test('need a token where reading does', async () => {
    await using database = await createDatabase('dossier');
    await using server = await startTestServer(database.location, { READ_REQUIRES_TOKEN: '1' });
    const refused = await get(server, '/feed.atom');
    expect(refused.status).toBe(401);
    expect(await refused.text()).not.toContain('INF');
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
    const allowed = await get(server, '/feed.atom', { headers });
    expect(allowed.status).toBe(200);
    expect(allowed.headers.get('cache-control')).toBe('private, no-cache');
  });

  test('cost budget, and are refused without', async () => {
    await using database = await createDatabase('dossier');
    await using server = await startTestServer(database.location, { BUDGET_PER_MINUTE: '4000' });
    let status = 200;
    for (let count = 0; status === 200 && count < 100; count += 1) {
      ({ status } = await get(server, `/feed.atom?first=${count + 1}`));
    }
    expect(status).toBe(429);
  });

  test('may be read by other origins as answers to GraphQL may', async ({ server }) => {
    const origin = 'http://localhost:5173';
    const allowed = await get(server, '/feed.json', { headers: { origin } });
    expect(allowed.headers.get('access-control-allow-origin')).toBe(origin);
    const foreign = await get(server, '/feed.json', { headers: { origin: 'https://elsewhere.example' } });
    expect(foreign.status).toBe(403);
  });
});
