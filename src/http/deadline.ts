import type { ExecutionResult, GraphQLError } from 'graphql';
import type { Database } from '../database/open.js';
import { refuse } from './gate/refusal.js';

/**
 * The result of an execution, or after `seconds` an error in its place. Statements that are under way then
 * are cancelled by PostgreSQL's `statement_timeout`; none is begun any more.
 *
 * @param execute Given a context whose `db` throws once the time is over.
 */
export async function withinTime<C extends { readonly db: Database }>(
  seconds: number,
  context: C,
  execute: (context: C) => Promise<ExecutionResult>,
): Promise<ExecutionResult> {
  let isExpired = false;
  const bounded: C = Object.create(context, {
    db: {
      get: () => {
        if (isExpired) throw tooSlow(seconds);
        return context.db;
      },
    },
  });
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<ExecutionResult>((resolve) => {
    timer = setTimeout(() => {
      isExpired = true;
      resolve({ errors: [tooSlow(seconds)] });
    }, seconds * 1_000);
  });
  const work = execute(bounded);
  work.catch(() => {}); // What comes after the time is nobody's.
  try {
    return await Promise.race([work, expired]);
  } finally {
    clearTimeout(timer);
  }
}

/** PostgreSQL's code for a statement that was cancelled, by `statement_timeout` for one. */
const QUERY_CANCELED = '57014';

/** Whether an error comes of a statement that took too long. */
export function isCanceled(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; depth += 1) {
    if (JSON.stringify(cause)?.includes(QUERY_CANCELED)) return true;
    cause = cause.cause;
  }
  return false;
}

export const tooSlow = (seconds: number): GraphQLError =>
  refuse(
    `Expected a request that can be answered within ${seconds} s (REQUEST_TIMEOUT); it took longer. Ask for ` +
      'smaller pages, or narrow the filter. A mutation may have been carried out all the same: send it again ' +
      'with the same idempotencyKey.',
    { code: 'REQUEST_TIMEOUT', maximum: seconds },
    { status: 504 },
  );
