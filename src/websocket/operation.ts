import type { ExecutionArgs, ExecutionResult, GraphQLError } from 'graphql';
import type { OperationResult, SubscribeMessage } from 'graphql-ws';
import { createRequestContext, type RequestContext, type Shared } from '../http/context.js';
import { type Operation, prepareOperation } from '../http/execution/operation.js';
import { asResult } from '../http/execution/use-lifetime.js';
import type { GraphQLServer } from '../http/execution/yoga.js';
import type { Limits } from '../http/limits/limits.js';
import { checkParams } from '../http/request/params.js';
import type { PersistedDocuments } from '../http/request/persisted-documents.js';
import { errorsIn, type MaskError } from '../http/response/mask-error.js';
import { exceeds, refuse } from '../http/response/refusal.js';
import type { Observation } from '../observe/observation.js';
import type { Connection } from './connection.js';
import { WebSocketOutlet } from './outlet.js';

export interface OperationOptions {
  readonly shared: Shared;
  readonly limits: Limits;
  readonly graphql: GraphQLServer;
  readonly documents: PersistedDocuments;
  readonly observation: Observation;
  readonly maskError: MaskError;
}

/** A `subscribe` message. */
export interface Subscribing {
  readonly id: string;
  readonly message: SubscribeMessage['payload'];
  /** The number of open operations on the socket, including this one. */
  readonly open: number;
  /** Whether the client still waits for the operation. */
  isOpen(): boolean;
}

type AdmittedOperation = Operation & { readonly connection: Connection; finish(): void };

/**
 * The arguments that graphql-ws passes on, with their operation until it starts.
 *
 * A class, because graphql-ws keeps them as long as the subscription: V8 gives each spread object a hidden class of its own.
 */
export class SocketOperation implements ExecutionArgs {
  readonly schema: ExecutionArgs['schema'];
  readonly document: ExecutionArgs['document'];
  readonly operationName: ExecutionArgs['operationName'];
  readonly rootValue = undefined; // graphql-ws adds it otherwise.
  contextValue: ExecutionArgs['contextValue'];
  operation: AdmittedOperation | undefined;

  constructor(operation: AdmittedOperation) {
    const { schema, document, operationName, contextValue } = operation.args;
    this.schema = schema;
    this.document = document;
    this.operationName = operationName;
    this.contextValue = contextValue;
    this.operation = operation;
  }
}

/**
 * Creates the context of an operation on a WebSocket and runs the same checks as over HTTP.
 *
 * @returns The masked errors if it is refused. The socket stays open.
 */
export async function admitOperation(
  options: OperationOptions,
  connection: Connection,
  subscribing: Subscribing,
): Promise<SocketOperation | readonly GraphQLError[]> {
  const { shared, observation, maskError } = options;
  const { id } = subscribing;
  const call = observation.beginCall('websocket', connection.id, {});
  const context = createRequestContext(shared, {
    call,
    address: connection.address,
    isReadOnly: false,
    resumeFrom: undefined,
    openOutlet: () => {
      context.lifetime.check();
      return new WebSocketOutlet(connection, connection.stream, id);
    },
  });
  connection.began(id, context);
  try {
    const work = connection.counted(prepare(options, connection, subscribing, context));
    const operation = await context.lifetime.within(work);
    const finish = () => connection.ended(id, context);
    return new SocketOperation({ ...operation, connection, finish });
  } catch (thrown) {
    const errors = errorsIn(thrown).map((error) => maskError(error, context));
    call.settle(errors);
    call.end(subscribing.isOpen() ? 'ok' : 'aborted');
    connection.ended(id, context);
    return errors;
  }
}

async function prepare(
  { limits, documents, graphql }: OperationOptions,
  { session }: Connection,
  { message, open }: Subscribing,
  context: RequestContext,
): Promise<Operation> {
  if (open > limits.subscriptionsPerSocket) {
    throw exceeds('subscriptionsPerSocket', limits.subscriptionsPerSocket, open);
  }
  const viewer = await session?.current();
  if (!viewer) {
    const message = 'The token is no longer valid. Connect again with another one.';
    throw refuse(message, { code: 'UNAUTHENTICATED' }, { status: 401 });
  }
  context.setViewer(viewer, session?.expiresAt);
  context.params = checkParams(message);
  context.query = documents.find(context.params).query;
  return prepareOperation(graphql, context);
}

/** Executes an admitted operation or subscribes to it, and ends its call with the result. */
export async function startOperation(
  given: SocketOperation,
  kind: 'execute' | 'subscribe',
): Promise<Awaited<OperationResult>> {
  const { operation } = given;
  if (!operation) throw new Error('An operation started twice.');
  // graphql-ws keeps the arguments as long as the subscription. The context would cost memory for each subscriber.
  given.operation = undefined;
  given.contextValue = undefined;
  const { call, lifetime } = operation.args.contextValue;
  try {
    const work = Promise.resolve(operation[kind](operation.args)) as Promise<ExecutionResult>;
    operation.connection.counted(work);
    const result = await lifetime.within(work).catch(asResult);
    if (result.errors) call.settle(result.errors);
    call.end();
    return result as Awaited<OperationResult>;
  } catch (error) {
    call.end('failed');
    throw error;
  } finally {
    operation.finish();
  }
}
