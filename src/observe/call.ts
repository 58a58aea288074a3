import type { Logger } from 'pino';
import type { Database } from '../database/open.js';
import { type OperationKind, type Outcome, outcomeOf, refusalIn, type SentErrors } from './outcome.js';
import type { RequestMetrics, Transport } from './request-metrics.js';
import type { SampledLog } from './sampled-log.js';
import { traceDatabase } from './traced-database.js';
import type { CallSpan } from './traces.js';

export interface CallOptions {
  readonly transport: Transport;
  readonly requestId: string;
  readonly log: Logger;
  readonly sampledLog: SampledLog;
  readonly metrics: RequestMetrics;
  /** Undefined without tracing. */
  readonly span: CallSpan | undefined;
}

/** The part of a log line that only HTTP requests have. */
export interface HttpPart {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** The maximum length of an operation name, which clients choose. */
const MAX_NAME = 100;

/** One request to GraphQL, for logs, metrics and traces: an HTTP request or an operation on a WebSocket. */
export class Call {
  readonly requestId: string;
  operation: OperationKind = 'unknown';
  /** Used in log lines and spans, but not as a label of metrics, because clients choose it. */
  operationName: string | undefined;
  /** The name of the token; null for an anonymous reader. */
  viewer: string | null = null;
  /** The points taken from the budget. */
  cost: number | undefined;
  readonly #options: CallOptions;
  readonly #began = performance.now();
  #log: Logger | undefined;
  #tracedDatabase: Database | undefined;
  #errors: SentErrors | undefined;
  #hasEnded = false;
  #onEnded: (() => void) | undefined;

  constructor(options: CallOptions) {
    this.requestId = options.requestId;
    this.#options = options;
  }

  /** A log whose lines have the request's id. */
  get log(): Logger {
    this.#log ??= this.#options.log.child({ requestId: this.requestId });
    return this.#log;
  }

  /** Returns a database that adds a child span for each operation, until the call ends. */
  trace(db: Database): Database {
    const { span } = this.#options;
    if (!span || this.#hasEnded) return db;
    this.#tracedDatabase ??= traceDatabase(db, span);
    return this.#tracedDatabase;
  }

  /** Sets the errors that are sent to the client. No errors means success. */
  settle(errors: SentErrors = []): void {
    this.#errors = errors;
  }

  /** Sets what is called once, when the call has ended. */
  onceEnded(listener: () => void): void {
    this.#onEnded = listener;
  }

  /** Ends the call; later calls do nothing. `otherwise` is the outcome if {@link settle} was not called. */
  end(otherwise: Outcome = 'ok', http?: HttpPart): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    const { transport, requestId, log, sampledLog, metrics, span } = this.#options;
    const { operation, cost } = this;
    const outcome = this.#errors ? outcomeOf(this.#errors) : otherwise;
    const duration = performance.now() - this.#began;
    const operationName = this.operationName?.slice(0, MAX_NAME);
    const refusal = refusalIn(this.#errors);
    metrics.ended({ transport, operation, outcome, duration, refusal });
    span?.end({ requestId, operation, operationName, outcome, cost, ...http });
    const ms = Math.round(duration);
    const viewer = this.viewer ?? 'anonymous';
    const line = { requestId, transport, ...http, operation, operationName, outcome, cost, viewer, ms };
    // The close of a socket is logged once, however many operations it cuts.
    const isQuiet = outcome === 'ok' || (outcome === 'aborted' && transport === 'websocket');
    if (isQuiet) log.debug(line, 'request');
    else if (outcome === 'failed') log.info(line, 'request');
    else sampledLog.write({ transport, outcome, refusal }, line);
    this.#onEnded?.();
  }
}
