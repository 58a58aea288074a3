import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getVariableValues,
  Kind,
} from 'graphql';
import type { RequestContext, RequestPlugin } from '../context.js';
import { exceeds, refuse } from '../response/refusal.js';
import { createIntrospectionLimit, type IntrospectionLimit } from './introspection-limit.js';
import type { Limits } from './limits.js';
import { type Price, priceOperation } from './price.js';
import { checkVariables } from './variable-limits.js';

export interface CostOptions {
  readonly schema: GraphQLSchema;
  readonly limits: Limits;
  /** Whether messages leave out names of the schema that the client did not ask for. */
  readonly hideSuggestions: boolean;
}

/**
 * Prices each operation before it is executed, by the rule in the description of `Query`.
 *
 * An operation has a price or is refused. Its variables are coerced first, so GraphQL.js says what is wrong with them.
 */
export function useCost(options: CostOptions): RequestPlugin {
  const checkIntrospection = createIntrospectionLimit(options.schema);
  return {
    onContextBuilding: ({ context, extendContext }) => {
      extendContext({ price: admissiblePrice({ ...options, checkIntrospection }, context) });
    },
  };
}

/** How many values in filters of a document, each as often as it is used. */
const MAX_FILTER_VALUES = 1_000;
/** The longest list in a filter, without duplicates. */
const MAX_LIST = 200;

/** How many errors of variables are reported. */
const MAX_ERRORS = 50;

/**
 * @throws {GraphQLError} For an operation above a limit, or an argument that cannot be coerced.
 * @throws {AggregateError} With the errors of variables that cannot be coerced.
 */
function admissiblePrice(
  {
    checkIntrospection,
    hideSuggestions,
    limits,
    schema,
  }: CostOptions & { readonly checkIntrospection: IntrospectionLimit },
  context: RequestContext,
): number {
  const { document, operation, params } = context;
  if (!document || !operation) throw new Error('An operation reached its pricing before it was selected.');
  const tooMany = checkVariables(params.variables);
  if (tooMany) throw tooMany;
  const { coerced, errors } = getVariableValues(
    schema,
    operation.variableDefinitions ?? [],
    params.variables ?? {},
    { hideSuggestions, maxErrors: MAX_ERRORS },
  );
  if (errors) throw new AggregateError(errors);
  const price = priceOperation({ schema, operation, fragments: fragmentsOf(document), variables: coerced });
  const refusal = refusalOf(price, limits) ?? checkIntrospection(document);
  if (refusal) throw refusal;
  return price.points;
}

function refusalOf({ depth, filterValues, longestList, points }: Price, limits: Limits) {
  if (depth > limits.depth) return exceeds('depth', limits.depth, depth);
  if (longestList > MAX_LIST) return tooLong('lists in filters of', 'FILTER_LIST', MAX_LIST, longestList);
  if (filterValues > MAX_FILTER_VALUES) {
    return tooLong('filters with', 'FILTER_VALUES', MAX_FILTER_VALUES, filterValues);
  }
  return points > limits.cost ? exceeds('cost', limits.cost, points) : undefined;
}

const tooLong = (what: string, limit: string, maximum: number, got: number) =>
  refuse(
    `Expected ${what} at most ${maximum} values (${limit}), each as often as it is used; got ${got}. ` +
      'Send several requests, or filter by something that the values share.',
    { code: 'LIMIT_EXCEEDED', limit, maximum, got },
    { status: 400, spec: true },
  );

function fragmentsOf({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
}
