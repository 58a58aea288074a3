import type { IncomingHttpHeaders } from 'node:http';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, type TextMapGetter, trace } from '@opentelemetry/api';
import { type ExportResult, ExportResultCode, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { Logger } from 'pino';
import { VERSION } from '../version.js';
import type { CallSpan, SpanReport, Traces } from './traces.js';

const NAME = 'doctrine-wire';
/** The maximum length of a statement in a span, in UTF-16 code units. */
const MAX_STATEMENT = 2_000;

/**
 * Creates traces with OpenTelemetry's SDK, which reads its own environment variables: endpoint, headers, sampler, batches.
 *
 * Registers nothing globally, so that two servers in a process are independent.
 */
export function createTraces(log: Logger): Traces {
  const resource = defaultResource()
    .merge(resourceFromAttributes({ 'service.name': NAME, 'service.version': VERSION }))
    .merge(detectResources({ detectors: [envDetector] }));
  const exporter = loggingOnce(new OTLPTraceExporter(), log);
  const provider = new BasicTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(exporter)] });
  const tracer = provider.getTracer(NAME, VERSION);
  const propagator = new W3CTraceContextPropagator();

  return {
    begin: (headers) => {
      const caller = propagator.extract(ROOT_CONTEXT, headers, HEADERS);
      const span = tracer.startSpan('GraphQL Operation', { kind: SpanKind.SERVER }, caller);
      const context = trace.setSpan(ROOT_CONTEXT, span);
      return {
        databaseOperation: ({ operation, model, text, startedAt, duration }) => {
          if (!span.isRecording()) return;
          const attributes = {
            'db.system.name': 'postgresql',
            'db.operation.name': operation,
            ...(model !== undefined && { 'db.collection.name': model }),
            ...(text !== undefined && { 'db.query.text': text.slice(0, MAX_STATEMENT) }),
          };
          const name = model === undefined ? operation : `${operation} ${model}`;
          const options = { kind: SpanKind.CLIENT, attributes, startTime: startedAt };
          tracer.startSpan(name, options, context).end(startedAt.getTime() + duration);
        },
        end: (report) => {
          if (report.operation !== 'unknown') span.updateName(report.operation);
          span.setAttributes(attributesOf(report));
          if (report.outcome === 'failed' || report.outcome === 'timeout') {
            span.setStatus({ code: SpanStatusCode.ERROR, message: report.outcome });
          }
          span.end();
        },
      } satisfies CallSpan;
    },
    [Symbol.asyncDispose]: () => provider.shutdown().catch(() => {}), // A failed export has been logged.
  };
}

const HEADERS: TextMapGetter<IncomingHttpHeaders> = {
  get: (headers, name) => headers[name.toLowerCase()],
  keys: (headers) => Object.keys(headers),
};

/** Returns the attributes of a request's span, with OpenTelemetry's names where they exist. */
function attributesOf({ operation, ...report }: SpanReport) {
  const attributes = {
    'graphql.operation.type': operation === 'unknown' ? undefined : operation,
    'graphql.operation.name': report.operationName,
    'http.request.method': report.method,
    'url.path': report.path,
    'http.response.status_code': report.status,
    'doctrine_wire.outcome': report.outcome,
    'doctrine_wire.cost': report.cost,
    'doctrine_wire.request_id': report.requestId,
  };
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}

/** Logs the first failed export, and the first after a success. The SDK logs none. */
function loggingOnce(exporter: SpanExporter, log: Logger): SpanExporter {
  let isLost = false;
  return {
    export: (spans, done) =>
      exporter.export(spans, (result: ExportResult) => {
        const isFailed = result.code === ExportResultCode.FAILED;
        if (isFailed && !isLost) log.warn({ reason: result.error?.message }, 'traces cannot be sent');
        isLost = isFailed;
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}
