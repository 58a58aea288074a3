import type { ExecutionArgs, ExecutionResult, GraphQLError } from 'graphql';
import type { Deadline, RequestContext, RequestPlugin } from '../context.js';
import { refuse } from '../response/refusal.js';

/** The time by which a request must be answered. Dispose of it when it is. */
export class ExecutionDeadline implements Deadline, Disposable {
  readonly #seconds: number;
  readonly #timer: NodeJS.Timeout;
  #isOver = false;
  /** Resolves with the error when the time is over. */
  readonly expired: Promise<GraphQLError>;

  constructor(seconds: number) {
    this.#seconds = seconds;
    let expire: (error: GraphQLError) => void = () => {};
    this.expired = new Promise((resolve) => {
      expire = resolve;
    });
    this.#timer = setTimeout(() => {
      this.#isOver = true;
      expire(tooSlow(seconds));
    }, seconds * 1_000);
  }

  /** @throws {GraphQLError} When the time is over: no further statement may begin. */
  check(): void {
    if (this.#isOver) throw tooSlow(this.#seconds);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}

/**
 * Answers queries and mutations within `seconds`, with an error if necessary. PostgreSQL's
 * `statement_timeout` cancels the statements that are still running; the context gives out no database any more.
 */
export function useDeadline(seconds: number): RequestPlugin {
  return {
    onExecute: ({ args, executeFn, setExecuteFn }) => {
      const context = args.contextValue as RequestContext;
      setExecuteFn((given: ExecutionArgs) => withinDeadline(context, seconds, () => executeFn(given)));
    },
  };
}

async function withinDeadline(
  context: RequestContext,
  seconds: number,
  execute: () => Promise<ExecutionResult> | ExecutionResult,
): Promise<ExecutionResult> {
  const deadline = new ExecutionDeadline(seconds);
  context.deadline = deadline;
  try {
    const work = Promise.resolve(execute());
    work.catch(() => {}); // Failures after the deadline are caused by it.
    return await Promise.race([work, deadline.expired.then((error) => ({ errors: [error] }))]);
  } finally {
    deadline[Symbol.dispose]();
  }
}

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
