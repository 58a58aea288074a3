import type { IncomingMessage } from 'node:http';
import type { ExecutionArgs } from 'graphql';
import type { OperationResult, SubscribePayload } from 'graphql-ws';
import type { WebSocketServer } from 'ws';
import type { SpeakOptions } from '../websocket/connections.js';
import type { Call } from './call.js';
import type { Calls } from './calls.js';
import type { Figures } from './figures.js';
import { REQUEST_ID, requestIdOf } from './request-id.js';
import { note } from './use-calls.js';

/** What is told of WebSockets. */
export interface SocketObservation {
  readonly calls: Calls;
  readonly figures: Pick<Figures, 'sockets' | 'refused'>;
}

/** ws's code for a message of more than `maxPayload`. */
const TOO_LONG = 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';

/**
 * Names each WebSocket by its request, counts it, and makes a call of each of its operations.
 *
 * @returns The options, observed.
 */
export function observeSockets(
  sockets: WebSocketServer,
  options: SpeakOptions,
  { calls, figures }: SocketObservation,
): SpeakOptions {
  const ids = new WeakMap<IncomingMessage, string>();
  const idOf = (request: IncomingMessage): string => {
    const id = ids.get(request) ?? requestIdOf(request.headers);
    ids.set(request, id);
    return id;
  };
  sockets.on('headers', (headers, request) => void headers.push(`${REQUEST_ID}: ${idOf(request)}`));
  sockets.on('connection', (socket, request) => {
    const requestId = idOf(request);
    figures.sockets.opened();
    calls.log.debug({ requestId }, 'a WebSocket was opened');
    socket.once('error', (error: Error & { code?: string }) => {
      if (error.code === TOO_LONG) figures.refused('MAX_MESSAGE_BYTES');
    });
    socket.once('close', (code) => {
      figures.sockets.closed();
      calls.log.debug({ requestId, code }, 'a WebSocket was closed');
    });
  });

  const asked = new WeakMap<SubscribePayload, Call>();
  const prepared = new WeakMap<ExecutionArgs, Call>();
  const { onSubscribe, onError, execute, subscribe } = options;
  /** Executes or subscribes on behalf of the call, and ends it with what comes of that. */
  const observed = (work: typeof execute) => async (args: ExecutionArgs) => {
    const call = prepared.get(args);
    prepared.delete(args); // graphql-ws holds on to the arguments.
    if (!call || !work) throw new Error('An operation started before it was prepared.');
    return calls.run(call, () => untilAnswer(call, async () => work(args)));
  };

  return {
    ...options,
    along: (request, work) => calls.run({ requestId: idOf(request) }, work),
    onSubscribe: async (context, id, payload) => {
      const call = calls.begin('websocket', idOf(context.extra.request));
      asked.set(payload, call);
      try {
        const args = await calls.run(call, () => onSubscribe?.(context, id, payload));
        if (args && 'document' in args) {
          note(call, args.document, args.operationName);
          prepared.set(args, call);
        } else if (!(id in context.subscriptions)) {
          call.end('aborted'); // Its errors are nobody's: onError is not asked.
        }
        return args;
      } catch (error) {
        call.end('failed');
        throw error;
      }
    },
    onError: async (context, id, payload, errors) => {
      const call = asked.get(payload) ?? calls.begin('websocket', idOf(context.extra.request));
      const told = await calls.run(call, () => onError?.(context, id, payload, errors));
      call.settle(told ?? errors);
      call.end();
      return told;
    },
    execute: observed(execute),
    subscribe: observed(subscribe),
  };
}

async function untilAnswer(call: Call, work: () => Promise<Awaited<OperationResult>>) {
  try {
    const result = await work();
    if ('errors' in result) call.settle(result.errors);
    call.end();
    return result;
  } catch (error) {
    call.end('failed');
    throw error;
  }
}
