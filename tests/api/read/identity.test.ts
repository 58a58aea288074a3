import { expect } from 'vitest';
import { describeWithDatabase, test } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { mutate } from '../../support/writes.js';

const OBJECT = `
  __typename id slug headline status revision
  links { relation from { id headline } to { id headline } }
  topics { id name } citations { source { id } }`;

const statement = (slug: string, more: object = {}) => ({
  ...{ slug, headline: slug, occurred: '2020', publish: true, citations: [{ source: 'source' }] },
  ...more,
});

const here = async (server: TestServer) => (await server.data('{ feedHead }'))['feedHead'] as string;

/** Reads a development now, or as of a cursor of the feed. */
async function read(server: TestServer, slug: string, cursor?: string) {
  const { development } = await server.data(
    `query ($slug: String!, $asOf: AsOf) { development(slug: $slug, asOf: $asOf) { ${OBJECT} current { ${OBJECT} } } }`,
    { slug, asOf: cursor === undefined ? null : { cursor } },
  );
  return development;
}

const nodesOf = async (server: TestServer, ids: readonly string[]) =>
  (
    await server.data(
      `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Development { ${OBJECT} } ... on Topic { id name } ... on Source { id } } }`,
      { ids },
    )
  )['nodes'];

const decode = (id: string) => Buffer.from(id, 'base64').toString();
const encode = (text: string) => Buffer.from(text).toString('base64');

describeWithDatabase('ids', () => {
  test('are equal only for equal objects, at any point and however deeply nested', async ({ server }) => {
    await mutate(server, 'upsertTopic', { slug: 'topic', name: 'Topic' });
    const points: string[] = [];
    const step = async (name: string, input: object) => {
      await mutate(server, name, input);
      points.push(await here(server));
    };
    await step('recordStatement', statement('one', { topics: ['topic'] }));
    await step('recordStatement', statement('two'));
    await step('linkDevelopments', { slug: 'two', to: 'one', relation: 'RESPONDS_TO' });
    await step('reviseStatement', { slug: 'one', headline: 'One, corrected' });
    await step('reviseStatement', { slug: 'two', newSlug: 'two-renamed', headline: 'Two' });
    await step('retractDevelopment', { slug: 'one', reason: 'Wrong', successor: 'two-renamed' });
    const seen = new Map<string, Map<string, unknown>>();
    const look = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      if ('id' in value) {
        const fields = seen.get(value.id as string) ?? new Map<string, unknown>();
        seen.set(value.id as string, fields);
        for (const [name, field] of Object.entries(value)) {
          if (fields.has(name))
            expect(field, `${decode(value.id as string)}.${name}`).toEqual(fields.get(name));
          if (name !== 'current' && name !== 'developments') fields.set(name, field);
        }
      }
      for (const field of Object.values(value)) look(field);
    };
    for (const cursor of [...points, undefined]) {
      const { data } = await server.request<any>(
        `query ($asOf: AsOf) {
          developments(first: 10, asOf: $asOf, filter: { status: [PUBLISHED, RETRACTED] }) {
            nodes { ${OBJECT} deep: links { to { ${OBJECT} } from { ${OBJECT} } } current { ${OBJECT} } }
          }
          chain(slug: "one", asOf: $asOf) { nodes { ${OBJECT} } edges { from { ${OBJECT} } to { ${OBJECT} } } }
          source(slug: "source") { id developments(asOf: $asOf) { nodes { ${OBJECT} } } }
          changesBetween(from: { cursor: "${points[0]}" }, to: $asOf) {
            nodes { before { ${OBJECT} } after { ${OBJECT} } }
          }
        }`,
        { variables: { asOf: cursor === undefined ? null : { cursor } }, token: null },
      );
      look(data);
    }
    const ids = [...seen.keys()].filter((id) => decode(id).startsWith('Statement:'));
    expect(ids.length).toBeGreaterThan(10);
    for (const node of await nodesOf(server, ids)) look(node);
    expect((await nodesOf(server, ids)).map(({ id }: { id: string }) => id)).toEqual(ids);
    // Those of the past have ids of their own too, and lead to what was shown.
    const past = [...seen.keys()].filter((id) => /^(Topic|Source):.*@/.test(decode(id)));
    expect(past.length).toBeGreaterThan(4);
    expect((await nodesOf(server, past)).map(({ id }: { id: string }) => id)).toEqual(past);
    expect([...seen.keys()].filter((id) => /^(Topic|Source):[^@]*$/.test(decode(id)))).toHaveLength(2);
  });

  test('of past states lead to those states, alone and among others', async ({ server }) => {
    await mutate(server, 'recordStatement', statement('one'));
    const before = await here(server);
    await mutate(server, 'reviseStatement', { slug: 'one', headline: 'Corrected' });
    const past = await read(server, 'one', before);
    const present = await read(server, 'one');
    expect(past.id).not.toBe(present.id);
    const { node } = await server.data(
      'query ($id: ID!) { node(id: $id) { id ... on Development { headline } } }',
      { id: past.id },
    );
    expect(node).toEqual({ id: past.id, headline: 'one' });
    const found = await nodesOf(server, [present.id, past.id, present.id, past.id]);
    expect(found.map(({ headline }: { headline: string }) => headline)).toEqual([
      'Corrected',
      'one',
      'Corrected',
      'one',
    ]);
  });

  test('of past states lead to the present one, and to the tombstone of a retracted development', async ({
    server,
  }) => {
    await mutate(server, 'recordStatement', statement('one'));
    await mutate(server, 'recordStatement', statement('two'));
    const before = await here(server);
    await mutate(server, 'reviseStatement', { slug: 'one', headline: 'Corrected', newSlug: 'first' });
    await mutate(server, 'retractDevelopment', { slug: 'two', reason: 'Wrong', successor: 'first' });
    const one = await read(server, 'one', before);
    const present = await read(server, 'first');
    expect(one.current).toMatchObject({ id: present.id, slug: 'first', headline: 'Corrected', revision: 2 });
    expect(present.current.id).toBe(present.id);
    const { data } = await server.request<any>(
      `query ($asOf: AsOf) {
        development(slug: "two", asOf: $asOf) {
          status current { status retraction { reason successor { id } } }
        }
      }`,
      { variables: { asOf: { cursor: before } }, token: null },
    );
    expect(data.development).toEqual({
      status: 'PUBLISHED',
      current: { status: 'RETRACTED', retraction: { reason: 'Wrong', successor: { id: present.id } } },
    });
  });

  test('of the states before and after a change differ, and the state now has the plain id', async ({
    server,
  }) => {
    await mutate(server, 'recordStatement', statement('one'));
    const from = await here(server);
    await mutate(server, 'reviseStatement', { slug: 'one', headline: 'Corrected' });
    const to = await here(server);
    const ask = async (more: object) =>
      (
        await server.data(
          `query ($from: AsOf!, $to: AsOf) {
            changesBetween(from: $from, to: $to) { nodes { before { id headline } after { id headline } } }
          }`,
          { from: { cursor: from }, ...more },
        )
      )['changesBetween'].nodes[0];
    const { before, after } = await ask({ to: { cursor: to } });
    expect([before.headline, after.headline]).toEqual(['one', 'Corrected']);
    expect(before.id).toBe((await read(server, 'one', from)).id);
    expect(after.id).toBe((await read(server, 'one', to)).id);
    expect((await ask({})).after.id).toBe((await read(server, 'one')).id);
  });

  test('of points that the record has not reached find nothing, and malformed ones are refused', async ({
    server,
  }) => {
    await mutate(server, 'recordStatement', statement('one'));
    const { id } = await read(server, 'one');
    const plain = decode(id);
    await mutate(server, 'upsertTopic', { slug: 'topic', name: 'Topic' });
    const { topic } = await server.data('{ topic(slug: "topic") { id } }');
    const ask = (text: string) =>
      server.request<any>('query ($id: ID!) { node(id: $id) { id } }', {
        variables: { id: encode(text) },
        token: null,
      });
    for (const point of ['0', '99999', '9223372036854775807']) {
      expect((await ask(`${plain}@${point}`)).data).toEqual({ node: null });
    }
    expect((await ask(`${decode(topic.id)}@0`)).data).toEqual({ node: null });
    for (const point of ['01', '-1', '1.5', '', ' 1', '9223372036854775808', '1@1']) {
      expect((await ask(`${plain}@${point}`)).errors).toMatchObject([
        {
          message: expect.stringMatching(/^Expected an id returned by this API; got /),
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ]);
    }
  });

  test('of items of the feed are those of the present, so that caches follow it', async ({ server }) => {
    const from = await here(server);
    await mutate(server, 'recordStatement', statement('one'));
    await mutate(server, 'recordStatement', statement('two'));
    await mutate(server, 'linkDevelopments', { slug: 'one', to: 'two', relation: 'RESPONDS_TO' });
    await mutate(server, 'reviseStatement', { slug: 'two', headline: 'Corrected' });
    const items = server.client().iterate<any>({
      query: `subscription ($after: Cursor) {
        feed(after: $after) {
          ... on DevelopmentPublished { development { id } }
          ... on DevelopmentRevised { development { id current { id headline } links { from { id } to { id } } } }
        }
      }`,
      variables: { after: from },
    });
    const next = async () => (await items.next()).value.data.feed.development;
    const [one, two] = [await read(server, 'one'), await read(server, 'two')];
    expect(await next()).toEqual({ id: one.id });
    expect(await next()).toEqual({ id: two.id });
    const links = [{ from: { id: one.id }, to: { id: two.id } }];
    expect(await next()).toEqual({ id: one.id, current: { id: one.id, headline: 'one' }, links });
    expect(await next()).toEqual({ id: two.id, current: { id: two.id, headline: 'Corrected' }, links });
    await items.return?.();
  });
});
