import { createYoga, type YogaServerInstance } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Context } from '../context.js';
import type { Viewer } from '../domain/access.js';
import { schema } from '../schema/index.js';
import type { Authenticate } from './authenticate.js';
import { createMaskError } from './mask-error.js';
import { useFreshContext } from './use-fresh-context.js';
import { useNoIntrospection, useTokenLimit, useVariableDepthLimit } from './use-limits.js';

export interface HttpOptions {
  /** What all requests share of their context. */
  readonly shared: Omit<Context, 'viewer'>;
  readonly authenticate: Authenticate;
  readonly corsOrigins: readonly string[];
  readonly introspection: boolean;
  readonly log: Logger;
}

/** What a transport knows of a request before Yoga does. */
export interface Known {
  /** Who asks, where the transport has asked already: a WebSocket authenticates once. */
  readonly viewer?: Viewer;
}

export type GraphQLServer = YogaServerInstance<Known, Context>;

/** GraphQL at `/graphql`: queries and mutations over GET and POST, subscriptions over SSE. */
export function createHttp({
  shared,
  authenticate,
  corsOrigins,
  introspection,
  log,
}: HttpOptions): GraphQLServer {
  return createYoga<Known, Context>({
    schema,
    context: async ({ viewer, request }) => ({
      ...shared,
      viewer: viewer ?? (await authenticate(request.headers.get('authorization'))),
    }),
    cors: corsOrigins.length > 0 && { origin: [...corsOrigins], credentials: false },
    graphiql: false, // Served by the process itself, offline: see graphiql.ts.
    landingPage: false,
    multipart: false,
    logging: false, // The one log is that of maskError.
    maskedErrors: { maskError: createMaskError(log) },
    plugins: [
      useTokenLimit(),
      useVariableDepthLimit(),
      useFreshContext(),
      ...(introspection ? [] : [useNoIntrospection()]),
    ],
  });
}
