import { expect } from 'vitest';
import { CITED } from '../../support/example-source.js';
import { describeWithDatabase, publishStatement } from '../../support/fixtures.js';
import { test } from '../../support/shared.js';

const TYPES: [type: string, list: string, one: string, filterOf: (slug: string) => object][] = [
  ['Actor', 'actors', 'actor', (actor) => ({ participant: { actor } })],
  ['Topic', 'topics', 'topic', (slug) => ({ topic: [slug] })],
  ['Treaty', 'treaties', 'treaty', (slug) => ({ treaty: [slug] })],
  ['WeaponSystem', 'weaponSystems', 'weaponSystem', (slug) => ({ weaponSystem: [slug] })],
  ['Doctrine', 'doctrines', 'doctrine', (slug) => ({ doctrine: [slug] })],
  ['Source', 'sources', 'source', (slug) => ({ source: [slug] })],
];

interface Page {
  readonly totalCount: number;
  readonly nodes: readonly { readonly slug: string; readonly occurred: { readonly edtf: string } }[];
}

describeWithDatabase('an object', () => {
  test.for(TYPES)(
    'of the type %s has the developments that the filter finds by it',
    async ([, list, one, filterOf], { dossier }) => {
      const page = '{ totalCount nodes { slug occurred { edtf } } }';
      const data = await dossier.data(`{ ${list}(first: 100) { nodes {
      slug firstOccurred { edtf } lastOccurred { edtf } developments(first: 100) ${page}
    } } }`);
      const [some] = data[list].nodes.filter(
        ({ developments }: { developments: Page }) => developments.totalCount > 0,
      );
      expect(some).toBeDefined();
      for (const { slug, developments, firstOccurred, lastOccurred } of data[list].nodes) {
        const found = await dossier.data(
          `query ($filter: DevelopmentFilter) { developments(first: 100, filter: $filter) ${page} }`,
          { filter: filterOf(slug) },
        );
        expect(developments, slug).toEqual(found['developments']);
        // Those with an open start count for neither date.
        const dated = (developments as Page).nodes.filter(({ occurred }) => !occurred.edtf.startsWith('..'));
        expect(firstOccurred, slug).toEqual(dated.at(-1)?.occurred ?? null);
        expect(lastOccurred, slug).toEqual(dated[0]?.occurred ?? null);
      }
      const narrowed = await dossier.data(
        `query ($slug: String!) { ${one}(slug: $slug) {
        oldest: developments(first: 1, orderBy: { field: EARLIEST, direction: ASC }, filter: { kind: [EVENT, STATEMENT, DOCTRINE_CHANGE] }) { nodes { slug } }
        before: developments(asOf: { moment: "2000-01-01T00:00:00Z" }) { totalCount }
      } }`,
        { slug: some.slug },
      );
      expect(narrowed[one].before.totalCount).toBe(0);
      expect(narrowed[one].oldest.nodes).toHaveLength(1);
    },
  );

  test('has the dates of its published developments whose start is known', async ({ server }) => {
    await server.data('mutation { upsertTopic(input: { slug: "dated", name: "Dated" }) { __typename } }');
    const ask = async () =>
      (await server.data('{ topic(slug: "dated") { firstOccurred { edtf } lastOccurred { edtf } } }'))[
        'topic'
      ];
    const topics = { topics: ['dated'] };
    await publishStatement(server, 'Unknown', { slug: 'unknown', occurred: 'XXXX', ...topics });
    await server.data(
      'mutation ($input: RecordStatementInput!) { recordStatement(input: $input) { __typename } }',
      { input: { headline: 'Draft', occurred: '1990', ...CITED, ...topics } },
    );
    expect(await ask()).toEqual({ firstOccurred: null, lastOccurred: null });
    await publishStatement(server, 'Said', { slug: 'said', occurred: '2019-08~', ...topics });
    const said = { edtf: '2019-08~' };
    expect(await ask()).toEqual({ firstOccurred: said, lastOccurred: said });
    await publishStatement(server, 'Later', { slug: 'later', occurred: '2021', ...topics });
    expect(await ask()).toEqual({ firstOccurred: said, lastOccurred: { edtf: '2021' } });
    await server.data(
      'mutation { retractDevelopment(input: { slug: "said", reason: "Not so" }) { __typename } }',
    );
    expect(await ask()).toEqual({ firstOccurred: { edtf: '2021' }, lastOccurred: { edtf: '2021' } });
  });
});
