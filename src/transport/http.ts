import { createYoga, type YogaServerInstance } from 'graphql-yoga';
import type { Context } from '../context.js';
import type { Viewer } from '../domain/access.js';
import type { Outlet } from '../feed/outlet.js';
import { schema } from '../schema/index.js';
import type { Authenticate } from './authenticate.js';
import type { FeedServer } from './feed.js';
import { useNoIntrospection, useTokenLimit, useVariableDepthLimit } from './use-limits.js';

export interface HttpOptions {
  /** What all requests share of their context. */
  readonly shared: Pick<Context, 'db' | 'wake'>;
  readonly feed: FeedServer;
  readonly authenticate: Authenticate;
  readonly corsOrigins: readonly string[];
  readonly introspection: boolean;
  maskError(error: unknown): Error;
}

/** What a transport knows of a request before Yoga does. */
export interface Known {
  /** Who asks, where the transport has asked already: a WebSocket authenticates once. */
  readonly viewer?: Viewer;
  /** Where a subscription's results go, where the transport has a line of its own. */
  readonly outlet?: Outlet;
}

export type GraphQLServer = YogaServerInstance<Known, Context>;

/** GraphQL at `/graphql`: queries and mutations over GET and POST, subscriptions over SSE. */
export function createHttp({
  shared,
  feed,
  authenticate,
  corsOrigins,
  introspection,
  maskError,
}: HttpOptions): GraphQLServer {
  return createYoga<Known, Context>({
    schema,
    context: async ({ viewer, request }) => ({
      ...shared,
      viewer: viewer ?? (await authenticate(request.headers.get('authorization'))),
      resumeFrom: request?.headers.get('last-event-id') ?? undefined,
    }),
    cors: corsOrigins.length > 0 && { origin: [...corsOrigins], credentials: false },
    graphiql: false, // Served by the process itself, offline: see graphiql.ts.
    landingPage: false,
    multipart: false,
    logging: false, // The one log is that of maskError.
    maskedErrors: { maskError },
    plugins: [
      useTokenLimit(),
      useVariableDepthLimit(),
      feed.plugin,
      ...(introspection ? [] : [useNoIntrospection()]),
    ],
  });
}
