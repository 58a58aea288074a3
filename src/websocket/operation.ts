import { type ExecutionArgs, GraphQLError } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import type { Viewer } from '../domain/access.js';
import type { Outlet } from '../feed/outlet.js';
import type { Gate } from '../http/gate/gate.js';
import type { GraphQLServer } from '../http/graphql-server.js';
import type { PersistedDocuments } from '../http/persisted-documents.js';

export type Execute = ReturnType<GraphQLServer['getEnveloped']>['execute'];

/** An operation that may be executed. */
export interface Operation {
  readonly args: ExecutionArgs;
  readonly execute: Execute;
}

export interface OperationOptions {
  readonly graphql: GraphQLServer;
  readonly gate: Gate;
  readonly documents: PersistedDocuments;
}

/** Who asks for an operation, and where its results go. */
export interface Asker {
  readonly viewer: Viewer;
  readonly address: string;
  readonly outlet: Outlet;
}

/**
 * Makes an operation of what a client asks for over WebSocket: found, parsed, validated and admitted as over HTTP.
 *
 * @returns Its errors, where it is refused: they concern this operation, and not the socket.
 */
export async function prepareOperation(
  { graphql, gate, documents }: OperationOptions,
  asker: Asker,
  params: SubscribePayload,
): Promise<Operation | readonly GraphQLError[]> {
  // Without the request: it is the upgrade, a GET, and Yoga would refuse mutations.
  const { schema, parse, validate, contextFactory, execute } = graphql.getEnveloped({ ...asker });
  try {
    const document = parse(documents.find(params).query);
    const errors = validate(schema, document);
    if (errors.length > 0) return errors;
    const args: ExecutionArgs = {
      schema,
      document,
      operationName: params.operationName ?? null,
      variableValues: params.variables ?? null,
      contextValue: await contextFactory(),
    };
    // Here, where a refusal is an error of the operation and not one of its results.
    const refusal = await gate.admit(args);
    return refusal ? [refusal] : { args, execute };
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}
