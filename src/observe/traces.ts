import type { IncomingHttpHeaders } from 'node:http';
import type { OperationKind, Outcome } from './outcome.js';

/** An SQL statement that was answered, without its parameters. */
export interface Statement {
  readonly query: string;
  readonly timestamp: Date;
  /** In milliseconds. */
  readonly duration: number;
}

/** What a span says of a request. */
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
  statement(statement: Statement): void;
  end(report: SpanReport): void;
}

/** Tells a tracing system of requests. Disposing sends what has not been sent. */
export interface Traces extends AsyncDisposable {
  /** Begins a span, under the caller's where the headers name one. */
  begin(headers: IncomingHttpHeaders): CallSpan;
}
