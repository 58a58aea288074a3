import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect } from 'vitest';
import { splitByTime } from '../../src/http/links/sitemap/split.js';
import { describeWithDatabase, test } from '../support/fixtures.js';
import type { TestServer } from '../support/server.js';

const parser = new XMLParser({ isArray: (name) => name === 'url' });
const get = (server: TestServer, path: string) => fetch(new URL(path, server.url));

/** Returns the addresses of a site map. */
async function addressesIn(server: TestServer, query = ''): Promise<string[]> {
  const text = await (await get(server, `/sitemap.xml${query}`)).text();
  expect(XMLValidator.validate(text)).toBe(true);
  return parser.parse(text).urlset.url.map(({ loc }: { loc: string }) => loc);
}

describeWithDatabase('the site map', () => {
  test('has the page of each published development once', async ({ dossier }) => {
    const addresses = await addressesIn(dossier);
    const { developments } = await dossier.data('{ developments(first: 100) { nodes { slug } } }');
    const expected = developments.nodes.map(
      ({ slug }: { slug: string }) => new URL(`/d/${slug}`, dossier.url).href,
    );
    expect(addresses).toHaveLength(new Set(addresses).size);
    expect(new Set(addresses)).toEqual(new Set([new URL('/', dossier.url).href, ...expected]));
  });

  test('is split by time where there are too many, without gaps or repetitions', async ({ dossier }) => {
    const ask = (query: string, variables: object) => dossier.data(query, variables);
    const ranges = await splitByTime(ask, 1);
    let total = 0;
    for (const filter of ranges) {
      const query = 'query ($filter: DevelopmentFilter) { developments(filter: $filter) { totalCount } }';
      total += (await dossier.data(query, { filter }))['developments'].totalCount;
    }
    const { developments } = await dossier.data('{ developments { totalCount } }');
    expect(total).toBe(developments.totalCount);
    ranges.slice(1).forEach(({ publishedSince }, index) => {
      expect(publishedSince).toBe(ranges[index]?.publishedBefore);
    });
    const [part] = ranges;
    expect(await addressesIn(dossier, `?publishedBefore=${part?.publishedBefore}`)).not.toEqual([]);
    expect((await get(dossier, '/sitemap.xml?kind=EVENT')).status).toBe(400);
  });

  test('is named in robots.txt', async ({ server }) => {
    const text = await (await get(server, '/robots.txt')).text();
    expect(text).toContain(`Sitemap: ${new URL('/sitemap.xml', server.url).href}`);
  });
});
