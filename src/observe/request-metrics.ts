import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { OperationKind, Outcome } from './outcome.js';

export type Transport = 'http' | 'websocket';

/** How a call ended. */
interface CallReport {
  readonly transport: Transport;
  readonly operation: OperationKind;
  readonly outcome: Outcome;
  /** Until the response, or until a subscription began. In milliseconds. */
  readonly duration: number;
  /** The limit or check that refused the request, if any. */
  readonly refusal: string | undefined;
}

/** Why a WebSocket was cut off: its client took no bytes, or answered no pings. */
export type CutReason = 'unread' | 'mute';

/** Counts open connections. */
interface OpenGauge {
  opened(): void;
  closed(): void;
}

/** Metrics of requests and connections. No label has a value from a client, so the number of series is bounded. */
export interface RequestMetrics {
  /** Counts a WebSocket that was cut off. */
  cutOff(reason: CutReason): void;
  /** Records a completed request. */
  ended(report: CallReport): void;
  /** Records the cost of a request before its execution. */
  admitted(points: number): void;
  /** Counts a connection that a limit or check refused. `ended` counts refused requests. */
  refused(limit: string): void;
  readonly sockets: OpenGauge;
  readonly streams: OpenGauge;
}

export const PREFIX = 'doctrine_wire_';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const POINTS = [1, 10, 50, 100, 500, 1_000, 5_000, 10_000, 50_000, 100_000];

export function createRequestMetrics(registry: Registry): RequestMetrics {
  const registers = [registry];
  const requests = new Counter({
    name: `${PREFIX}requests_total`,
    help: 'Completed GraphQL requests. Subscriptions count when they begin.',
    labelNames: ['operation', 'transport', 'outcome'] as const,
    registers,
  });
  const durations = new Histogram({
    name: `${PREFIX}request_duration_seconds`,
    help: 'Time until the response. For subscriptions, until they begin.',
    labelNames: ['operation'] as const,
    buckets: SECONDS,
    registers,
  });
  const costs = new Histogram({
    name: `${PREFIX}request_cost_points`,
    help: 'Cost of executed requests.',
    buckets: POINTS,
    registers,
  });
  const refusals = new Counter({
    name: `${PREFIX}refused_total`,
    help: 'Refused requests and connections, by limit or check.',
    labelNames: ['limit'] as const,
    registers,
  });
  const cuts = new Counter({
    name: `${PREFIX}websockets_cut_total`,
    help: 'WebSockets cut off, by reason. Those of slow feed subscribers are in feed_cut_off_total.',
    labelNames: ['reason'] as const,
    registers,
  });
  for (const reason of ['unread', 'mute'] as const) cuts.inc({ reason }, 0); // An alert needs them from the start.
  const openGauge = (name: string, help: string): OpenGauge => {
    const gauge = new Gauge({ name: `${PREFIX}${name}`, help, registers });
    return { opened: () => gauge.inc(), closed: () => gauge.dec() };
  };

  return {
    ended: ({ operation, transport, outcome, duration, refusal }) => {
      requests.inc({ operation, transport, outcome });
      durations.observe({ operation }, duration / 1_000);
      if (refusal !== undefined) refusals.inc({ limit: refusal });
    },
    admitted: (points) => costs.observe(points),
    cutOff: (reason) => cuts.inc({ reason }),
    refused: (limit) => refusals.inc({ limit }),
    sockets: openGauge('websockets_open', 'Open WebSockets.'),
    streams: openGauge('event_streams_open', 'Open event streams.'),
  };
}
