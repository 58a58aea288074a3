import type { IncomingHttpHeaders } from 'node:http';
import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { Call } from './call.js';
import { createRequestMetrics, type RequestMetrics, type Transport } from './request-metrics.js';
import { SampledLog } from './sampled-log.js';
import type { Traces } from './traces.js';

/** Observes a server's requests: log lines, metrics and, if enabled, traces. Disposing writes what is left to log. */
export interface Observation extends Disposable {
  readonly log: Logger;
  readonly metrics: RequestMetrics;
  /** The metrics of one server. */
  readonly registry: Registry;
  /** Begins the record of a request, as part of the caller's trace if the headers contain one. */
  beginCall(transport: Transport, requestId: string, headers: IncomingHttpHeaders): Call;
}

/** @param traces Undefined without tracing. */
export function createObservation(log: Logger, traces: Traces | undefined): Observation {
  const registry = new Registry();
  const metrics = createRequestMetrics(registry);
  const sampledLog = new SampledLog(log);
  return {
    log,
    metrics,
    registry,
    beginCall: (transport, requestId, headers) =>
      new Call({ transport, requestId, log, sampledLog, metrics, span: traces?.begin(headers) }),
    [Symbol.dispose]: () => sampledLog[Symbol.dispose](),
  };
}
