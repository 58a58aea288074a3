import {
  type DocumentNode,
  type ExecutionArgs,
  execute,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  validate,
} from 'graphql';
import { createYoga, type YogaServerInstance } from 'graphql-yoga';
import type { RequestContext, RequestPlugin } from '../context.js';
import { createDocumentCache } from './document-cache.js';

type Yoga = YogaServerInstance<RequestContext, object>;

/** Yoga, as the transports use it. */
export interface GraphQLServer {
  readonly getEnveloped: Yoga['getEnveloped'];
}

/**
 * Creates the Yoga server that parses, validates and executes on behalf of every transport.
 *
 * HTTP and WebSocket both call `getEnveloped` with their request context (see operation.ts), so that an
 * operation passes the same plugins wherever it comes from.
 *
 * @param plugins In the order in which an operation passes them.
 */
export function createGraphQLServer(schema: GraphQLSchema, plugins: readonly RequestPlugin[]): GraphQLServer {
  const documentCache = createDocumentCache<DocumentNode>();
  const errorCache = createDocumentCache<Error>();
  return createYoga<RequestContext>({
    schema,
    logging: false,
    maskedErrors: false, // The plugin of mask-error.ts knows the request in which an error happened.
    graphiql: false,
    landingPage: false,
    cors: false,
    multipart: false,
    parserAndValidationCache: { documentCache, errorCache },
    plugins: [...plugins],
  });
}

/** How many errors of a document are reported. Each takes up to 0.3 ms, for the names that it suggests. */
const MAX_ERRORS = 20;

/**
 * Validates and executes with GraphQL.js, the same that renders the feed's items; Yoga brings another executor.
 *
 * @param hideSuggestions Whether messages leave out names of the schema that the client did not ask for.
 */
export function useGraphQLJs(hideSuggestions: boolean): RequestPlugin {
  return {
    onValidate: ({ setValidationFn }) => {
      setValidationFn((schema, document, rules) =>
        validate(schema, document, rules, { hideSuggestions, maxErrors: MAX_ERRORS }),
      );
    },
    onExecute: ({ setExecuteFn }) => {
      setExecuteFn((args: ExecutionArgs) => execute({ ...args, hideSuggestions }));
    },
  };
}

/** Refuses to describe the schema. */
export function useNoIntrospection(): RequestPlugin {
  return { onValidate: ({ addValidationRule }) => addValidationRule(NoSchemaIntrospectionCustomRule) };
}
