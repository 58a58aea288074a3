import { execute, getIntrospectionQuery, parse } from 'graphql';
import { expect, test } from 'vitest';
import type { Context } from '../../src/graphql/context.js';
import { schema } from '../../src/graphql/schema.js';
import { createIntrospectionLimit } from '../../src/http/limits/introspection-limit.js';
import { WORST } from '../support/hostile/hostile-documents.js';

const check = createIntrospectionLimit(schema);
const repeated = (fields: string, times: number) =>
  Array.from({ length: times }, (_, index) => `a${index}: ${fields}`).join(' ');

/** Counts the values of an answer, lists and objects included. */
const countValues = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce<number>((sum, inner) => sum + countValues(inner), 1)
    : 1;

test.for([
  ['of all types', `__schema { types { ${repeated('fields { name args { name } }', 12)} } }`],
  [
    'of the largest type',
    `__type(name: "Query") { ${repeated('fields { name args { name type { name } } }', 60)} }`,
  ],
  [
    'of the types that mutations return',
    `__schema { mutationType { ${repeated('fields { name type { possibleTypes { name fields { name } } } }', 16)} } }`,
  ],
])('a description %s is refused if it has more values than the full query', async ([, fields]) => {
  const document = parse(`{ ${fields} }`);
  const full = await execute({ schema, document: parse(getIntrospectionQuery()) });
  const { data } = await execute({ schema, document });
  expect(countValues(data)).toBeGreaterThan(1.2 * countValues(full.data));
  expect(check(document)?.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 'INTROSPECTION' });
});

test('the worst documents of introspection are admitted, so that tests of health measure them', () => {
  const { introspection = [] } = WORST;
  expect(introspection).toHaveLength(3);
  for (const { query } of introspection) expect(check(parse(query))).toBeUndefined();
});

test('types are described in turns, and the answer is the same', async () => {
  const document = parse('{ __schema { types { name kind fields { name } } } }');
  let taken = 0;
  const takeTurn = async () => {
    taken += 1;
  };
  const contextValue = { takeTurn } as unknown as Context;
  const inTurns = await execute({ schema, document, contextValue });
  expect(inTurns).toEqual(await execute({ schema, document }));
  expect(taken).toBeGreaterThan(10);
});
