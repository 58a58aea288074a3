import type { IncomingHttpHeaders } from 'node:http';
import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { Call } from './call.js';
import { createRequestMetrics, type RequestMetrics, type Transport } from './request-metrics.js';
import type { Traces } from './traces.js';

/** What operators see of a server's requests: log lines, metrics, and traces where they are on. */
export interface Observation {
  readonly log: Logger;
  readonly metrics: RequestMetrics;
  /** Where the metrics are: one registry for each server. */
  readonly registry: Registry;
  /** Begins the record of a request, under the caller's trace where the headers name one. */
  beginCall(transport: Transport, requestId: string, headers: IncomingHttpHeaders): Call;
}

/** @param traces Undefined where nobody traces. */
export function createObservation(log: Logger, traces: Traces | undefined): Observation {
  const registry = new Registry();
  const metrics = createRequestMetrics(registry);
  return {
    log,
    metrics,
    registry,
    beginCall: (transport, requestId, headers) =>
      new Call({ transport, requestId, log, metrics, span: traces?.begin(headers) }),
  };
}
