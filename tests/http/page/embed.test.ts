import { expect } from 'vitest';
import { createDatabase } from '../../support/database.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import { startTestServer, type TestServer } from '../../support/server.js';
import { test } from '../../support/shared.js';

const ORIGINS = 'https://news.example,http://localhost:8080';

async function get(server: TestServer, target: string, headers: Record<string, string> = {}) {
  const response = await fetch(new URL(target, server.url), { headers });
  const policy = response.headers.get('content-security-policy') ?? '';
  return {
    status: response.status,
    etag: response.headers.get('etag'),
    /** The origins that may frame it. */
    ancestors: /frame-ancestors ([^;]*)/.exec(policy)?.[1],
    html: (await response.text()).replaceAll('<!-- -->', ''),
  };
}

const headlines = (html: string) =>
  [...html.matchAll(/<h2[^>]*><a[^>]*><bdi>(.*?)<\/bdi>/g)].map(([, text]) => text);

describeWithDatabase('the embedded list', () => {
  test('has the developments of any filter, with date, kind and grade', async ({ dossier }) => {
    const { status, html } = await get(dossier, '/embed?kind=STATEMENT&country=RU&order=-EARLIEST&first=3');
    expect(status).toBe(200);
    const { developments } = await dossier.data(
      '{ developments(filter: { kind: STATEMENT, country: "RU" }, orderBy: { field: EARLIEST, direction: DESC }, first: 3) { nodes { headline } } }',
    );
    expect(headlines(html)).toEqual(developments.nodes.map(({ headline }: { headline: string }) => headline));
    expect(html.includes('usually reliable source, probably true')).toBe(true);
    expect(html.includes('<meta name="robots" content="noindex">')).toBe(true);
    const links = [...html.matchAll(/<a [^>]*>/g)].map(([link]) => link);
    expect(links.filter((link) => !link.includes('target="_top"'))).toEqual([]);
  });

  test('says what is wrong with its parameters', async ({ dossier }) => {
    const wrong = await get(dossier, '/embed?kind=RUMOUR');
    expect(wrong.status).toBe(400);
    expect(wrong.html).toContain('Expected kind to be one of EVENT, STATEMENT, DOCTRINE_CHANGE');
    for (const query of ['after=x', 'view=map', 'first=0', 'first=1&first=2', 'asOf=nonsense']) {
      expect([query, (await get(dossier, `/embed?${query}`)).status]).toEqual([query, 400]);
    }
  });

  test('can be framed by nobody, and is not offered, until EMBED_ORIGINS is set', async ({ dossier }) => {
    expect((await get(dossier, '/embed')).ancestors).toBe("'none'");
    expect((await get(dossier, '/')).html.includes('iframe')).toBe(false);
  });

  test('can be framed by EMBED_ORIGINS, and nothing else can', async () => {
    await using database = await createDatabase('dossier');
    await using server = await startTestServer(database.location, { EMBED_ORIGINS: ORIGINS });
    const allowed = 'https://news.example http://localhost:8080';
    const embed = await get(server, '/embed');
    const again = await get(server, '/embed', { 'if-none-match': embed.etag ?? '' });
    const wrong = await get(server, '/embed?kind=RUMOUR');
    expect([embed, again, wrong].map(({ status, ancestors }) => [status, ancestors])).toEqual([
      [200, allowed],
      [304, allowed],
      [400, allowed],
    ]);
    for (const path of ['/', '/about', '/d/inf-moratorium-ends-2025', '/embed/x', '/graphql', '/feed.atom']) {
      const { ancestors } = await get(server, path, { accept: 'text/html' });
      expect([path, ancestors]).toEqual([path, "'none'"]);
    }
    const { html } = await get(server, '/?kind=EVENT&country=RU&order=CHANGED');
    const { origin } = new URL(server.url);
    expect(
      html.includes(
        `&lt;iframe src=&quot;${origin}/embed?kind=EVENT&amp;amp;country=RU&amp;amp;order=CHANGED&quot;`,
      ),
    ).toBe(true);
  });

  test('needs a token where reading does, and shows nothing without', async () => {
    await using database = await createDatabase('dossier');
    await using server = await startTestServer(database.location, {
      READ_REQUIRES_TOKEN: '1',
      EMBED_ORIGINS: ORIGINS,
    });
    const [list, other] = [await get(server, '/embed'), await get(server, '/embed?topic=nothing')];
    expect([list.status, list.html]).toEqual([401, other.html]);
    expect(list.html).toContain('Reading this record requires a token.');
    expect(list.html).not.toContain('<form');
  });

  test('is not there without the page', async () => {
    await using database = await createDatabase();
    await using server = await startTestServer(database.location, { PAGE: '0', EMBED_ORIGINS: ORIGINS });
    expect((await get(server, '/embed')).status).toBe(404);
  });
});
