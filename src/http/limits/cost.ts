import { complexityFromQuery } from '@pothos/plugin-complexity';
import { type DocumentNode, type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { INTROSPECTION_COST, MUTATION_COST, REQUEST_COST } from '../../graphql/cost.js';
import type { Charge, RequestContext, RequestPlugin } from '../context.js';
import { exceeds } from '../response/refusal.js';
import { countIntrospection, tooMuchIntrospection } from './introspection-limit.js';
import type { Limits } from './limits.js';
import { checkVariables } from './variable-limits.js';

/** Prices each operation before it is executed, by the rule in the description of `Query`. */
export function useCost(schema: GraphQLSchema, limits: Limits): RequestPlugin {
  const costOf = createCostOf(schema);
  return {
    onContextBuilding: ({ context, extendContext }) => {
      extendContext({ charge: chargeFor(context, limits, costOf) });
    },
  };
}

function chargeFor(context: RequestContext, limits: Limits, costOf: CostOf): Charge {
  const tooMany = checkVariables(context.params.variables);
  if (tooMany) return { points: REQUEST_COST, refusal: tooMany };
  const cost = costOf(context);
  // Variables that cannot be counted cannot be coerced: the execution says what is wrong with them.
  if (!cost) return { points: REQUEST_COST, refusal: undefined };
  const { points, depth, described } = cost;
  if (depth > limits.depth) return { points: REQUEST_COST, refusal: exceeds('depth', limits.depth, depth) };
  if (points > limits.cost) return { points: REQUEST_COST, refusal: exceeds('cost', limits.cost, points) };
  const refusal = tooMuchIntrospection(described);
  if (refusal) return { points: REQUEST_COST, refusal };
  return { points, refusal: undefined };
}

interface Cost {
  readonly points: number;
  /** Fields within fields. */
  readonly depth: number;
  /** Values of the schema's description, by estimate. */
  readonly described: number;
}

type CostOf = (context: RequestContext) => Cost | undefined;

/** How many costs are remembered. */
const MAX_COSTS = 10_000;
/** How much text their keys may hold, in UTF-16 code units. */
const MAX_KEYS = 8 * 1024 * 1024;

function createCostOf(schema: GraphQLSchema): CostOf {
  const known = new LRUCache<string, Cost>({
    max: MAX_COSTS,
    maxSize: MAX_KEYS,
    sizeCalculation: (_cost, key) => key.length,
  });
  return ({ query, document, operation, params: { operationName, variables } }) => {
    if (!document || !operation) return undefined;
    const key = `${operationName ?? ''}\n${JSON.stringify(variables ?? {}, withoutText)}\n${query}`;
    const cost = known.get(key) ?? count(schema, document, operation, variables ?? {});
    if (cost) known.set(key, cost);
    return cost;
  };
}

/** Sizes of pages, numbers of ids and skipped fields change the cost; the content of texts does not. */
const withoutText = (_name: string, value: unknown) => (typeof value === 'string' ? '' : value);

function count(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Cost | undefined {
  try {
    const { complexity, depth } = complexityFromQuery(withOnly(operation, document), { schema, variables });
    const values = operation.operation === 'mutation' ? complexity * MUTATION_COST : complexity;
    const { fields, values: described } = countIntrospection(schema, document);
    const points = REQUEST_COST + values + fields * INTROSPECTION_COST;
    return { points, depth, described };
  } catch {
    return undefined; // The plugin reads variables of any form; GraphQL.js then reports those that are wrong.
  }
}

/** The plugin prices a document's first operation. */
function withOnly(operation: OperationDefinitionNode, document: DocumentNode): DocumentNode {
  const isOther = (definition: DocumentNode['definitions'][number]) =>
    definition.kind === Kind.OPERATION_DEFINITION && definition !== operation;
  if (!document.definitions.some(isOther)) return document;
  return { ...document, definitions: document.definitions.filter((definition) => !isOther(definition)) };
}
