import { randomUUID } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { DomainError, InvalidInputError } from '../errors.js';

/**
 * Makes what a client is told of an error: the whole of it where the client can act on it; otherwise
 * an id, under which the log has the rest.
 */
export function createMaskError(log: Logger): (error: unknown) => Error {
  return (error) => {
    const thrown = originalOf(error);
    if (thrown instanceof DomainError) return asGraphQL(error, thrown.message, extensionsOf(thrown));
    if (error instanceof GraphQLError && !isOurFault(error)) return error;
    const id = randomUUID();
    log.error({ err: thrown, id }, 'a request failed');
    const message = `The server failed. Report this id to its operator: ${id}`;
    return asGraphQL(error, message, { code: 'INTERNAL_SERVER_ERROR', id, http: { status: 500 } });
  };
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
