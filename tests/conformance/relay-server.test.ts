import {
  assertInterfaceType,
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { describe, expect, test as plain } from 'vitest';
import { addNote } from '../../src/domain/desk/notes.js';
import { recordDevelopment } from '../../src/domain/development/write/record.js';
import { reviseDevelopment } from '../../src/domain/development/write/revise.js';
import { ADMIN_NAME } from '../../src/domain/editor-name.js';
import { createToken } from '../../src/domain/token.js';
import { schema } from '../../src/graphql/schema.js';
import { addArticle } from '../../src/intake/inbox/arrival/add-article.js';
import { createDocumentReader } from '../../src/intake/reader/document-reader.js';
import { CITED } from '../support/example-source.js';
import type { TestServer } from '../support/server.js';
import { test as base } from '../support/shared.js';

// The rules of the GraphQL Server Specification (relay.dev/docs/guides/graphql-server-specification) and of GraphQL
// Cursor Connections (relay.dev/graphql/connections.htm).

const objects = Object.values(schema.getTypeMap()).filter(
  (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'),
);
const connections = objects.filter(({ name }) => name.endsWith('Connection'));
const interfaces = Object.values(schema.getTypeMap()).filter(isInterfaceType);
const pagedFields = [...objects, ...interfaces].flatMap((type) =>
  Object.values<GraphQLField<unknown, unknown>>(type.getFields())
    .filter(({ type }) => connections.some((connection) => connection === getNamedType(type)))
    .map((field) => [`${type.name}.${field.name}`, field] as const),
);

type Fields = Readonly<Record<string, GraphQLField<unknown, unknown>>>;

function fieldOf(fields: Fields, name: string): GraphQLField<unknown, unknown> {
  const field = fields[name];
  if (!field) throw new Error(`There is no field ${name} among ${Object.keys(fields)}.`);
  return field;
}

const typeOf = (fields: Fields, name: string) => String(fieldOf(fields, name).type);
const argumentsOf = ({ args }: GraphQLField<unknown, unknown>) =>
  Object.fromEntries(args.map(({ name, type }) => [name, String(type)]));

describe('the schema has', () => {
  const query = schema.getQueryType()?.getFields() ?? {};

  plain('an interface Node with a single field, and a root field that finds it by id alone', () => {
    const node = assertInterfaceType(schema.getType('Node')).getFields();
    expect(Object.keys(node)).toEqual(['id']);
    expect(typeOf(node, 'id')).toBe('ID!');
    expect(typeOf(query, 'node')).toBe('Node');
    expect(argumentsOf(fieldOf(query, 'node'))).toEqual({ id: 'ID!' });
    expect(typeOf(query, 'nodes')).toBe('[Node]');
    expect(argumentsOf(fieldOf(query, 'nodes'))).toEqual({ ids: '[ID!]!' });
  });

  plain('an id in every type that is a Node, and in no other', () => {
    for (const type of objects) {
      const isNode = type.getInterfaces().some(({ name }) => name === 'Node');
      expect([type.name, 'id' in type.getFields()]).toEqual([type.name, isNode]);
    }
  });

  plain('a PageInfo with two flags and two cursors', () => {
    const fields = objects.find(({ name }) => name === 'PageInfo')?.getFields() ?? {};
    expect(typeOf(fields, 'hasPreviousPage')).toBe('Boolean!');
    expect(typeOf(fields, 'hasNextPage')).toBe('Boolean!');
    expect(typeOf(fields, 'startCursor')).toBe('Cursor');
    expect(typeOf(fields, 'endCursor')).toBe('Cursor');
  });

  plain.for(connections.map((type) => [type.name, type] as const))(
    'edges with node and cursor, and pageInfo, in %s',
    ([, type]) => {
      const fields = type.getFields();
      expect(typeOf(fields, 'pageInfo')).toBe('PageInfo!');
      const edges = fieldOf(fields, 'edges').type;
      expect(isListType(getNullableType(edges))).toBe(true);
      const edge = getNamedType(edges);
      if (!isObjectType(edge)) throw new Error(`${type.name}.edges is not a list of objects.`);
      expect(edge.name).toBe(type.name.replace(/Connection$/, 'Edge'));
      expect(typeOf(edge.getFields(), 'cursor')).toBe('Cursor!');
      expect(isListType(getNullableType(fieldOf(edge.getFields(), 'node').type))).toBe(false);
    },
  );

  plain.for(pagedFields)('arguments for both directions in %s', ([, field]) => {
    expect(argumentsOf(field)).toMatchObject({
      first: 'Int',
      after: 'Cursor',
      last: 'Int',
      before: 'Cursor',
    });
  });
});

interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: unknown }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** The fields that identify nodes without an id. */
const KEYS: Readonly<Record<string, string>> = {
  AuditEntryConnection: 'key',
  MentionConnection: 'note { key }',
};

const test = base.extend<{ record: TestServer }>({
  /** The example record, with three objects in each list for editors. */
  record: [
    async ({ dossier }, use) => {
      const writer = { db: dossier.db, editor: ADMIN_NAME, wake: () => {} };
      const contributor = { ...writer, role: 'CONTRIBUTOR' as const };
      for (const name of ['one', 'two', 'three']) {
        const [draft, published] = [`draft-${name}`, `published-${name}`];
        const content = { ...CITED, headline: name, occurred: '2020', type: 'TEST' as const };
        await recordDevelopment(writer, 'EVENT', { ...content, slug: draft });
        await addNote(writer, draft, { text: `Look, @${ADMIN_NAME}.` });
        await recordDevelopment(writer, 'EVENT', { ...content, slug: published }, { publish: true });
        await reviseDevelopment(contributor, 'EVENT', published, { headline: 'Proposed' });
        await createToken(dossier.db, { name, role: 'EDITOR' });
        const article = { text: `An article about ${name}.`, url: `https://example.org/${name}` };
        await addArticle(writer, article, READERS);
      }
      await use(dossier);
    },
    { scope: 'file' },
  ],
});

/** Reads plain text only. */
const READERS = {
  maxBytes: 1_000,
  reader: createDocumentReader({ timeout: 1_000, onDefect: () => {} }),
  fetchArticle: () => Promise.reject(new Error('Nothing is fetched.')),
};

/** Root connections without arguments that are required. */
const lists = pagedFields
  .filter(([name, { args }]) => name.startsWith('Query.') && !args.some(isRequiredArgument))
  .map(([name]) => [name.replace('Query.', '')] as const);

describe('on the example record', () => {
  async function read(record: TestServer, field: string, args: Record<string, unknown>): Promise<Page> {
    const type = getNamedType(fieldOf(schema.getQueryType()?.getFields() ?? {}, field).type);
    const given = Object.entries(args)
      .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
      .join(', ');
    const data = await record.data<Record<string, Page>>(`{
      ${field}(${given}) {
        edges { cursor node { ${KEYS[type.name] ?? 'id'} } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }`);
    const found = data[field];
    if (!found) throw new Error(`${field} is null.`);
    return found;
  }

  test.for(lists)('%s reads the same edges forward, backward and at once', async ([field], { record }) => {
    const { edges: all } = await read(record, field, { first: 100 });
    expect(all.length).toBeGreaterThan(0);
    const size = Math.ceil(all.length / 3);

    const forward: Page['edges'][number][] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { edges, pageInfo }: Page = await read(record, field, { first: size, ...(after && { after }) });
      expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([edges[0]?.cursor, edges.at(-1)?.cursor]);
      expect(pageInfo.hasPreviousPage).toBe(forward.length > 0);
      forward.push(...edges);
      expect(pageInfo.hasNextPage).toBe(forward.length < all.length);
      [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
    }
    expect(forward).toEqual(all);

    const backward: Page['edges'][number][] = [];
    for (let before: string | null = null, more = true; more; ) {
      const { edges, pageInfo }: Page = await read(record, field, { last: size, ...(before && { before }) });
      expect(pageInfo.hasNextPage).toBe(backward.length > 0);
      backward.unshift(...edges);
      expect(pageInfo.hasPreviousPage).toBe(backward.length < all.length);
      [before, more] = [pageInfo.startCursor, pageInfo.hasPreviousPage];
    }
    expect(backward).toEqual(all);
  });

  test.for(lists)('%s refuses negative numbers of edges', async ([field], { record }) => {
    for (const direction of ['first', 'last']) {
      const { errors } = await record.request(`{ ${field}(${direction}: -1) { edges { cursor } } }`);
      expect(errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
    }
  });
});
