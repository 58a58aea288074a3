import { expect } from 'vitest';
import { AROUND_ARTICLE } from '../../support/around-article.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import { test } from '../../support/shared.js';

describeWithDatabase('one request answers', () => {
  test('what led to the end of the moratorium, in order, with who said what', async ({ dossier }) => {
    const { end, before } = await dossier.data(
      `query ($around: [String!]) {
      end: development(slug: "inf-moratorium-ends-2025") {
        links { relation from { slug } to { slug links(direction: IN) { from { slug } } } }
      }
      before: developments(
        filter: { topic: ["intermediate-range-missiles"], occurred: { within: "../2025-08-04", certainty: CERTAIN }, source: $around }
        orderBy: { field: EARLIEST, direction: ASC }
      ) {
        nodes { slug ... on Statement { translation speakers { capacity actor { name } } } }
      }
    }`,
      { around: AROUND_ARTICLE.source },
    );
    expect(before.nodes.map(({ slug }: { slug: string }) => slug)).toEqual([
      'inf-moratorium-begins-2019',
      'united-states-leaves-inf-2019',
      'putin-federal-assembly-address-2019',
      'russia-suspends-inf-2019',
      'putin-missile-production-2024',
      'missile-production-ready-2024',
      'foreign-ministry-announces-moratorium-end-2025',
      'inf-moratorium-ends-2025',
    ]);
    expect(before.nodes[2]).toMatchObject({
      translation: 'deploy means of nuclear deterrence … decision centers',
      speakers: [{ capacity: 'President of Russia', actor: { name: 'Vladimir Putin' } }],
    });
    const linked = end.links.map((link: any) => `${link.from.slug} ${link.relation} ${link.to.slug}`);
    expect(linked).toEqual([
      'inf-moratorium-ends-2025 RESPONDS_TO united-states-leaves-inf-2019',
      'foreign-ministry-announces-moratorium-end-2025 ANNOUNCES inf-moratorium-ends-2025',
      'ryabkov-missile-threats-2025 RESPONDS_TO inf-moratorium-ends-2025',
    ]);
    expect(end.links[0].to.links.map((link: any) => link.from.slug)).toEqual([
      'putin-announces-inf-suspension-2019',
      'putin-federal-assembly-address-2019',
      'russia-suspends-inf-2019',
      'inf-moratorium-begins-2019',
      'putin-no-first-deployment-2019',
      'inf-moratorium-ends-2025',
    ]);
  });

  test('which statements Putin made about intermediate-range missiles, with competing dates and their sources', async ({
    dossier,
  }) => {
    const { statements } = await dossier.data(
      `query ($around: [String!]) {
      statements(
        filter: { participant: { actor: "vladimir-putin", role: [SPEAKER] }, topic: ["intermediate-range-missiles"], source: $around }
        orderBy: { field: EARLIEST, direction: ASC }
      ) {
        totalCount
        nodes { slug disputed occurred { edtf text } claims(field: [OCCURRED]) { value rank note citation { source { slug publisher } } } }
      }
    }`,
      { around: AROUND_ARTICLE.source },
    );
    const claims = statements.nodes.map(({ slug, disputed, occurred, claims }: any) => [
      slug,
      disputed,
      occurred.text,
      claims.map((claim: any) => `${claim.value} ${claim.rank} ${claim.citation.source.slug}`),
    ]);
    expect(statements.totalCount).toBe(2);
    expect(claims).toEqual([
      [
        'putin-federal-assembly-address-2019',
        true,
        '20 February 2019',
        ['2020-02 NORMAL ryabkov-interview-article', '2019-02-20 PREFERRED putin-address-2019-02-20'],
      ],
      [
        'putin-missile-production-2024',
        true,
        '28 June 2024',
        [
          '2024-06-28 PREFERRED putin-security-council-2024-06-28',
          '2020-06-28 NORMAL ryabkov-interview-article',
          '2021 DEPRECATED ryabkov-interview-article',
        ],
      ],
    ]);
    expect(statements.nodes[0].claims[0].note).toContain("The article's date");
  });

  test('which doctrines changed since 2019, with before and after, and what the changes respond to', async ({
    dossier,
  }) => {
    const { doctrineChanges } = await dossier.data(`{
      doctrineChanges(filter: { occurred: { within: "2019/.." } }, orderBy: { field: EARLIEST, direction: ASC }) {
        nodes {
          slug changeType before after doctrine { slug actor { slug } } effective { edtf } approvedBy { slug }
          links(direction: OUT, relation: [RESPONDS_TO]) { to { __typename slug } }
        }
      }
    }`);
    const withdrawal = { to: { __typename: 'Event', slug: 'united-states-leaves-inf-2019' } };
    const moratorium = { slug: 'moratorium-intermediate-range-missiles', actor: { slug: 'russia' } };
    expect(doctrineChanges.nodes).toMatchObject([
      {
        changeType: 'ADOPTED',
        doctrine: moratorium,
        approvedBy: [],
        effective: { edtf: '2019' },
        links: [withdrawal],
      },
      { changeType: 'ADOPTED', approvedBy: [{ slug: 'vladimir-putin' }], links: [] },
      { changeType: 'AMENDED', approvedBy: [{ slug: 'vladimir-putin' }], links: [] },
      {
        changeType: 'ABANDONED',
        doctrine: moratorium,
        effective: { edtf: '2025-08-04' },
        links: [withdrawal],
      },
    ]);
    expect(doctrineChanges.nodes[3].before).toMatch(/did not deploy/);
    expect(doctrineChanges.nodes[3].after).toMatch(/no longer keeps/);
  });

  test('which facts rest on the article alone, and which are disputed', async ({ dossier }) => {
    const { all, disputed } = await dossier.data(`{
      all: developments(first: 100, filter: { source: ["ryabkov-interview-article"] }) {
        nodes { slug citations { source { slug } } }
      }
      disputed: developments(filter: { disputed: true }) { nodes { slug } }
    }`);
    const onArticleAlone = all.nodes
      .filter(({ citations }: any) =>
        citations.every(({ source }: any) => source.slug === 'ryabkov-interview-article'),
      )
      .map(({ slug }: any) => slug);
    expect(onArticleAlone.sort()).toEqual([
      'analysts-on-nuclear-doctrine',
      'missile-production-ready-2024',
      'russian-officials-on-protection',
      'ryabkov-missile-threats-2025',
    ]);
    expect(disputed.nodes.map(({ slug }: any) => slug)).toEqual([
      'nuclear-doctrine-update-2024',
      'putin-missile-production-2024',
      'putin-federal-assembly-address-2019',
      'russia-shows-9m729-2019',
    ]);
  });

  test('whether the date of the address was corrected, and why', async ({ dossier }) => {
    const { development } = await dossier.data(`{
      development(slug: "putin-federal-assembly-address-2019") {
        revision
        revisions { nodes { number status changedFields reason editor } }
        claims(field: [OCCURRED]) { value rank }
      }
    }`);
    expect(development.revision).toBe(4);
    expect(development.revisions.nodes).toMatchObject([
      { number: 4, changedFields: ['links'] },
      {
        number: 3,
        changedFields: ['claims', 'occurred'],
        reason: expect.stringContaining('a year late'),
      },
      {
        number: 2,
        changedFields: ['citations', 'claims', 'confidence', 'derivedConfidence'],
        reason: expect.stringContaining('official transcript'),
      },
      { number: 1, status: 'PUBLISHED', editor: 'dossier' },
    ]);
    expect(development.claims).toEqual([
      { value: '2020-02', rank: 'NORMAL' },
      { value: '2019-02-20', rank: 'PREFERRED' },
    ]);
  });

  test('how many developments there are per year and kind', async ({ dossier }) => {
    const { timeline } = await dossier.data(
      'query ($filter: DevelopmentFilter) { timeline(interval: YEAR, filter: $filter) { from to kind count } }',
      { filter: AROUND_ARTICLE },
    );
    expect(timeline.map(({ from, to, kind, count }: any) => `${from} ${to} ${kind} ${count}`)).toEqual([
      // Uncertain years can be the year before.
      '2018-01-01 2018-12-31 STATEMENT 1',
      '2019-01-01 2019-12-31 DOCTRINE_CHANGE 1',
      '2019-01-01 2019-12-31 EVENT 2',
      '2019-01-01 2019-12-31 STATEMENT 1',
      '2023-01-01 2023-12-31 EVENT 2',
      '2024-01-01 2024-12-31 DOCTRINE_CHANGE 1',
      '2024-01-01 2024-12-31 EVENT 1',
      '2024-01-01 2024-12-31 STATEMENT 3',
      '2025-01-01 2025-12-31 DOCTRINE_CHANGE 1',
      '2025-01-01 2025-12-31 STATEMENT 1',
    ]);
  });
});
