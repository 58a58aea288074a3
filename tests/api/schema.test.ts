import { readFile } from 'node:fs/promises';
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../../src/graphql/schema.js';

const types = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
);

test('schema.graphql equals the schema, which npm run schema writes', async () => {
  const committed = await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8');
  expect(committed).toBe(`${printSchema(lexicographicSortSchema(schema))}\n`);
});

interface Part {
  at: string;
  description: string | null | undefined;
}

test('every type, field, argument and enum value has a description', () => {
  const described = types.flatMap((type) => {
    const parts: Part[] = [{ at: type.name, description: type.description }];
    if (isEnumType(type)) {
      parts.push(
        ...type.getValues().map(({ name, description }) => ({ at: `${type.name}.${name}`, description })),
      );
    }
    if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) {
        const at = `${type.name}.${field.name}`;
        parts.push({ at, description: field.description });
        const args: readonly { name: string; description?: string | null | undefined }[] =
          'args' in field ? field.args : [];
        if (args.length > 0)
          parts.push(...args.map(({ name, description }) => ({ at: `${at}(${name}:)`, description })));
      }
    }
    return parts;
  });
  expect(described.length).toBeGreaterThan(500);
  const silent = described.filter(({ description }) => !description?.trim()).map(({ at }) => at);
  expect(silent).toEqual([]);
});

test('every connection has totalCount, totalCountIsExact, nodes, edges and pageInfo, none of them nullable', () => {
  const connections = types
    .filter(({ name }) => name.endsWith('Connection'))
    .filter((type) => isObjectType(type));
  expect(connections).toHaveLength(17);
  for (const connection of connections) {
    const fields = Object.values(connection.getFields()).map(({ name, type }) => `${name}: ${type}`);
    const node = connection.name.replace(/Connection$/, '');
    expect(fields.sort()).toEqual([
      `edges: [${node}Edge!]!`,
      `nodes: [${node}!]!`,
      'pageInfo: PageInfo!',
      'totalCount: Int!',
      'totalCountIsExact: Boolean!',
    ]);
  }
});

test('only nodes have an id, so that caches take nothing else for an object of its own', () => {
  const withId = types
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .filter((type) => 'id' in type.getFields());
  expect(withId.length).toBeGreaterThan(10);
  for (const type of withId) {
    const interfaces = [type.name, ...type.getInterfaces().map(({ name }) => name)];
    expect(interfaces, type.name).toContain('Node');
  }
});

test('node and nodes take ids alone, which makes every object refetchable', () => {
  const query = schema.getQueryType()?.getFields();
  const argsOf = (name: string) => query?.[name]?.args.map((arg) => `${arg.name}: ${arg.type}`);
  expect(argsOf('node')).toEqual(['id: ID!']);
  expect(argsOf('nodes')).toEqual(['ids: [ID!]!']);
});

test('every field of a query or mutation is nullable, so that one failure leaves the others their data', () => {
  const roots = [schema.getQueryType(), schema.getMutationType()];
  const fields = roots.flatMap((root) => Object.values(root?.getFields() ?? {}));
  expect(fields.length).toBeGreaterThan(40);
  expect(fields.filter(({ type }) => isNonNullType(type)).map(({ name }) => name)).toEqual([]);
});

test('every mutation takes one input with an idempotency key and returns a union of its result and typed errors', () => {
  for (const { name, args, type } of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    expect(args.map((arg) => `${arg.name}: ${arg.type}`)).toEqual([
      `input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`,
    ]);
    const input = schema.getType(`${args[0]?.type}`.replace('!', ''));
    expect(isInputObjectType(input) && Object.keys(input.getFields()), name).toContain('idempotencyKey');
    expect(`${type}`).toMatch(/^\w+Result$/);
    const result = schema.getType(`${type}`.replace('!', ''));
    const members = result && 'getTypes' in result ? result.getTypes() : [];
    const errors = members.filter((member) => member.getInterfaces().some((it) => it.name === 'Error'));
    expect(members.length - errors.length, name).toBe(1);
    expect(
      errors.map((error) => error.name),
      name,
    ).toEqual(expect.arrayContaining(['InvalidInputError', 'IdempotencyKeyReusedError']));
  }
});
