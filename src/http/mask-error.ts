import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { DomainError, InvalidInputError } from '../domain/errors.js';
import { isCanceled, tooSlow } from './deadline.js';

export interface MaskOptions {
  /** How long a request may take, in seconds: what is told where PostgreSQL cancelled a statement. */
  readonly requestTimeout: number;
  /** Whether what names parts of the schema that were not asked for is left out. */
  readonly isProduction: boolean;
}

/**
 * Makes what a client is told of an error: the whole of it where the client can act on it; otherwise
 * an id, under which the log has the rest.
 */
export function createMaskError(log: Logger, options: MaskOptions): (error: unknown) => Error {
  return (error) => {
    const thrown = originalOf(error);
    if (thrown instanceof DomainError) return asGraphQL(error, thrown.message, extensionsOf(thrown));
    if (error instanceof GraphQLError && !isOurFault(error)) return tellClient(error, options);
    if (isCanceled(thrown)) {
      const { message, extensions } = tooSlow(options.requestTimeout);
      return asGraphQL(error, message, extensions);
    }
    const id = randomUUID();
    log.error({ err: thrown, id }, 'a request failed');
    const message = `The server failed. Report this id to its operator: ${id}`;
    return asGraphQL(error, message, { code: 'INTERNAL_SERVER_ERROR', id, http: { status: 500 } });
  };
}

/** An error of GraphQL's own has no code; those that Yoga knows of have one. */
function tellClient(error: GraphQLError, { isProduction }: MaskOptions): GraphQLError {
  const message = isProduction ? error.message.replace(SUGGESTION, '') : error.message;
  if (message === error.message && error.extensions['code'] !== undefined) return error;
  const { nodes, source, positions, path, originalError } = error;
  return new GraphQLError(message, {
    ...{ nodes: nodes ?? null, source: source ?? null, positions: positions ?? null, path: path ?? null },
    originalError: originalError ?? null,
    extensions: { code: codeOf(error), ...error.extensions },
  });
}

/** How graphql ends a message that names fields, arguments, types or enum values like one that is not there. */
const SUGGESTION = /,? ?Did you mean .*\?$/s;

function codeOf({ message, path }: GraphQLError): string {
  if (message.startsWith('Syntax Error')) return 'GRAPHQL_PARSE_FAILED';
  // Values are looked at where they come in: variables before the execution, arguments as their field's error.
  return path || message.startsWith('Variable "$') ? 'BAD_USER_INPUT' : 'GRAPHQL_VALIDATION_FAILED';
}

/** Whether nothing that the client could do differently would help. */
export function isOurFault(error: unknown): boolean {
  const thrown = originalOf(error);
  return !(thrown instanceof DomainError || thrown instanceof GraphQLError || thrown === undefined);
}

/** What was thrown where an execution wrapped it; undefined for an error of GraphQL's own. */
const originalOf = (error: unknown): unknown =>
  error instanceof GraphQLError ? (error.originalError ?? undefined) : error;

function extensionsOf(error: DomainError): Record<string, unknown> {
  return error instanceof InvalidInputError
    ? { code: error.code, issues: error.issues }
    : { code: error.code };
}

function asGraphQL(error: unknown, message: string, extensions: Record<string, unknown>): GraphQLError {
  const { nodes, path } = error instanceof GraphQLError ? error : { nodes: undefined, path: undefined };
  return new GraphQLError(message, { nodes: nodes ?? null, path: path ?? null, extensions });
}

/** An error as it is sent where there is no HTTP response to make of it. */
export function formatError(error: Error): GraphQLFormattedError {
  if (!(error instanceof GraphQLError)) return { message: error.message };
  const { extensions, ...rest } = error.toJSON();
  const { http: _, ...told } = extensions ?? {};
  return { ...rest, extensions: told };
}
