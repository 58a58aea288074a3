import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { isUnavailable } from '../../database/unavailable.js';
import {
  BadArgumentError,
  DomainError,
  InvalidInputError,
  OWNER_TERMS,
  UnknownSlugError,
} from '../../domain/errors.js';
import { WritesRefusedError } from '../../domain/write-refusals.js';
import type { RequestContext, RequestPlugin } from '../context.js';
import { isCanceled, tooSlow } from '../execution/deadline.js';
import type { HttpExtension } from './refusal.js';

export interface MaskOptions {
  /** How long a request may take, in seconds. Reported when PostgreSQL has cancelled a statement. */
  readonly requestTimeout: number;
}

/** The request in which an error happened. */
export type FailedRequest = Pick<RequestContext, 'id' | 'log'>;

/**
 * Returns the error to send to a client. Errors that the client can act on are unchanged. Others are logged, and the client
 * gets the request's id to report.
 */
export type MaskError = (error: unknown, request: FailedRequest) => GraphQLError;

export function createMaskError({ requestTimeout }: MaskOptions): MaskError {
  return (error, { id, log }) => {
    const thrown = originalOf(error);
    if (thrown instanceof WritesRefusedError) {
      log.warn({ err: thrown, id }, 'a write was refused');
      return asGraphQL(error, thrown.message, { code: thrown.code, http: TRY_LATER });
    }
    if (thrown instanceof DomainError) return asGraphQL(error, thrown.message, extensionsOf(thrown));
    if (error instanceof GraphQLError && !isOurFault(error)) return tellClient(error);
    if (isCanceled(thrown)) {
      const { message, extensions } = tooSlow(requestTimeout);
      return asGraphQL(error, message, extensions);
    }
    if (isUnavailable(thrown)) {
      log.warn({ err: thrown, id }, 'the database is unavailable');
      return asGraphQL(error, UNAVAILABLE, { code: 'DATABASE_UNAVAILABLE', http: TRY_LATER });
    }
    log.error({ err: thrown, id }, 'a request failed');
    const message = `The server failed. Report this id to its operator: ${id}`;
    return asGraphQL(error, message, { code: 'INTERNAL_SERVER_ERROR', id, http: { status: 500 } });
  };
}

/** The request is not at fault: the same may succeed in some seconds, or on another instance. */
const TRY_LATER: HttpExtension = { status: 503, headers: { 'Retry-After': '5' } };

const UNAVAILABLE =
  'The database cannot be reached. Try again in some seconds. A mutation may have been carried out all the same: send ' +
  'it again with the same idempotencyKey.';

/** Masks errors in the results of executions. The transport masks errors thrown before. */
export function useMaskedResults(maskError: MaskError): RequestPlugin {
  return {
    onExecute: ({ args }) => ({
      onExecuteDone: ({ result, setResult }) => {
        if (!('errors' in result) || !result.errors) return;
        const context = args.contextValue as RequestContext;
        setResult({ ...result, errors: result.errors.map((error) => maskError(error, context)) });
      },
    }),
    onSubscribe: ({ args }) => ({
      onSubscribeResult: ({ result, setResult }) => {
        if (!('errors' in result) || !result.errors) return;
        const context = args.contextValue as RequestContext;
        setResult({ errors: result.errors.map((error) => maskError(error, context)) });
      },
    }),
  };
}

/** Returns the thrown errors. Several at once are an AggregateError. */
export const errorsIn = (thrown: unknown): readonly unknown[] =>
  thrown instanceof AggregateError ? thrown.errors : [thrown];

/**
 * Adds a code to an error of GraphQL.js. Errors of parsing and validation have one already. Others are values that
 * cannot be coerced: of an argument at its field, or of a variable without a path and before the execution.
 */
function tellClient(error: GraphQLError): GraphQLError {
  if (error.extensions['code'] !== undefined) return error;
  const { message, nodes, source, positions, path, originalError } = error;
  const code = { code: 'BAD_USER_INPUT', ...(!path && { http: { status: 400, spec: true } }) };
  return new GraphQLError(message, {
    ...{ nodes: nodes ?? null, source: source ?? null, positions: positions ?? null, path: path ?? null },
    originalError: originalError ?? null,
    extensions: { ...code, ...error.extensions },
  });
}

/** Returns whether the server is at fault, and the client cannot do anything about it. */
export function isOurFault(error: unknown): boolean {
  const thrown = originalOf(error);
  return !(thrown instanceof DomainError || thrown instanceof GraphQLError || thrown === undefined);
}

/** Returns the error that the execution has wrapped. Undefined for an error of GraphQL.js itself. */
const originalOf = (error: unknown): unknown =>
  error instanceof GraphQLError ? (error.originalError ?? undefined) : error;

/** What a program needs to act on the error. */
function extensionsOf(error: DomainError): Record<string, unknown> {
  const { code } = error;
  if (error instanceof InvalidInputError) {
    return { code, argument: error.issues[0]?.path ?? '', issues: error.issues };
  }
  if (error instanceof UnknownSlugError) {
    return { code, owner: OWNER_TERMS[error.owner], slug: error.slug, argument: error.path };
  }
  return error instanceof BadArgumentError && error.argument !== ''
    ? { code, argument: error.argument }
    : { code };
}

function asGraphQL(error: unknown, message: string, extensions: Record<string, unknown>): GraphQLError {
  const { nodes, path } = error instanceof GraphQLError ? error : { nodes: undefined, path: undefined };
  return new GraphQLError(message, { nodes: nodes ?? null, path: path ?? null, extensions });
}

/** Returns an error as sent to clients, without `extensions.http`. */
export function formatError(error: GraphQLError): GraphQLFormattedError {
  const { extensions, ...rest } = error.toJSON();
  const { http: _, ...told } = extensions ?? {};
  return Object.keys(told).length > 0 ? { ...rest, extensions: told } : rest;
}
