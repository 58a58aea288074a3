import type { GraphQLError } from 'graphql';
import { refuse } from '../response/refusal.js';

/** PostgreSQL's code for a cancelled statement. */
const QUERY_CANCELED = '57014';
const MAX_CAUSES = 10;

/** Whether a statement was cancelled because it took too long, by the codes of an error and its causes. */
export function isCanceled(error: unknown): boolean {
  let cause = error;
  for (let depth = 0; typeof cause === 'object' && cause !== null && depth < MAX_CAUSES; depth += 1) {
    const { code, originalCode } = cause as { code?: unknown; originalCode?: unknown };
    if (code === QUERY_CANCELED || originalCode === QUERY_CANCELED) return true;
    cause = causeOf(cause);
  }
  return false;
}

/** Prisma keeps the database's error in `meta.driverAdapterError`, and the adapter's in `cause`. */
function causeOf(error: object): unknown {
  const { cause, meta } = error as { cause?: unknown; meta?: { driverAdapterError?: unknown } };
  return cause ?? meta?.driverAdapterError;
}

export const tooSlow = (seconds: number): GraphQLError =>
  refuse(
    `Expected a request that can be answered within ${seconds} s (REQUEST_TIMEOUT); it took longer. Ask for ` +
      'smaller pages, or narrow the filter. A mutation may have been carried out all the same: send it again ' +
      'with the same idempotencyKey.',
    { code: 'REQUEST_TIMEOUT', maximum: seconds },
    { status: 504 },
  );
