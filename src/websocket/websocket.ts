import type { Server } from 'node:http';
import { type ExecutionArgs, type FormattedExecutionResult, GraphQLError } from 'graphql';
import { WebSocketServer } from 'ws';
import type { Authenticate } from '../http/auth/authenticate.js';
import { closeCodeOf, ENDINGS } from '../http/auth/identity.js';
import type { Session, Sessions } from '../http/auth/sessions.js';
import type { FeedServer } from '../http/feed.js';
import { admitSockets } from '../http/gate/admit-sockets.js';
import type { Guard } from '../http/gate/guard.js';
import { exceeds } from '../http/gate/refusal.js';
import type { GraphQLServer } from '../http/graphql-server.js';
import { formatError } from '../http/mask-error.js';
import type { PersistedDocuments } from '../http/persisted-documents.js';
import { observeSockets, type SocketObservation } from '../observe/observe-sockets.js';
import { CLOSE_GRACE, closeWith, type SpeakOptions, speak } from './connections.js';
import { keepAlive } from './keep-alive.js';
import { type Execute, prepareOperation } from './operation.js';
import { WebSocketOutlet } from './outlet.js';

/** How often each socket is pinged, in milliseconds. */
const PING_INTERVAL = 12_000;

const NO_LONGER_GOOD = new GraphQLError('The token is no longer good. Connect again with another.', {
  extensions: { code: 'UNAUTHENTICATED' },
});

export interface WebSocketOptions {
  readonly http: Server;
  readonly graphql: GraphQLServer;
  readonly feed: FeedServer;
  readonly authenticate: Authenticate;
  readonly sessions: Sessions;
  readonly guard: Guard;
  readonly observation: SocketObservation;
  readonly documents: PersistedDocuments;
  /** How long a client may take to answer a ping, in milliseconds. */
  readonly patience: number;
  maskError(error: unknown): Error;
}

export interface WebSocketTransport {
  /** Resolves when the queries and mutations that run now have been answered. */
  settled(): Promise<void>;
  /** Closes every socket with 1001, and cuts those that do not answer. */
  close(): Promise<void>;
}

/**
 * Serves `graphql-transport-ws` on the HTTP server's `/graphql`: the same schema, limits and masking
 * as over HTTP.
 *
 * The token comes once, as `authorization` in connectionParams. Without one where one is needed, and with one that has
 * expired or was revoked, then or later, the socket is closed with 4401; with one that is none, or gives no right here or
 * less than at first, with 4403; while it cannot be judged, with 1013.
 */
export function startWebSocket({
  http,
  graphql,
  feed,
  authenticate,
  sessions,
  guard: { gate, limits, door },
  observation,
  documents,
  patience,
  maskError,
}: WebSocketOptions): WebSocketTransport {
  const sockets = new WebSocketServer({ noServer: true, path: '/graphql', maxPayload: limits.messageBytes });
  admitSockets(http, sockets, door);
  const opened = new WeakMap<object, Session>();
  const executions = new WeakMap<ExecutionArgs, Execute>();
  const running = new Set<Promise<unknown>>();

  const options: SpeakOptions = {
    onConnect: async ({ connectionParams, extra }) => {
      const { socket } = extra;
      try {
        const identity = await authenticate(authorizationIn(connectionParams));
        const session = sessions.hold(identity, (ending) => {
          closeWith(socket, ENDINGS[ending].closeCode, ENDINGS[ending].message);
        });
        if (socket.readyState === socket.CLOSED) session.release(); // onClose came before.
        opened.set(socket, session);
        return true;
      } catch (error) {
        closeWith(socket, closeCodeOf(error), maskError(error).message);
        return false;
      }
    },
    onClose: ({ extra }) => opened.get(extra.socket)?.release(),
    onSubscribe: async ({ extra, subscriptions }, id, params) => {
      const open = Object.keys(subscriptions).length; // At once: by now this is the newest of them.
      if (open > limits.subscriptionsPerSocket) {
        return [exceeds('subscriptionsPerSocket', limits.subscriptionsPerSocket, open)];
      }
      const session = opened.get(extra.socket);
      if (!session) throw new Error('An operation came before its socket was authenticated.');
      const viewer = await session.current().catch((error: unknown) => maskError(error) as GraphQLError);
      if (viewer instanceof GraphQLError) return [viewer];
      if (!viewer) return [NO_LONGER_GOOD];
      const outlet = new WebSocketOutlet(extra.socket, extra.request.socket, id);
      const asker = { viewer, address: door.addressOf(extra.request), outlet };
      const prepared = await prepareOperation({ graphql, gate, documents }, asker, params);
      if (!('execute' in prepared)) return prepared;
      executions.set(prepared.args, prepared.execute);
      return prepared.args;
    },
    onError: (_context, _id, _params, errors) => errors.map((error) => formatError(maskError(error))),
    onNext: (_context, _id, _params, _args, result) => {
      const errors = result.errors?.map(formatError);
      return errors && ({ ...result, errors } as FormattedExecutionResult);
    },
    execute: async (args) => {
      const execute = executions.get(args);
      if (!execute) throw new Error('An operation started before it was prepared.');
      const result = Promise.resolve(execute(args));
      running.add(result);
      return result.finally(() => running.delete(result));
    },
    subscribe: (args) => {
      // Not Yoga's: what its plugins wrap around results takes 3 KB of each subscriber, for results
      // that do not come that way. And not the execution: graphql-ws holds on to the arguments.
      executions.delete(args);
      return feed.subscribe(args);
    },
  };
  // Which logs it.
  speak(sockets, observeSockets(sockets, options, observation), (error) => void maskError(error));
  const stopPinging = keepAlive(sockets, { interval: PING_INTERVAL, patience });

  return {
    settled: async () => {
      await Promise.allSettled(running);
      await new Promise(setImmediate); // The answers are written after this.
    },
    close: async () => {
      stopPinging();
      const giveUp = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, CLOSE_GRACE);
      for (const socket of sockets.clients) socket.close(1001, 'Going away');
      await new Promise((resolve) => sockets.close(resolve));
      clearTimeout(giveUp);
    },
  };
}

function authorizationIn(params: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const value = params?.['authorization'] ?? params?.['Authorization'];
  if (value == null) return undefined;
  return typeof value === 'string' ? value : '';
}
