import type { ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import type { Outlet } from '../../feed/fan-out/outlet.js';
import type { RequestMetrics } from '../../observe/request-metrics.js';
import type { Identity } from '../auth/identity.js';
import type { Sessions } from '../auth/sessions.js';
import type { Operation } from '../execution/operation.js';
import type { ConnectionLimit } from '../limits/connection-limit.js';
import { exceeds } from '../response/refusal.js';
import { type Exchange, STREAM_HEADERS } from '../response/send.js';
import { EventStream } from './sse.js';
import { Subscription } from './subscribe.js';

export interface StreamOptions {
  readonly sessions: Sessions;
  /** Counts event streams; WebSockets are counted when they are opened. */
  readonly connectionLimit: ConnectionLimit;
  readonly metrics: RequestMetrics;
}

/** How often an idle event stream sends a comment, in milliseconds. */
const HEARTBEAT = 12_000;

/**
 * Streams a subscription until the client leaves, or its token no longer allows it.
 *
 * @returns The result instead, where the subscription could not begin.
 * @throws {GraphQLError} For an address with too many connections.
 */
export async function streamSubscription(
  { sessions, connectionLimit, metrics }: StreamOptions,
  { response, context }: Exchange,
  { args, subscribe }: Operation,
  identity: Identity,
): Promise<ExecutionResult | undefined> {
  const release = connectionLimit.open(context.address);
  if (!release) {
    throw exceeds('socketsPerAddress', connectionLimit.perAddress, connectionLimit.perAddress + 1);
  }
  onceClosed(response, release);
  const result: unknown = await subscribe(args);
  if (!(result instanceof Subscription)) return result as ExecutionResult;
  // Cut, not ended: what is still on its way is not for this client any more, and it shall come back.
  const session = sessions.hold(identity, () => response.destroy());
  metrics.streams.opened();
  onceClosed(response, () => {
    metrics.streams.closed();
    session.release();
    void result.return();
  });
  context.call.end('ok');
  void result.next(); // Begins to send.
  return undefined;
}

/** Begins an event stream as the answer to a request. */
export function openEventStream(
  response: ServerResponse,
  headers: Readonly<Record<string, string>>,
  hasIds: boolean,
): Outlet {
  response.writeHead(200, { ...headers, ...STREAM_HEADERS });
  return new EventStream(response, { hasIds, heartbeat: HEARTBEAT });
}

function onceClosed(response: ServerResponse, listener: () => void): void {
  if (response.closed) listener();
  else response.once('close', listener);
}
