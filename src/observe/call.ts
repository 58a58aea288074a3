import type { Logger } from 'pino';
import { limitIn, type OperationKind, type Outcome, outcomeOf, type Told } from './outcome.js';
import type { CallSpan } from './traces.js';

export type Transport = 'http' | 'websocket';

/** What became of a call. */
export interface CallReport {
  readonly transport: Transport;
  readonly operation: OperationKind;
  readonly outcome: Outcome;
  /** Until the answer; for a subscription, until it began. In milliseconds. */
  readonly duration: number;
  /** The limit that it went beyond, if any. */
  readonly limit: string | undefined;
}

/** Told of each call's end, for the figures. */
export interface CallWatch {
  ended(report: CallReport): void;
}

export interface CallOptions {
  readonly transport: Transport;
  readonly requestId: string;
  readonly log: Logger;
  readonly watch: CallWatch;
  readonly span: CallSpan | undefined;
}

/** What only HTTP has. */
export interface HttpPart {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** A client's name for an operation is as long as it likes. */
const MAX_NAME = 100;

/** One request to GraphQL: over HTTP, or an operation on a WebSocket. Those who learn something of it write it down here. */
export class Call {
  readonly requestId: string;
  operation: OperationKind = 'unknown';
  /** The client's name for the operation: for lines and spans, never for labels. */
  operationName: string | undefined;
  /** The name of the token, null for an anonymous reader. */
  viewer: string | null = null;
  /** Points that were taken from the budget. */
  cost: number | undefined;
  readonly #options: CallOptions;
  readonly #began = performance.now();
  #errors: Told | undefined;
  #hasEnded = false;

  constructor(options: CallOptions) {
    this.requestId = options.requestId;
    this.#options = options;
  }

  /** Undefined once it has ended: what a subscription goes on to do is nobody's request. */
  get span(): CallSpan | undefined {
    return this.#hasEnded ? undefined : this.#options.span;
  }

  /** Notes what it is answered. */
  settle(errors: Told = []): void {
    this.#errors = errors;
  }

  /** Ends it, once. `otherwise` is the outcome where it was answered without GraphQL. */
  end(otherwise: Outcome = 'ok', http?: HttpPart): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    const { transport, requestId, log, watch, span } = this.#options;
    const { operation, cost } = this;
    const outcome = this.#errors ? outcomeOf(this.#errors) : otherwise;
    const duration = performance.now() - this.#began;
    const operationName = this.operationName?.slice(0, MAX_NAME);
    watch.ended({ transport, operation, outcome, duration, limit: limitIn(this.#errors) });
    span?.end({ requestId, operation, operationName, outcome, cost, ...http });
    const ms = Math.round(duration);
    const viewer = this.viewer ?? 'anonymous';
    const line = { requestId, transport, ...http, operation, operationName, outcome, cost, viewer, ms };
    log[outcome === 'ok' ? 'debug' : 'info'](line, 'request');
  }
}
