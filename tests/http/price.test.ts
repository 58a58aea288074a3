import fc from 'fast-check';
import {
  buildSchema,
  execute,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLNamedType,
  getNamedType,
  getNullableType,
  getOperationAST,
  getVariableValues,
  isCompositeType,
  isListType,
  Kind,
  type OperationDefinitionNode,
  parse,
  printSchema,
  validate,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { REQUEST_COST } from '../../src/graphql/cost.js';
import { priceOfFilter } from '../../src/graphql/filter-cost.js';
import { schema } from '../../src/graphql/schema.js';
import { type Price, priceOperation } from '../../src/http/limits/price.js';
import type { Pool } from '../support/random/random-input.js';
import { randomQueries } from '../support/random/random-query.js';
import { runs } from '../support/random/runs.js';

/** Prices a request as the server does. @throws {GraphQLError} If it would be refused. */
function priceOf(query: string, variables: Record<string, unknown> = {}): Price {
  const document = parse(query);
  const [invalid] = validate(schema, document);
  if (invalid) throw invalid;
  const operation = getOperationAST(document) as OperationDefinitionNode;
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (errors) throw errors[0];
  const fragments = new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION
        ? [[one.name.value, one] as [string, FragmentDefinitionNode]]
        : [],
    ),
  );
  return priceOperation({ schema, operation, fragments, variables: coerced });
}

const pointsOf = (query: string, variables?: Record<string, unknown>) => priceOf(query, variables).points;

/** Without resolvers: every list is as long as its arguments allow, or else 5. */
const plain = buildSchema(printSchema(schema));

/** Lists that are as long as the field above them says, by `first` or the items of its input. */
const PAGED_LISTS = ['nodes', 'edges', 'values', 'items', 'suggestions'];

/** Answers with values of the right form, as many as a record can have. */
const answerAll: GraphQLFieldResolver<{ size?: number } | undefined, unknown> = (
  parent,
  args,
  _context,
  info,
) => {
  const named = getNamedType(info.returnType);
  const asked = args['first'] ?? args['last'] ?? args['input']?.items?.length;
  const size = Number(asked ?? parent?.size ?? 20);
  const value = () => {
    if (!isCompositeType(named)) return named.name === 'Boolean' ? true : (firstOf(named) ?? 1);
    return { size: Math.min(Math.max(size, 1), 100) };
  };
  if (!isListType(getNullableType(info.returnType))) return value();
  // The values of a dispute are a list of no stated length, those of facets are as many as the facets' page.
  const isPaged =
    PAGED_LISTS.includes(info.fieldName) && info.parentType.name !== 'Dispute' && parent?.size !== undefined;
  const length = isPaged || asked !== undefined ? Math.min(Math.max(size, 0), 100) : 5;
  return Array.from({ length: args['ids']?.length ?? length }, value);
};

function firstOf(type: GraphQLNamedType): unknown {
  return 'getValues' in type ? type.getValues()[0]?.name : undefined;
}

/** Counts the values in an answer: fields, and items that are no objects. */
function countValues(answer: unknown): number {
  if (Array.isArray(answer))
    return answer.reduce((sum: number, item) => sum + (isObject(item) ? countValues(item) : 1), 0);
  if (!isObject(answer)) return 0;
  return Object.values(answer).reduce<number>((sum, value) => sum + 1 + countValues(value), 0);
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const SLUGS = ['a', 'b-2', 'intermediate-range-missiles'];
const LISTS =
  'actors doctrines sources topics treaties weaponSystems developments statements events doctrineChanges';
const POOL: Pool = Object.fromEntries(
  [
    ...LISTS.split(' ').flatMap((list) => [list, `${list}.after`]),
    ...['changesBetween.after', 'ids', 'feedHead'],
  ].map((name) => [name, SLUGS]),
);

/** A random query whose variables are partly null, of another type, or missing, also where null is not allowed. */
const REQUESTS = fc
  .record({
    request: randomQueries(plain, POOL),
    damage: fc.array(fc.constantFrom('null', 'junk', 'missing', 'none', 'none'), {
      minLength: 40,
      maxLength: 40,
    }),
    possible: fc.nat(),
  })
  .map(({ request: { query, variables }, damage, possible }) => {
    // A default value makes a nullable variable valid where null is not allowed.
    const nullable = query.replace(/(\$v\d+: [^=$()]+)! = /g, '$1 = ');
    const given: Record<string, unknown> = { ...variables };
    for (const [index, name] of (query.match(/\$v\d+(?=:)/g) ?? []).entries()) {
      const how = damage[index % damage.length];
      if (how === 'null') given[name.slice(1)] = null;
      if (how === 'junk') given[name.slice(1)] = { a: [1, 'x'] };
      if (how === 'missing') delete given[name.slice(1)];
    }
    return { query: nullable, variables: given, possible };
  });

describe('an operation', () => {
  test('is priced at least at the values that it can ask for, or refused', async () => {
    const seen = { priced: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(REQUESTS, async ({ query, variables, possible }) => {
        let price: Price;
        try {
          price = priceOf(query, variables);
        } catch (error) {
          if (!(error instanceof GraphQLError)) throw error;
          seen.refused += 1;
          return;
        }
        if (price.points > 3_000) return; // Would take long to answer.
        const { data } = await execute({
          schema: plain,
          document: parse(query),
          rootValue: undefined,
          variableValues: variables,
          fieldResolver: answerAll,
          typeResolver: (_value, _context, info, type) => {
            const types = info.schema.getPossibleTypes(type);
            return types[possible % types.length]?.name;
          },
        });
        expect(price.points).toBeGreaterThanOrEqual(REQUEST_COST + countValues(data));
        seen.priced += 1;
      }),
      { numRuns: runs(400), seed: 20261129, endOnFailure: true },
    );
    expect(seen.priced).toBeGreaterThan(seen.refused / 4);
    expect(seen.refused).toBeGreaterThan(0);
  });

  const NULL_FOR_DEFAULT: [what: string, query: string, variables: Record<string, unknown>][] = [
    ['an argument', 'query ($slug: String = "a") { development(slug: $slug) { slug } }', { slug: null }],
    ['a list of ids', 'query ($ids: [ID!] = []) { nodes(ids: $ids) { id } }', { ids: null }],
    ['@skip', 'query ($skip: Boolean = true) { feedHead @skip(if: $skip) }', { skip: null }],
    [
      'a field of an input',
      'query ($actor: String = "a") { developments(filter: { participant: { actor: $actor } }) { totalCount } }',
      { actor: null },
    ],
  ];
  test.for(NULL_FOR_DEFAULT)('is refused with null for %s that must not be null', ([, query, variables]) => {
    expect(() => priceOf(query, variables)).toThrow(GraphQLError);
  });

  test('counts a page by its size, and what belongs to the page once', () => {
    const [three, four] = [3, 4].map((first) =>
      pointsOf(
        `{ developments(first: ${first}) { totalCount pageInfo { endCursor } nodes { slug headline } } }`,
      ),
    );
    expect((four ?? 0) - (three ?? 0)).toBe(2);
  });

  test.for([
    ['changes', '{ field }', '{ field a: field }'],
    ['development { presence', '{ editor } }', '{ editor a: editor } }'],
  ])('counts a list of no stated length five times: %s', ([list, one, two]) => {
    const items = '[{ slug: "a", expectedRevision: 1 }]';
    const [less, more] = [one, two].map((selection) =>
      pointsOf(
        `{ bulkPreview(input: { action: { publish: true }, items: ${items} }) { items { ${list} ${selection} } } }`,
      ),
    );
    expect((more ?? 0) - (less ?? 0)).toBe(5);
  });

  test('counts fragments wherever they are spread, by the page that they are spread in', () => {
    const fragment = 'fragment Page on DevelopmentConnection { nodes { slug } }';
    const one = pointsOf(`{ a: developments(first: 1) { ...Page } } ${fragment}`);
    const both = pointsOf(
      `{ a: developments(first: 1) { ...Page } b: developments(first: 90) { ...Page } } ${fragment}`,
    );
    expect(both - one).toBe(one - REQUEST_COST + 89);
  });

  test('costs nothing where it is skipped', () => {
    const query = (condition: string) =>
      `query ($no: Boolean!) { feedHead ... ${condition} { again: feedHead } }`;
    expect(pointsOf(query('@include(if: $no)'), { no: false })).toBe(REQUEST_COST + 1);
    expect(pointsOf(query('@include(if: $no)'), { no: true })).toBe(REQUEST_COST + 2);
  });

  test('has a finite price even if its fragments multiply without end', () => {
    const fragments = Array.from(
      { length: 1_100 },
      (_, at) => `fragment F${at} on Query { ...F${at + 1} ... on Query { ...F${at + 1} } }`,
    );
    const query = `{ ...F0 } ${fragments.join(' ')} fragment F1100 on Query { feedHead }`;
    const document = parse(query);
    const price = priceOperation({
      schema,
      operation: getOperationAST(document) as OperationDefinitionNode,
      fragments: new Map(
        document.definitions.flatMap((one) =>
          one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
        ),
      ),
      variables: {},
    });
    expect(price.points).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe('a filter', () => {
  const list = (filter: object, times = 1) => {
    const uses = Array.from(
      { length: times },
      (_, at) => `a${at}: developments(filter: $filter) { totalCount }`,
    );
    return priceOf(`query ($filter: DevelopmentFilter) { ${uses.join(' ')} }`, { filter });
  };

  test('counts each time that a variable is used', () => {
    const filter = { topic: ['a', 'b', 'c'], country: ['RU'] };
    expect(list(filter, 30).filterValues).toBe(30 * list(filter).filterValues);
    expect(list(filter, 30).points - REQUEST_COST).toBe(30 * (list(filter).points - REQUEST_COST));
  });

  test('counts the values of literals and defaults like those of variables', () => {
    const literal = priceOf('{ developments(filter: { topic: ["a", "b"] }) { totalCount } }');
    const byDefault = priceOf(
      'query ($topics: [String!] = ["a", "b"]) { developments(filter: { topic: $topics }) { totalCount } }',
    );
    expect(literal).toEqual(list({ topic: ['a', 'b'] }));
    expect(byDefault).toEqual(literal);
  });

  test('counts a value once however often a list has it', () => {
    expect(list({ topic: Array(500).fill('a') })).toEqual(list({ topic: ['a'] }));
    expect(priceOfFilter({ topic: ['a', 'a'] })).toEqual(priceOfFilter({ topic: ['a'] }));
  });

  const DEARER: [what: string, cheap: object, dear: object][] = [
    ['a value', { topic: ['a'] }, { topic: ['a', 'b'] }],
    ['a part', { topic: ['a'] }, { and: [{ topic: ['a'] }] }],
    ['a role', { participant: { actor: 'a' } }, { participant: { actor: 'a', role: ['TARGET'] } }],
    ['a word', { text: 'missile' }, { text: 'missile test' }],
    ['a prefix', { text: 'missile' }, { text: 'missile*' }],
    ['not', { or: [{ topic: ['a'] }] }, { not: { topic: ['a'] } }],
    ['restsOnlyOn', { source: ['a'] }, { restsOnlyOn: ['a'] }],
    ['a date', {}, { occurred: { within: '2019' } }],
  ];
  test.for(DEARER)('costs more with %s', ([, cheap, dear]) => {
    expect(list(dear).points).toBeGreaterThan(list(cheap).points);
  });
});

describe('a list costs more', () => {
  const DEARER: [what: string, cheap: string, dear: string][] = [
    ['of the past', '{ events { nodes { id } } }', '{ events(asOf: { cursor: "a" }) { nodes { id } } }'],
    [
      'by relevance',
      '{ events(orderBy: { field: RECORDED, direction: ASC }) { nodes { id } } }',
      '{ events(orderBy: { field: RELEVANCE, direction: ASC }) { nodes { id } } }',
    ],
    ['with its count', '{ events { nodes { id } } }', '{ events { totalCount nodes { id } } }'],
    ['by shorter spans', '{ timeline(interval: WEEK) { count } }', '{ timeline(interval: DAY) { count } }'],
    [
      'over a longer time',
      '{ timeline(interval: DAY, filter: { occurred: { within: "2019" } }) { count } }',
      '{ timeline(interval: DAY, filter: { occurred: { within: "2009/2019" } }) { count } }',
    ],
    [
      'for each facet',
      '{ developmentFacets { kind { more } } }',
      '{ developmentFacets { kind { more } topic { more } } }',
    ],
    [
      'for each word to highlight',
      '{ events { nodes { highlights(text: "a") { field } } } }',
      '{ events { nodes { highlights(text: "a b") { field } } } }',
    ],
    [
      'with the agreement of sources',
      '{ sources { nodes { id } } }',
      '{ sources { nodes { id agreement { normal } } } }',
    ],
    [
      'with the dates of what it mentions',
      '{ topics { nodes { id } } }',
      '{ topics { nodes { id firstOccurred { edtf } } } }',
    ],
    [
      'with each related development',
      '{ development(slug: "a") { related(first: 1) { id } } }',
      '{ development(slug: "a") { related(first: 2) { id } } }',
    ],
    [
      'with each revision',
      '{ development(slug: "a") { revisions(first: 1) { nodes { number } } } }',
      '{ development(slug: "a") { revisions(first: 2) { nodes { number } } } }',
    ],
    [
      'with each development of a bulk change',
      '{ bulkPreview(input: { action: { publish: true }, items: [{ slug: "a", expectedRevision: 1 }] }) { changing } }',
      '{ bulkPreview(input: { action: { publish: true }, items: [{ slug: "a", expectedRevision: 1 }, { slug: "b", expectedRevision: 1 }] }) { changing } }',
    ],
    ['for each id', '{ nodes(ids: ["a"]) { id } }', '{ nodes(ids: ["a", "b"]) { id } }'],
  ];
  test.for(DEARER)('%s', ([, cheap, dear]) => {
    expect(pointsOf(dear)).toBeGreaterThan(pointsOf(cheap));
  });
});
