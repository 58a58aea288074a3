import type { Server } from 'node:http';
import type { ExecutionArgs, FormattedExecutionResult, GraphQLError } from 'graphql';
import { CloseCode } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import { ANONYMOUS } from '../domain/access.js';
import type { SlowSubscriberPolicy } from '../feed/fan-out/slow-subscriber.js';
import { SIGN_IN_COST } from '../graphql/cost.js';
import type { Authenticate } from '../http/auth/authenticate.js';
import { closeCodeOf, ENDINGS, SESSION_ENDED } from '../http/auth/identity.js';
import { asReader } from '../http/auth/reading-cookie.js';
import type { Sessions } from '../http/auth/sessions.js';
import { clientOf, type Shared } from '../http/context.js';
import { refuseToken } from '../http/cross-origin/origin-check.js';
import { Lifetime } from '../http/execution/lifetime.js';
import type { GraphQLServer } from '../http/execution/yoga.js';
import type { Limits } from '../http/limits/limits.js';
import type { PersistedDocuments } from '../http/request/persisted-documents.js';
import { errorsIn, formatError, type MaskError } from '../http/response/mask-error.js';
import { badRequest } from '../http/response/refusal.js';
import type { Observation } from '../observe/observation.js';
import type { CutReason } from '../observe/request-metrics.js';
import { CLOSE_GRACE, Connection, closeWith } from './connection.js';
import { authorizationIn, type ConnectionParams } from './connection-params.js';
import { type ProtocolOptions, serveProtocol } from './connections.js';
import { keepAlive } from './keep-alive.js';
import { admitOperation, type SocketOperation, startOperation } from './operation.js';
import { TOO_SLOW } from './outlet.js';
import { acceptUpgrades, type UpgradeOptions } from './upgrade.js';

/** How often each socket is pinged, in milliseconds. */
const PING_INTERVAL = 12_000;

/** The maximum length of an operation's id, which each message for it repeats. */
const MAX_ID = 128;

export interface WebSocketOptions extends UpgradeOptions {
  readonly http: Server;
  readonly shared: Shared;
  readonly limits: Limits;
  readonly graphql: GraphQLServer;
  readonly authenticate: Authenticate;
  readonly sessions: Sessions;
  readonly observation: Observation;
  readonly documents: PersistedDocuments;
  readonly maskError: MaskError;
  /** Bounds the bytes that wait for a client, and how long it may take to answer a ping. */
  readonly slowSubscribers: SlowSubscriberPolicy;
}

export interface WebSocketTransport {
  /** Resolves when the running queries and mutations have been answered. */
  answered(): Promise<void>;
  /** Closes all sockets with 1001, and terminates those that do not answer in time, at most `grace` milliseconds. */
  close(grace: number): Promise<void>;
}

/**
 * Serves `graphql-transport-ws` on the HTTP server's `/graphql`, with the same schema, limits and masking as HTTP.
 *
 * Clients send the token once, in connectionParams. The socket closes with 4401 if it is missing, expired or revoked;
 * with 4403 if it is unknown, or when it expires, is revoked or gets a lower role later; and with 1013 if it cannot be
 * checked.
 */
export function startWebSocket(options: WebSocketOptions): WebSocketTransport {
  const { http, limits, maskError, observation, slowSubscribers } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.messageBytes,
    WebSocket: Connection,
    autoPong: false, // Pongs count among the bytes that wait for a client.
  });
  const cutOff = (reason: CutReason, { id }: Connection) => {
    observation.metrics.cutOff(reason);
    observation.log.info({ requestId: id, reason }, 'a WebSocket was cut off');
  };
  acceptUpgrades(http, sockets, options);
  const running = new Set<Promise<unknown>>();
  const track = <T>(work: Promise<T>): Promise<T> => {
    running.add(work);
    return work.finally(() => running.delete(work));
  };

  const protocol: ProtocolOptions = {
    onConnect: ({ connectionParams, extra }) => authenticateSocket(options, extra, connectionParams),
    onClose: ({ extra }) => extra.session?.release(),
    onSubscribe: ({ extra, subscriptions }, id) => {
      const { subscribing: message } = extra;
      if (!message) throw new Error('An operation began without its message.');
      if (id.length > MAX_ID) {
        const message = `Expected an operation id of at most ${MAX_ID} characters; got ${id.length}.`;
        closeWith(extra, CloseCode.BadRequest, message);
        return [badRequest(message)];
      }
      // graphql-ws has just added this one. It forgets those that the client has given up, which may still run.
      const open = Math.max(Object.keys(subscriptions).length, extra.running + 1);
      return track(admitOperation(options, extra, { id, message, open, isOpen: () => id in subscriptions }));
    },
    // admitOperation and Yoga's plugins have masked them.
    onError: (_context, _id, _message, errors) => errors.map(formatError),
    onNext: (_context, _id, _message, _args, result) => {
      const errors = (result.errors as readonly GraphQLError[] | undefined)?.map(formatError);
      return errors && ({ ...result, errors } as FormattedExecutionResult);
    },
    execute: (args: ExecutionArgs) => track(startOperation(args as SocketOperation, 'execute')),
    subscribe: (args: ExecutionArgs) => startOperation(args as SocketOperation, 'subscribe'),
  };
  serveProtocol(sockets, protocol, observation, {
    ...options,
    maxWaiting: limits.messageBytes,
    onStuck: (connection) => {
      cutOff('unread', connection);
      closeWith(connection, TOO_SLOW, '');
    },
    onFailure: (error, connection) => {
      for (const one of errorsIn(error)) maskError(one, connection); // Logs it.
    },
  });
  const stopPinging = keepAlive(sockets, {
    interval: PING_INTERVAL,
    patience: slowSubscribers.patience,
    onMute: (connection) => cutOff('mute', connection),
  });

  return {
    answered: async () => {
      do {
        await Promise.allSettled(running);
        await new Promise(setImmediate); // An admitted operation starts, and an answer is written, after this.
      } while (running.size > 0);
    },
    close: async (grace) => {
      stopPinging();
      const giveUp = setTimeout(
        () => {
          for (const socket of sockets.clients) socket.terminate();
        },
        Math.min(grace, CLOSE_GRACE),
      );
      for (const socket of sockets.clients) socket.close(1001, 'Going away');
      await new Promise((resolve) => sockets.close(resolve));
      clearTimeout(giveUp);
    },
  };
}

/** Authenticates a socket by its connectionParams. The session ends with its token. */
async function authenticateSocket(
  { authenticate, sessions, maskError, limits, shared }: WebSocketOptions,
  connection: Connection,
  params: ConnectionParams | undefined,
): Promise<boolean> {
  connection.initialized();
  const lifetime = new Lifetime(limits.requestTimeout);
  try {
    const authorization = authorizationIn(params);
    if (authorization !== undefined && connection.trust !== 'full') {
      closeWith(connection, CloseCode.Forbidden, refuseToken().message);
      return false;
    }
    const { kept } = connection;
    const identity = await lifetime.within(
      authorization === undefined && kept !== undefined
        ? authenticate(kept).then(asReader)
        : authenticate(authorization),
    );
    const session = sessions.hold(identity, (ending) => {
      closeWith(connection, SESSION_ENDED, ENDINGS[ending]);
    });
    connection.session = session;
    if (connection.readyState === connection.CLOSED) session.release(); // onClose has run already.
    return true;
  } catch (error) {
    shared.charge(clientOf(ANONYMOUS, connection.address), { points: SIGN_IN_COST, milliseconds: 0 });
    closeWith(connection, closeCodeOf(error), maskError(error, connection).message);
    return false;
  } finally {
    lifetime[Symbol.dispose]();
  }
}
