import {
  type DocumentNode,
  type ExecutionArgs,
  execute,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  Kind,
  type VariableDefinitionNode,
  visit,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';

/** Executes queries that have been validated; the same results as GraphQL.js. */
export type ExecuteQuery = (args: ExecutionArgs) => ReturnType<typeof execute>;

/** How often a query is executed as it is before it is compiled: that takes as long as some hundred executions. */
const WORTH_COMPILING = 3;

/** An operation as a function of its variables' values. */
interface Compiled {
  readonly query: CompiledQuery;
  readonly variables: readonly VariableDefinitionNode[];
}

/** Operations of a document, by name: compiled, or how often they have been executed so far. */
type Operations = Map<string, Compiled | number | 'as it is'>;

/**
 * Executes a query that comes again and again as a function made for it: without looking each field, type and
 * argument up once more, most of what GraphQL.js does for a page of developments is left out.
 *
 * Documents that come often are parsed once (see createDocumentCache), so what belongs to one is kept as long as it.
 */
export function createExecuteQuery(schema: GraphQLSchema): ExecuteQuery {
  const known = new WeakMap<DocumentNode, Operations>();
  return (args) => {
    const { document, operationName, rootValue, contextValue, variableValues } = args;
    const operations: Operations = known.get(document) ?? new Map();
    known.set(document, operations);
    const name = operationName ?? '';
    const state = operations.get(name) ?? 0;
    if (typeof state === 'object') {
      const { coerced } = getVariableValues(schema, state.variables, variableValues ?? {});
      return coerced ? state.query.query(rootValue, contextValue, coerced) : execute(args);
    }
    if (state === WORTH_COMPILING) operations.set(name, compile(schema, document, operationName));
    else if (state !== 'as it is') operations.set(name, state + 1);
    return execute(args);
  };
}

function compile(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
): Compiled | 'as it is' {
  const variables = getOperationAST(document, operationName)?.variableDefinitions ?? [];
  if (!isCompilable(document)) return 'as it is';
  const query = compileQuery(schema, withAnyVariables(document), operationName ?? undefined);
  return isCompiledQuery(query) ? { query, variables } : 'as it is';
}

/**
 * The document with variables of any type: their values have been read by GraphQL.js. The compiler writes a function
 * for that too, and for a type that holds itself, as filters do, it would write for seconds and give up.
 */
function withAnyVariables(document: DocumentNode): DocumentNode {
  return visit(document, {
    VariableDefinition: ({ kind, variable }): VariableDefinitionNode => ({
      ...{ kind, variable },
      type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: 'JSON' } },
    }),
  });
}

/** Without what graphql-jit 0.8.9 gets wrong: fragments within what is skipped, at times; and what is told of the schema. */
function isCompilable(document: DocumentNode): boolean {
  let isFit = true;
  visit(document, {
    Field: ({ name }) => {
      if (name.value.startsWith('__') && name.value !== '__typename') isFit = false;
    },
    Directive: () => {
      isFit = false;
    },
  });
  return isFit;
}
