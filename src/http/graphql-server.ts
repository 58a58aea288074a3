import type { IncomingMessage } from 'node:http';
import type { CORSOptions } from '@whatwg-node/server';
import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga';
import type { Viewer } from '../domain/access.js';
import type { Outlet } from '../feed/outlet.js';
import type { Context } from '../graphql/context.js';
import { schema } from '../graphql/schema.js';
import type { Identification } from './auth/use-identity.js';
import { createDocumentCache } from './document-cache.js';
import type { FeedServer } from './feed.js';
import type { GuardedContext } from './gate/gate.js';
import type { Guard } from './gate/guard.js';
import { useDocumentLimits, useGate, useMaskedValidation, useNoIntrospection } from './gate/use-gate.js';
import type { PersistedDocuments } from './persisted-documents.js';
import { usePersistedDocuments } from './use-persisted-documents.js';

export interface HttpOptions {
  /** What all requests share of their context. */
  readonly shared: Pick<Context, 'db' | 'wake'>;
  readonly feed: FeedServer;
  readonly identification: Identification;
  /** Learns of each request what there is for the log and the figures. */
  readonly observer: Plugin;
  readonly cors: CorsOptions;
  /** Takes the place of executions that have been. */
  readonly settled: Plugin;
  readonly introspection: boolean;
  readonly guard: Guard;
  readonly documents: PersistedDocuments;
  /** How long caches may keep what a GET by a persisted document's id is answered, in seconds. */
  readonly maxAge: number;
  maskError(error: unknown): Error;
}

/** What a transport knows of a request before Yoga does. */
export interface Known {
  /** Who asks, where the transport has asked already: a WebSocket authenticates once. */
  readonly viewer?: Viewer;
  /** Where it comes from, where there is no request to ask. */
  readonly address?: string;
  /** Where a subscription's results go, where the transport has a line of its own. */
  readonly outlet?: Outlet;
  /** Node's own request, over HTTP. */
  readonly req?: IncomingMessage;
}

export type GraphQLServer = YogaServerInstance<Known, GuardedContext>;

/** How answers are shown to pages of other origins; `false` where to none. */
export type CorsOptions = CORSOptions;

export const corsOptionsOf = (origins: readonly string[]): CorsOptions =>
  origins.length > 0 && {
    origin: [...origins],
    credentials: false,
    exposedHeaders: ['ETag', 'Retry-After', 'X-Request-Id'],
  };

/** GraphQL at `/graphql`: queries and mutations over GET and POST, subscriptions over SSE. */
export function createHttp({
  shared,
  feed,
  identification,
  observer,
  cors,
  settled,
  introspection,
  guard: { gate, limits, door },
  documents,
  maxAge,
  maskError,
}: HttpOptions): GraphQLServer {
  return createYoga<Known, GuardedContext>({
    schema,
    context: async ({ viewer, address, request, req }) => ({
      ...shared,
      address: address ?? (req ? door.addressOf(req) : 'unknown'),
      viewer: viewer ?? (await identification.identify(request)).viewer,
      resumeFrom: request?.headers.get('last-event-id') ?? undefined,
    }),
    cors,
    graphiql: false, // Served by the process itself, offline: see graphiql.ts.
    landingPage: false,
    multipart: false,
    logging: false, // The one log is that of maskError.
    maskedErrors: { maskError },
    parserAndValidationCache: { documentCache: createDocumentCache(), errorCache: createDocumentCache() },
    extraParamNames: ['documentId'],
    plugins: [
      observer,
      identification.plugin, // First: whoever is not let in learns of no document either.
      usePersistedDocuments(documents, maxAge),
      useDocumentLimits(limits),
      useMaskedValidation(maskError),
      settled,
      useGate(gate),
      feed.plugin,
      ...(introspection ? [] : [useNoIntrospection()]),
    ],
  });
}
