import { type ExecutionArgs, type ExecutionResult, getOperationAST } from 'graphql';
import type { RequestContext } from '../context.js';
import { refuse } from '../response/refusal.js';
import type { GraphQLServer } from './yoga.js';

type Enveloped = ReturnType<GraphQLServer['getEnveloped']>;

/** An operation that has passed every check before its execution. */
export interface Operation {
  readonly args: ExecutionArgs & { readonly contextValue: RequestContext };
  readonly isSubscription: boolean;
  execute(args: ExecutionArgs): Promise<ExecutionResult> | ExecutionResult;
  readonly subscribe: Enveloped['subscribe'];
}

/**
 * Parses and validates the document of a request, selects its operation, and has the plugins price and admit it.
 *
 * @throws {GraphQLError} For an operation that must not be executed.
 * @throws {AggregateError} With the validation errors of a document.
 */
export async function prepareOperation(graphql: GraphQLServer, context: RequestContext): Promise<Operation> {
  const { schema, parse, validate, contextFactory, execute, subscribe } = graphql.getEnveloped(context);
  if (context.query === '' && context.params.query !== '')
    throw refuse(NO_QUERY, { code: 'BAD_REQUEST' }, { status: 400, spec: true });
  await context.takeTurn();
  const document = parse(context.query);
  context.document = document;
  selectOperation(context);
  const errors = validate(schema, document);
  if (errors.length > 0) throw new AggregateError(errors);
  const contextValue = (await contextFactory()) as RequestContext;
  await context.takeTurn();
  const { operationName, variables } = context.params;
  return {
    args: {
      schema,
      document,
      operationName: operationName ?? null,
      variableValues: variables ?? null,
      contextValue,
    },
    isSubscription: context.operation?.operation === 'subscription',
    execute,
    subscribe,
  };
}

const NO_QUERY = 'Expected "query", or the id of a persisted document; got neither.';

function selectOperation(context: RequestContext): void {
  const { document, params, call } = context;
  const operation = document && getOperationAST(document, params.operationName);
  if (!operation) {
    throw refuse(
      'Could not determine what operation to execute. Expected a document with one operation, or the name of one ' +
        'of its operations as operationName.',
      { code: 'OPERATION_RESOLUTION_FAILURE' },
      { status: 400 },
    );
  }
  context.operation = operation;
  call.operation = operation.operation;
  call.operationName = operation.name?.value;
  if (operation.operation === 'mutation' && context.isReadOnly) {
    throw refuse(
      'Can only perform a mutation operation from a POST request.',
      { code: 'BAD_REQUEST' },
      { status: 405, headers: { Allow: 'POST' } },
    );
  }
}
