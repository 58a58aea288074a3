import { complexityFromQuery } from '@pothos/plugin-complexity';
import {
  type DocumentNode,
  type ExecutionArgs,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { INTROSPECTION_COST, MUTATION_COST, REQUEST_COST } from '../graphql/cost.js';

export interface Cost {
  /** Points, by the rule in the description of `Query`. */
  readonly points: number;
  /** Fields within fields. */
  readonly depth: number;
}

/**
 * What a valid document costs at most, before it is executed; undefined where it cannot be executed, because the
 * operation or the variables are not right.
 */
export function costOf(args: ExecutionArgs): Cost | undefined {
  const { document, operationName, variableValues } = args;
  const costs = known.get(document) ?? new LRUCache({ max: 100 });
  known.set(document, costs);
  const key = `${operationName ?? ''} ${JSON.stringify(variableValues ?? {}, withoutText)}`;
  const cost = costs.get(key) ?? count(args);
  if (cost) costs.set(key, cost);
  return cost;
}

/** Documents that come often are parsed once: what they cost is counted once for variables that count the same. */
const known = new WeakMap<DocumentNode, LRUCache<string, Cost>>();

/** What a text says makes no difference: sizes of pages, numbers of ids and what is skipped do. */
const withoutText = (_name: string, value: unknown) => (typeof value === 'string' ? '' : value);

function count({ schema, document, operationName, variableValues }: ExecutionArgs): Cost | undefined {
  const operation = getOperationAST(document, operationName);
  if (!operation) return undefined;
  try {
    const { complexity, depth } = complexityFromQuery(alone(document, operation), {
      schema,
      variables: variableValues ?? {},
    });
    const values = operation.operation === 'mutation' ? complexity * MUTATION_COST : complexity;
    const points = REQUEST_COST + values + introspections(document) * INTROSPECTION_COST;
    return { points, depth };
  } catch {
    return undefined; // The execution tells what is wrong, in GraphQL's own words.
  }
}

/** The plugin takes a document's first operation. */
function alone(document: DocumentNode, operation: OperationDefinitionNode): DocumentNode {
  const isOther = (definition: DocumentNode['definitions'][number]) =>
    definition.kind === Kind.OPERATION_DEFINITION && definition !== operation;
  if (!document.definitions.some(isOther)) return document;
  return { ...document, definitions: document.definitions.filter((definition) => !isOther(definition)) };
}

/** How often a document asks for the schema. The plugin takes such a field for one value. */
function introspections(document: DocumentNode): number {
  let count = 0;
  visit(document, {
    Field: ({ name }) => {
      if (name.value === '__schema' || name.value === '__type') count += 1;
    },
  });
  return count;
}
