import type { IncomingHttpHeaders } from 'node:http';
import type { OperationKind, Outcome } from './outcome.js';

/** An operation on the database, without its parameters. */
interface DatabaseOperation {
  /** Prisma's operation, e.g. `findMany`, or the first word of a raw statement, e.g. `SELECT`. */
  readonly operation: string;
  readonly model?: string;
  /** The text of a raw statement. */
  readonly text?: string;
  readonly startedAt: Date;
  /** In milliseconds. */
  readonly duration: number;
}

/** The attributes of a request's span. */
export interface SpanReport {
  readonly requestId: string;
  readonly operation: OperationKind;
  readonly operationName: string | undefined;
  readonly outcome: Outcome;
  readonly cost: number | undefined;
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
}

/** The span of one request. */
export interface CallSpan {
  databaseOperation(operation: DatabaseOperation): void;
  end(report: SpanReport): void;
}

/** Sends spans to a tracing system. Disposing sends the pending ones. */
export interface Traces extends AsyncDisposable {
  /** Begins a span, as a child of the caller's if the headers contain one. */
  begin(headers: IncomingHttpHeaders): CallSpan;
}
