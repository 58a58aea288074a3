import type { GraphQLFormattedError } from 'graphql';

/** The kind of an operation. Unknown if the document cannot be parsed or the operation cannot be selected. */
export type OperationKind = 'query' | 'mutation' | 'subscription' | 'unknown';

/**
 * How a request ended. Refused: the client can act on it. Failed: the server is at fault. Aborted: the client
 * disconnected before the response.
 */
export type Outcome = 'ok' | 'refused' | 'timeout' | 'failed' | 'aborted';

/** Masked errors, as sent to clients. */
export type SentErrors = readonly { readonly extensions?: GraphQLFormattedError['extensions'] }[];

const FAILURES: Readonly<Record<string, Outcome>> = {
  INTERNAL_SERVER_ERROR: 'failed',
  SERVICE_UNAVAILABLE: 'failed',
  DATABASE_UNAVAILABLE: 'failed',
  CLOCK_BEHIND: 'failed',
  RECORD_IS_NEWER: 'failed',
  REQUEST_TIMEOUT: 'timeout',
};

/** Returns the outcome for the worst error. Errors in result unions are not included. */
export function outcomeOf(errors: SentErrors = []): Outcome {
  const outcomes = errors.map(({ extensions }) => FAILURES[String(extensions?.['code'])] ?? 'refused');
  if (outcomes.includes('failed')) return 'failed';
  if (outcomes.includes('timeout')) return 'timeout';
  return outcomes.length > 0 ? 'refused' : 'ok';
}

/** The error codes of the checks before GraphQL. */
const CHECKS = new Set([
  'BAD_REQUEST',
  'FORBIDDEN_ORIGIN',
  'METHOD_NOT_ALLOWED',
  'NOT_ACCEPTABLE',
  'NOT_FOUND',
  'UNSUPPORTED_MEDIA_TYPE',
]);

/** Returns the environment variable of the limit, or the code of the check, that refused a request. */
export function refusalIn(errors: SentErrors = []): string | undefined {
  for (const { extensions } of errors) {
    const code = String(extensions?.['code']);
    if (code === 'REQUEST_TIMEOUT') return code;
    if (typeof extensions?.['limit'] === 'string') return extensions['limit'];
    if (CHECKS.has(code)) return code;
  }
  return undefined;
}
