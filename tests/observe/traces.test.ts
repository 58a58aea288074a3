import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, vi } from 'vitest';
import { createDatabase } from '../support/database.js';
import { test } from '../support/fixtures.js';
import { openSocket } from '../support/hostile/raw-socket.js';
import { startTestServer } from '../support/server.js';

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  attributes: Record<string, unknown>;
  status: { code: number };
}

/** Starts a trace collector that accepts OTLP as JSON over HTTP. */
async function startCollector() {
  const spans: Span[] = [];
  const resources: Record<string, unknown>[] = [];
  const http = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    for (const { resource, scopeSpans } of JSON.parse(String(Buffer.concat(chunks))).resourceSpans) {
      resources.push(plain(resource.attributes));
      for (const span of scopeSpans.flatMap((scope: { spans: object[] }) => scope.spans)) {
        spans.push({ ...span, attributes: plain(span.attributes) });
      }
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    spans,
    resources,
    [Symbol.asyncDispose]: async () => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

const plain = (attributes: { key: string; value: Record<string, unknown> }[]) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

/** Sets the variables in the process too, because the SDK reads them there. */
function setVariables(env: Record<string, string>): Record<string, string> {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  return env;
}

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';

describe('traces', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test('contain a span for each GraphQL operation, below the span of the caller, and one for each database operation', async () => {
    await using collector = await startCollector();
    await using database = await createDatabase();
    const env = setVariables({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=tests',
      OTEL_BSP_SCHEDULE_DELAY: '3600000',
    });
    const server = await startTestServer(database.location, env);
    const ask = (query: string, traceparent: string) =>
      fetch(server.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', traceparent, 'x-request-id': 'one' },
        body: JSON.stringify({ query }),
      });
    await ask('query Topics { topic(slug: "none") { slug } }', `00-${TRACE}-${PARENT}-01`);
    await ask('{ developments(first: 1) { nodes { slug } } }', `00-${TRACE}-${PARENT}-01`);
    await ask('{ unheardOf }', 'nonsense');
    const socket = await openSocket(server.url);
    await socket.init();
    await socket.run('a', 'mutation M { upsertTopic(input: { slug: "t", name: "T" }) { __typename } }');
    await socket[Symbol.asyncDispose]();
    expect(collector.spans).toEqual([]);
    await server.dispose(); // Flushes the remaining spans.

    const [query] = collector.spans.filter(({ name }) => name === 'query');
    expect(query).toMatchObject({ traceId: TRACE, parentSpanId: PARENT, kind: 2 });
    expect(query?.attributes).toEqual({
      'graphql.operation.type': 'query',
      'graphql.operation.name': 'Topics',
      'http.request.method': 'POST',
      'url.path': '/graphql',
      'http.response.status_code': 200,
      'doctrine_wire.outcome': 'ok',
      'doctrine_wire.cost': expect.any(Number),
      'doctrine_wire.request_id': 'one',
    });
    const operations = collector.spans.filter(({ parentSpanId }) => parentSpanId === query?.spanId);
    expect(operations).toContainEqual(
      expect.objectContaining({
        ...{ traceId: TRACE, name: 'findFirst topic', kind: 3 },
        attributes: {
          'db.system.name': 'postgresql',
          'db.operation.name': 'findFirst',
          'db.collection.name': 'topic',
        },
      }),
    );
    // Spans of raw statements have the SQL text.
    const texts = collector.spans.map(({ attributes }) => attributes['db.query.text']);
    expect(texts).toContainEqual(expect.stringMatching(/FROM .*development/is));
    const refused = collector.spans.find(
      ({ attributes }) => attributes['doctrine_wire.outcome'] === 'refused',
    );
    expect(refused?.traceId).not.toBe(TRACE);
    expect(refused?.status.code).toBe(0); // A client error leaves the status unset.
    const mutation = collector.spans.find(({ name }) => name === 'mutation');
    expect(mutation?.attributes).toMatchObject({ 'graphql.operation.name': 'M' });
    expect(collector.resources[0]).toMatchObject({
      ...{ 'service.name': 'doctrine-wire', 'service.version': '0.1.0' },
      'deployment.environment.name': 'tests',
    });
  });

  test('mark failures as errors, and take the service name and sampler from the environment', async () => {
    await using collector = await startCollector();
    await using database = await createDatabase();
    const env = setVariables({
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/elsewhere`,
      OTEL_SERVICE_NAME: 'wire-of-a-test',
      OTEL_TRACES_SAMPLER: 'parentbased_always_off',
    });
    const server = await startTestServer(database.location, env);
    await server.db.$executeRawUnsafe('ALTER TABLE topic RENAME TO topic_away');
    const ask = (flags: string) =>
      fetch(server.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', traceparent: `00-${TRACE}-${PARENT}-${flags}` },
        body: '{"query":"{ topics(first: 1) { nodes { slug } } }"}',
      });
    await ask('00');
    await ask('01');
    await server.request('{ feedHead }'); // No trace context, so not sampled.
    await server.dispose();
    const operations = collector.spans.filter(({ kind }) => kind === 2);
    expect(operations).toHaveLength(1);
    expect(operations[0]).toMatchObject({ traceId: TRACE, status: { code: 2 } });
    expect(collector.resources[0]).toMatchObject({ 'service.name': 'wire-of-a-test' });
  });

  test('that cannot be sent are reported once, and requests still succeed', async () => {
    const collector = await startCollector();
    await collector[Symbol.asyncDispose]();
    await using database = await createDatabase();
    const env = setVariables({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_TIMEOUT: '200',
      OTEL_BSP_SCHEDULE_DELAY: '10',
    });
    const server = await startTestServer(database.location, env);
    const told = () => server.logged.filter(({ msg }) => msg === 'traces cannot be sent');
    expect(await server.request('{ feedHead }')).toMatchObject({ status: 200 });
    await vi.waitUntil(() => told().length === 1, 30_000);
    expect(await server.request('{ feedHead }')).toMatchObject({ status: 200 });
    await server.dispose();
    expect(told()).toHaveLength(1);
  });

  test.for([
    ['OTEL_SDK_DISABLED is true', { OTEL_SDK_DISABLED: 'true' }],
    ['OTEL_TRACES_EXPORTER is none', { OTEL_TRACES_EXPORTER: 'none' }],
  ] as const)('are not collected if %s', async ([, more]) => {
    await using collector = await startCollector();
    await using database = await createDatabase();
    const env = setVariables({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...more });
    const server = await startTestServer(database.location, env);
    await server.request('{ feedHead }');
    await server.dispose();
    expect(collector.spans).toEqual([]);
  });
});
