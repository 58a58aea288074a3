import type { GraphQLFormattedError } from 'graphql';

/** The kind of an operation; unknown where the document cannot be parsed, or has several and names none. */
export type OperationKind = 'query' | 'mutation' | 'subscription' | 'unknown';

/**
 * How a request ended. Refused: the client can act on it. Failed: the server is at fault. Aborted: the client
 * went away before the answer.
 */
export type Outcome = 'ok' | 'refused' | 'timeout' | 'failed' | 'aborted';

/** Errors as clients are sent them: masked. */
export type SentErrors = readonly { readonly extensions?: GraphQLFormattedError['extensions'] }[];

const FAILURES: Readonly<Record<string, Outcome>> = {
  INTERNAL_SERVER_ERROR: 'failed',
  SERVICE_UNAVAILABLE: 'failed',
  REQUEST_TIMEOUT: 'timeout',
};

/** Returns the outcome by the worst of the errors. Those of result unions are not among them: they are answers. */
export function outcomeOf(errors: SentErrors = []): Outcome {
  const outcomes = errors.map(({ extensions }) => FAILURES[String(extensions?.['code'])] ?? 'refused');
  if (outcomes.includes('failed')) return 'failed';
  if (outcomes.includes('timeout')) return 'timeout';
  return outcomes.length > 0 ? 'refused' : 'ok';
}

/** The checks before GraphQL, by the codes of their errors. */
const CHECKS = new Set([
  'BAD_REQUEST',
  'FORBIDDEN_ORIGIN',
  'METHOD_NOT_ALLOWED',
  'NOT_ACCEPTABLE',
  'NOT_FOUND',
  'UNSUPPORTED_MEDIA_TYPE',
]);

/** Returns the limit or check that refused a request: the variable of the limit, or the code of the check. */
export function refusalIn(errors: SentErrors = []): string | undefined {
  for (const { extensions } of errors) {
    const code = String(extensions?.['code']);
    if (code === 'REQUEST_TIMEOUT') return code;
    if (typeof extensions?.['limit'] === 'string') return extensions['limit'];
    if (CHECKS.has(code)) return code;
  }
  return undefined;
}
