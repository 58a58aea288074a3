import { GraphQLError } from 'graphql';
import { ParameterError } from '../../parameters/parameter-error.js';
import { httpOf, refuse } from '../response/refusal.js';

/** Returns the error to throw for a link: a client can correct its parameters. */
export function asRefusal(error: unknown): unknown {
  if (!(error instanceof ParameterError)) return error;
  const { message, code, parameter } = error;
  return refuse(message, { code, parameter }, { status: 400 });
}

/**
 * Returns a masked error with a status: only answers to GraphQL may have errors with 200. It has no path, because the
 * query is not the client's.
 */
export function withStatus({ message, extensions }: GraphQLError): GraphQLError {
  const { status = 400, headers = {} } = httpOf({ extensions }) ?? {};
  return new GraphQLError(message, { extensions: { ...extensions, http: { status, headers } } });
}
