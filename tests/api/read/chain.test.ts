import fc from 'fast-check';
import { expect } from 'vitest';
import { LinkRelation } from '../../../src/domain/development/content/vocabulary.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import { runs } from '../../support/random/runs.js';
import type { TestServer } from '../../support/server.js';
import { mutate, test } from '../../support/writes.js';

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly relation: LinkRelation;
}

const edge = (from: number, relation: LinkRelation, to: number): Edge => ({
  from: `node-${from}`,
  to: `node-${to}`,
  relation,
});

/** Cycles, forks, two paths to one node, two links between two nodes, a draft in the middle, an isolated node. */
const EDGES: readonly Edge[] = [
  ...[edge(1, 'RESPONDS_TO', 2), edge(2, 'RESPONDS_TO', 3), edge(3, 'RESPONDS_TO', 1)],
  ...[edge(1, 'ANNOUNCES', 4), edge(4, 'IMPLEMENTS', 5), edge(2, 'IMPLEMENTS', 5), edge(5, 'PART_OF', 6)],
  ...[edge(4, 'CONTRADICTS', 5), edge(5, 'CONTRADICTS', 4), edge(7, 'SUPERSEDES', 6), edge(8, 'PART_OF', 7)],
  ...[edge(6, 'ANNOUNCES', 9), edge(9, 'ANNOUNCES', 10), edge(10, 'RESPONDS_TO', 11)],
];
const DRAFT = 'node-9';
const NODES = Array.from({ length: 12 }, (_, index) => `node-${index + 1}`);

/** Computes the expected result: a breadth-first walk over `EDGES`. */
function walk(
  start: string,
  relations: readonly string[],
  direction: string | null,
  depth: number,
  draft: boolean,
) {
  const edges = EDGES.filter(
    ({ from, to, relation }) => relations.includes(relation) && (draft || (from !== DRAFT && to !== DRAFT)),
  );
  let level = new Set([start]);
  const met = new Set(level);
  for (let step = 0; step < depth; step += 1) {
    const out = direction === 'IN' ? [] : edges.filter(({ from }) => level.has(from)).map(({ to }) => to);
    const back = direction === 'OUT' ? [] : edges.filter(({ to }) => level.has(to)).map(({ from }) => from);
    level = new Set([...out, ...back].filter((node) => !met.has(node)));
    for (const node of level) met.add(node);
  }
  const within = edges.filter(({ from, to }) => met.has(from) && met.has(to));
  return { nodes: [...met].sort(), edges: within.map(named).sort() };
}

const named = ({ from, relation, to }: Edge) => `${from} ${relation} ${to}`;

const CHAIN = `query ($slug: String!, $direction: LinkDirection, $relations: [LinkRelation!], $depth: Int, $asOf: AsOf) {
  chain(slug: $slug, direction: $direction, relations: $relations, depth: $depth, asOf: $asOf) {
    isComplete
    nodes { slug occurred { earliest latest } }
    edges { relation from { slug } to { slug } }
  }
}`;

async function ask({ request }: TestServer, variables: object, token?: null) {
  const { data, errors } = await request<any>(CHAIN, { variables, ...(token === null && { token }) });
  if (errors) throw new Error(errors[0]?.message);
  const { isComplete, nodes, edges } = data.chain;
  return {
    isComplete,
    times: nodes.map(({ occurred }: any) => `${occurred.earliest} ${occurred.latest}`),
    nodes: nodes.map(({ slug }: any) => slug).sort(),
    edges: edges
      .map(({ from, relation, to }: any) => named({ from: from.slug, relation, to: to.slug }))
      .sort(),
  };
}

describeWithDatabase('chain', () => {
  let asOf: object;

  test('follows links breadth first, in any direction, with any relations and depth', async ({ record }) => {
    for (const [index, slug] of NODES.entries()) {
      const occurred = `20${10 + ((index * 7) % 12)}`;
      const input = { slug, headline: slug, occurred, citations: [{ source: 'source' }] };
      await mutate(record, 'recordStatement', { ...input, publish: slug !== DRAFT });
    }
    for (const { from, to, relation } of EDGES) {
      expect(await mutate(record, 'linkDevelopments', { slug: from, to, relation })).toMatchObject({
        slug: from,
      });
    }
    const { feedHead } = await record.data('{ feedHead }');
    asOf = { cursor: feedHead };
    const relations = fc.subarray(Object.values(LinkRelation));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...NODES.filter((slug) => slug !== DRAFT)),
        fc.constantFrom('IN', 'OUT', null),
        fc.option(relations, { nil: null }),
        fc.integer({ min: 1, max: 10 }),
        async (slug, direction, wanted, depth) => {
          const variables = { slug, direction, relations: wanted, depth };
          const all = wanted?.length ? wanted : Object.values(LinkRelation); // An empty list sets no condition.
          const asEditor = await ask(record, variables);
          expect(asEditor).toMatchObject({ isComplete: true, ...walk(slug, all, direction, depth, true) });
          expect(asEditor.times).toEqual([...asEditor.times].sort());
          const asReader = await ask(record, variables, null);
          expect(asReader).toMatchObject(walk(slug, all, direction, depth, false));
          expect(await ask(record, { ...variables, asOf }, null)).toEqual(asReader);
        },
      ),
      { numRuns: runs(60) },
    );
  });

  test('shows the links of the past with asOf, not the present ones', async ({ record }) => {
    await mutate(record, 'unlinkDevelopments', { slug: 'node-1', to: 'node-4', relation: 'ANNOUNCES' });
    const only = { slug: 'node-1', relations: ['ANNOUNCES'], depth: 1 };
    expect((await ask(record, only)).nodes).toEqual(['node-1']);
    expect((await ask(record, { ...only, asOf })).nodes).toEqual(['node-1', 'node-4']);
  });

  test('is null for an unknown slug, and refuses a depth out of range', async ({ record }) => {
    expect(await record.data('{ chain(slug: "nobody-wrote-this") { isComplete } }')).toEqual({ chain: null });
    for (const depth of [0, 11]) {
      await expect(ask(record, { slug: 'node-1', depth })).rejects.toThrow(
        `Expected depth from 1 to 10; got ${depth}.`,
      );
    }
  });

  test('returns the nearest 500 developments, marked incomplete, when links lead to more', async ({
    record,
  }) => {
    const { db } = record;
    await mutate(record, 'recordStatement', {
      ...{
        slug: 'leaf',
        headline: 'Leaf',
        occurred: '2020',
        citations: [{ source: 'source' }],
        publish: true,
      },
    });
    await mutate(record, 'linkDevelopments', { slug: 'leaf', to: 'node-12', relation: 'RESPONDS_TO' });
    // Copies of a development that links there. Only their number matters.
    const [{ columns }] = await db.$queryRaw<[{ columns: string }]>`
      SELECT string_agg(column_name, ', ') AS columns FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name = 'development' AND is_generated = 'NEVER'`;
    await db.$executeRawUnsafe(`
      INSERT INTO development (${columns})
      SELECT ${columns} FROM (
        SELECT (jsonb_populate_record(it, jsonb_build_object('id', gen_random_uuid(), 'slug', 'leaf-' || number))).*
        FROM development AS it, generate_series(1, 520) AS number WHERE it.slug = 'leaf'
      ) AS copies`);
    await db.$executeRaw`
      INSERT INTO revision
      SELECT (jsonb_populate_record(said, jsonb_build_object('development_id', it.id))).*
      FROM development AS it, development AS leaf, revision AS said
      WHERE it.slug LIKE 'leaf-%' AND leaf.slug = 'leaf' AND said.development_id = leaf.id AND said.number = it.revision`;
    const found = await ask(record, { slug: 'node-12', direction: 'IN', depth: 2 });
    expect([found.isComplete, found.nodes.length, found.edges.length]).toEqual([false, 500, 499]);
    expect(found.nodes).toContain('node-12');
  });
});
