import { Cite } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-csl';
import { expect } from 'vitest';
import { describeWithDatabase, publishStatement, test } from '../support/fixtures.js';
import type { TestServer } from '../support/server.js';

const get = (server: TestServer, path: string) => fetch(new URL(path, server.url));
const textOf = async (server: TestServer, path: string) => {
  const response = await get(server, path);
  expect(response.status).toBe(200);
  return response.text();
};
const ADDRESS = 'putin-federal-assembly-address-2019';
const HEADLINE = 'Costs: 5 % & $7 #1 a_b ~x^2 \\end{it} "quoted"';

describeWithDatabase('citations', () => {
  test('are read by a citation processor, in both formats, with the permalink of the revision', async ({
    dossier,
  }) => {
    const { development } = await dossier.data(`{ development(slug: "${ADDRESS}") { revision headline } }`);
    const permalink = `/d/${ADDRESS}?asOf=${ADDRESS}@${development.revision}`;
    const today = () => new Date().toISOString().slice(0, 10).split('-').map(Number);
    for (const format of ['json', 'bib']) {
      const before = today();
      const cite = new Cite(await textOf(dossier, `/d/${ADDRESS}/cite.${format}`));
      const [item] = cite.data;
      expect(item.title, format).toBe(development.headline);
      expect(item.URL, format).toBe(new URL(permalink, dossier.url).href);
      // The processor reads a name in braces as one part, which it calls the family.
      const [author] = item.author;
      expect(author.literal ?? author.family, format).toBe('Doctrine Wire');
      // Midnight may come between.
      expect([before, today()], format).toContainEqual(item.accessed['date-parts'][0].map(Number));
      const text = cite.format('bibliography', { template: 'apa', lang: 'en-US' });
      expect(text, format).toContain('Doctrine Wire');
      expect(text, format).toContain(development.headline);
    }
  });

  test('of an earlier point cite the revision of that time', async ({ dossier }) => {
    const [item] = JSON.parse(await textOf(dossier, `/d/${ADDRESS}/cite.json?asOf=${ADDRESS}@1`));
    expect(item).toMatchObject({ id: `${ADDRESS}-r1`, version: '1', note: 'Revision 1; occurred 2020-02' });
    expect(item.URL).toMatch(/asOf=putin-federal-assembly-address-2019@1$/);
  });

  test('keep texts that TeX reads as commands', async ({ server }) => {
    const slug = await publishStatement(server, HEADLINE);
    const [item] = new Cite(await textOf(server, `/d/${slug}/cite.bib`)).data;
    expect(item.title.replace(/[“”]/g, '"')).toBe(HEADLINE.replace('{', '(').replace('}', ')'));
  });

  test('of developments that do not exist are refused', async ({ server }) => {
    expect((await get(server, '/d/nothing/cite.bib')).status).toBe(404);
    expect((await get(server, '/d/nothing/cite.json?kind=EVENT')).status).toBe(400);
  });
});
