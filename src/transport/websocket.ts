import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { type ExecutionArgs, GraphQLError } from 'graphql';
import { CloseCode } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import pLimit from 'p-limit';
import { WebSocketServer } from 'ws';
import type { Viewer } from '../domain/access.js';
import type { Authenticate } from './authenticate.js';
import type { FeedServer } from './feed.js';
import type { GraphQLServer } from './http.js';
import { keepAlive } from './keep-alive.js';
import { refuseDeepVariables } from './use-limits.js';
import { WebSocketOutlet } from './websocket-outlet.js';

const MAX_MESSAGE_BYTES = 256 * 1024;

/** How long clients have to answer the closing of their sockets, in milliseconds; ws itself waits for 30 s. */
const CLOSE_GRACE = 2_000;

/** How often each socket is pinged, in milliseconds. */
const PING_INTERVAL = 12_000;

type Execute = ReturnType<GraphQLServer['getEnveloped']>['execute'];

export interface WebSocketOptions {
  readonly http: Server;
  readonly graphql: GraphQLServer;
  readonly feed: FeedServer;
  readonly authenticate: Authenticate;
  /** How long a client may take to answer a ping, in milliseconds. */
  readonly patience: number;
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
 * The token comes once, as `authorization` in connectionParams; a bad one closes with 4403.
 */
export function startWebSocket({
  http,
  graphql,
  feed,
  authenticate,
  patience,
}: WebSocketOptions): WebSocketTransport {
  const sockets = new WebSocketServer({ noServer: true, path: '/graphql', maxPayload: MAX_MESSAGE_BYTES });
  admitInTurn(http, sockets);
  const viewers = new WeakMap<object, Viewer>();
  const executions = new WeakMap<ExecutionArgs, Execute>();
  const running = new Set<Promise<unknown>>();

  const server = useServer(
    {
      onConnect: async ({ connectionParams, extra }) => {
        try {
          viewers.set(extra.socket, await authenticate(authorizationIn(connectionParams)));
          return true;
        } catch (error) {
          if (!(error instanceof GraphQLError)) throw error;
          extra.socket.close(CloseCode.Forbidden, error.message);
          return false;
        }
      },
      onSubscribe: async ({ extra }, id, { query, operationName, variables }) => {
        const viewer = viewers.get(extra.socket);
        if (!viewer) throw new Error('An operation came before its socket was authenticated.');
        // Without the request: it is the upgrade, a GET, and Yoga would refuse mutations.
        const outlet = new WebSocketOutlet(extra.socket, extra.request.socket, id);
        const enveloped = graphql.getEnveloped({ viewer, outlet });
        const { schema, parse, validate, contextFactory, execute } = enveloped;
        try {
          const document = parse(query);
          const errors = validate(schema, document);
          if (errors.length > 0) return errors;
          const refusal = refuseDeepVariables(variables);
          if (refusal) return [refusal];
          const args: ExecutionArgs = {
            schema,
            document,
            operationName: operationName ?? null,
            variableValues: variables ?? null,
            contextValue: await contextFactory(),
          };
          executions.set(args, execute);
          return args;
        } catch (error) {
          if (error instanceof GraphQLError) return [error]; // A syntax error concerns one operation, not the socket.
          throw error;
        }
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
    },
    sockets,
    0, // Its pings would cut a slow client before it has had its chance: see keepAlive.
  );
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
      await server.dispose();
      clearTimeout(giveUp);
    },
  };
}

/**
 * Takes new sockets one in a turn of the event loop. After a restart all clients come back at once, and
 * those that are live already must not wait for them.
 */
function admitInTurn(http: Server, sockets: WebSocketServer): void {
  const door = pLimit(1);
  http.on('upgrade', (request: IncomingMessage, connection: Socket, head: Buffer) => {
    connection.on('error', () => {}); // Until it is a WebSocket nobody else listens; its end is enough.
    void door(async () => {
      sockets.handleUpgrade(request, connection, head, (socket) => {
        sockets.emit('connection', socket, request);
      });
      await new Promise(setImmediate);
    });
  });
}

function authorizationIn(params: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const value = params?.['authorization'] ?? params?.['Authorization'];
  if (value == null) return undefined;
  return typeof value === 'string' ? value : '';
}
