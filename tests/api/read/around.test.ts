import { expect } from 'vitest';
import { describeWithDatabase, publishStatement } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { test } from '../../support/shared.js';

interface Listed {
  readonly id: string;
  readonly slug: string;
  readonly occurred: { readonly earliest: string | null };
  readonly topics: readonly { readonly slug: string }[];
  readonly participants: readonly { readonly actor: { readonly slug: string } }[];
  readonly links: readonly {
    readonly from: { readonly slug: string };
    readonly to: { readonly slug: string };
  }[];
  readonly previous: { readonly slug: string } | null;
  readonly next: { readonly slug: string } | null;
  readonly related: readonly { readonly slug: string }[];
}

/** Reads all developments, oldest first, with what is around each. */
async function readAll(server: TestServer, variables: object = {}): Promise<readonly Listed[]> {
  const { developments } = await server.data(
    `query ($filter: DevelopmentFilter, $asOf: AsOf) {
      developments(first: 100, filter: $filter, asOf: $asOf, orderBy: { field: EARLIEST, direction: ASC }) { nodes {
        slug occurred { earliest } topics { slug } participants { actor { slug } } links { from { slug } to { slug } }
        previous(filter: $filter) { slug } next(filter: $filter) { slug } related(first: 20) { slug }
      } }
    }`,
    variables,
  );
  return developments.nodes;
}

function expectNeighbours(nodes: readonly Listed[]): void {
  expect(nodes.length).toBeGreaterThan(1);
  for (const [index, { slug, previous, next }] of nodes.entries()) {
    expect(previous?.slug, slug).toBe(nodes[index - 1]?.slug);
    expect(next?.slug, slug).toBe(nodes[index + 1]?.slug);
  }
}

/** The points of a pair, by the rule in the description of `related`. */
function pointsOf(one: Listed, other: Listed): number {
  const shared = (slugs: (node: Listed) => readonly string[]) => {
    const held = new Set(slugs(other));
    return [...new Set(slugs(one))].filter((slug) => held.has(slug)).length;
  };
  const isLinked = one.links.some(({ from, to }) => from.slug === other.slug || to.slug === other.slug);
  const topics = shared((node) => node.topics.map(({ slug }) => slug));
  const actors = shared((node) => node.participants.map(({ actor }) => actor.slug));
  return (isLinked ? 4 : 0) + 2 * topics + actors;
}

describeWithDatabase('around a development', () => {
  test('are the ones before and after it in the order of days', async ({ dossier }) => {
    expectNeighbours(await readAll(dossier));
  });

  test.for([
    ['kinds', { kind: ['STATEMENT'] }],
    ['a topic', { topic: ['intermediate-range-missiles'] }],
    ['dates', { occurred: { within: '2019/2024' } }],
    ['words', { text: 'missile' }],
  ] as const)('are the ones before and after it among %s', async ([, filter], { dossier }) => {
    expectNeighbours(await readAll(dossier, { filter }));
  });

  test('are the ones of the same point in time', async ({ server }) => {
    for (const [slug, occurred] of Object.entries({ one: '2001', three: '2003' }))
      await publishStatement(server, slug, { slug, occurred });
    const { feedHead } = await server.data('{ feedHead }');
    await publishStatement(server, 'two', { slug: 'two', occurred: '2002' });
    await server.data(
      'mutation { retractDevelopment(input: { slug: "three", reason: "Not so" }) { __typename } }',
    );
    const past = await readAll(server, { asOf: { cursor: feedHead } });
    expect(past.map(({ slug }) => slug)).toEqual(['one', 'three']);
    expectNeighbours(past);
    const now = await readAll(server);
    expect(now.map(({ slug }) => slug)).toEqual(['one', 'two']);
    expectNeighbours(now);
    // Also around one that has left the list.
    const { development } = await server.data(
      '{ development(slug: "three") { previous { slug } next { slug } } }',
    );
    expect(development).toEqual({ previous: { slug: 'two' }, next: null });
  });

  test('are the related ones, by links, topics and actors', async ({ dossier }) => {
    const nodes = await readAll(dossier);
    const { feedHead } = await dossier.data('{ feedHead }');
    const past = await readAll(dossier, { asOf: { cursor: feedHead } });
    let found = 0;
    for (const [index, one] of nodes.entries()) {
      const points = new Map(
        nodes.filter((other) => other !== one).map((other) => [other.slug, pointsOf(one, other)]),
      );
      const related = one.related.map(({ slug }) => slug);
      const expected = [...points.values()].filter((count) => count > 0).sort((a, b) => b - a);
      expect(
        related.map((slug) => points.get(slug)),
        one.slug,
      ).toEqual(expected.slice(0, 20));
      expect(past[index]?.related, one.slug).toEqual(one.related);
      found += related.length;
    }
    expect(found).toBeGreaterThan(nodes.length);
    const { development } = await dossier.data(
      '{ development(slug: "inf-moratorium-ends-2025") { related { slug } one: related(first: 1) { slug } none: related(first: 0) { slug } } }',
    );
    expect(development.related).toHaveLength(5);
    expect(development.one).toEqual(development.related.slice(0, 1));
    expect(development.none).toEqual([]);
    const { errors } = await dossier.request(
      '{ development(slug: "inf-moratorium-ends-2025") { related(first: 21) { slug } } }',
    );
    expect(errors?.[0]?.message).toContain('Expected first from 0 to 20');
  });
});
