import { gzipSync } from 'node:zlib';
import { requestBytes } from './tcp-exchange.js';

/** A request, byte for byte, that must be refused with one of the statuses. */
export interface HostileRequest {
  readonly bytes: Iterable<string | Uint8Array>;
  readonly statuses: readonly number[];
}

const JSON_TYPE = 'content-type: application/json';
const QUERY = '{"query":"{ feedHead }"}';
const GET = '/graphql?query=%7BfeedHead%7D';
const MEGABYTE = Buffer.alloc(1024 * 1024, 'x');

const post = (body: string, headers: string[] = [JSON_TYPE]): HostileRequest['bytes'] => [
  requestBytes('POST', '/graphql', [...headers, `content-length: ${Buffer.byteLength(body)}`], body),
];
const postBytes = (body: Buffer, headers: string[] = [JSON_TYPE]): HostileRequest['bytes'] => [
  requestBytes('POST', '/graphql', [...headers, `content-length: ${body.length}`]),
  body,
];
const get = (target: string, headers: string[] = []) => [requestBytes('GET', target, headers)];

function* megabytes(count: number, isChunked: boolean): Generator<string | Uint8Array> {
  const length = isChunked ? 'transfer-encoding: chunked' : `content-length: ${count * MEGABYTE.length}`;
  yield `POST /graphql HTTP/1.1\r\nhost: localhost\r\n${JSON_TYPE}\r\n${length}\r\n\r\n`;
  for (let sent = 0; sent < count; sent += 1) {
    if (isChunked) yield `${MEGABYTE.length.toString(16)}\r\n`;
    yield MEGABYTE;
    if (isChunked) yield '\r\n';
  }
  if (isChunked) yield '0\r\n\r\n';
}

const refused = (statuses: number[], bytes: HostileRequest['bytes']): HostileRequest => ({ bytes, statuses });

export const REQUESTS: Record<string, HostileRequest> = {
  // Bodies
  'a body of 10 MB': { statuses: [413], bytes: { [Symbol.iterator]: () => megabytes(10, false) } },
  'a body of 10 MB in chunks': { statuses: [413], bytes: { [Symbol.iterator]: () => megabytes(10, true) } },
  'a body one byte over the limit': refused([413], post(`${QUERY}${' '.repeat(262_145 - QUERY.length)}`)),
  'a compressed body': refused(
    [415],
    postBytes(gzipSync(Buffer.alloc(10_000_000)), [JSON_TYPE, 'content-encoding: gzip']),
  ),
  'a body that is not UTF-8': refused(
    [400],
    postBytes(Buffer.from([...Buffer.from('{"query":"'), 0xc3, 0x28, 0x22, 0x7d])),
  ),
  'a body of zeros': refused([400], postBytes(Buffer.alloc(1_000))),
  'no body': refused([400], post('')),
  'a body that is not JSON': refused([400], post('{"query":')),
  'a body of 100,000 brackets': refused([400], post('['.repeat(100_000))),
  'a body of 100,000 nested lists': refused([400], post(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)),
  null: refused([400], post('null')),
  'a string': refused([400], post('"{ feedHead }"')),
  'a batch of 1,000': refused([400], post(`[${Array(1_000).fill(QUERY).join(',')}]`)),
  'an empty batch': refused([400], post('[]')),
  'a number for a query': refused([400], post('{"query":1}')),
  'a list for the variables': refused([400], post('{"query":"{ feedHead }","variables":[]}')),
  'a string for the extensions': refused([400], post('{"query":"{ feedHead }","extensions":"x"}')),
  'an object with a __proto__ key': refused([400], post('{"__proto__":{"query":"{ feedHead }"}}')),

  // Content types. Those that a browser sends cross-origin without a preflight are never GraphQL.
  ...Object.fromEntries(
    [
      'text/plain',
      'text/plain; application/json',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/graphql',
      'application/graphql-response+json',
      'application/json; charset=utf-16',
      'application/jsonp',
      'application/xml',
      'garbage',
      ',',
      '',
    ].map((type) => [`the content type "${type}"`, refused([415], post(QUERY, [`content-type: ${type}`]))]),
  ),
  'no content type': refused([415], post(QUERY, [])),

  // Methods
  ...Object.fromEntries(
    ['PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND', 'SEARCH', 'LOCK'].map((method) => [
      method,
      refused([405], [requestBytes(method, GET)]),
    ]),
  ),
  'an unknown method': refused([400, 405], [requestBytes('HELLO', GET)]),
  'a mutation by GET': refused([405], get('/graphql?query=mutation%7B__typename%7D')),

  // Targets
  'variables that are not JSON': refused([400], get(`${GET}&variables=%7Bx`)),
  'variables that are a list': refused([400], get(`${GET}&variables=%5B%5D`)),
  'extensions that are not JSON': refused([400], get(`${GET}&extensions=%7Bx`)),
  'no query': refused([400], get('/graphql?x=1', ['accept: application/graphql-response+json'])),
  'a truncated query': refused(
    [400],
    get('/graphql?query=%7B', ['accept: application/graphql-response+json']),
  ),
  'a target of 200,000 characters': refused([414, 431], get(`/graphql?query=%7B${'a'.repeat(200_000)}%7D`)),
  'broken percent signs': refused(
    [400],
    get('/graphql?query=%&variables=%zz%', ['accept: application/graphql-response+json']),
  ),
  ...Object.fromEntries(
    [
      '//',
      '///graphql',
      '/\\',
      '/%',
      '/%00',
      '/graphql%00',
      '/graphql/../../etc/passwd',
      '/.git/config',
      'http://[',
      'http://other.example/x',
      '*',
      '/graphql;x',
    ].map((target) => [`the target ${target}`, refused([400, 404], get(target))]),
  ),

  // Heads
  'a header of 100,000 characters': refused([431], get(GET, [`x-long: ${'x'.repeat(100_000)}`])),
  '5,000 header lines': refused(
    [431],
    get(
      GET,
      Array.from({ length: 5_000 }, (_, i) => `x-${i}: ${i}`),
    ),
  ),
  'an invalid Host': refused([400], ['GET /graphql HTTP/1.1\r\nhost: [\r\nconnection: close\r\n\r\n']),
  'no Host': refused([400], [`GET ${GET} HTTP/1.1\r\nconnection: close\r\n\r\n`]),
  'an unknown HTTP version': refused([400, 505], [`GET ${GET} HTTP/9.9\r\nhost: x\r\n\r\n`]),
  'two different content lengths': refused([400], post(QUERY, [JSON_TYPE, 'content-length: 5'])),
  'a content length with chunked encoding': refused(
    [400],
    post(QUERY, [JSON_TYPE, 'transfer-encoding: chunked']),
  ),
  'a negative content length': refused(
    [400],
    [requestBytes('POST', '/graphql', [JSON_TYPE, 'content-length: -1'])],
  ),
  'a chunk with an invalid length': refused(
    [400],
    [requestBytes('POST', '/graphql', [JSON_TYPE, 'transfer-encoding: chunked'], 'zz\r\n{}\r\n0\r\n\r\n')],
  ),
  'a header without a name': refused([400], get(GET, [': x'])),
  'a line break in a header': refused([400], get(GET, ['x: a\rb: c'])),
  TLS: refused([400], [Buffer.from('16030100a5010000a10303', 'hex')]),
  'an unknown token': refused([401], get(GET, ['authorization: Bearer nobody'])),
  'a token of 10,000 characters': refused([401], get(GET, [`authorization: Bearer ${'x'.repeat(10_000)}`])),
  'a page of another site': refused(
    [403],
    [
      requestBytes(
        'POST',
        '/graphql',
        [JSON_TYPE, 'origin: https://other.example', `content-length: ${QUERY.length}`],
        QUERY,
      ),
    ],
  ),

  // Upgrades
  'an upgrade to another protocol at another path': refused(
    [404],
    get('/elsewhere', ['connection: upgrade', 'upgrade: h2c']),
  ),
  'a host that is not allowed': refused(
    [421],
    [`GET ${GET} HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n`],
  ),
  'two hosts': refused([400], get(GET, ['host: localhost'])),
  'a number that does not fit': refused([400], post('{"query":"{ feedHead }","variables":{"n":1e400}}')),
  'a parameter twice': refused([400], post('{"query":"{ feedHead }","query":"{ feedHead }"}')),
  'an upgrade at another path': refused(
    [400, 404],
    get('/elsewhere', [
      'connection: upgrade',
      'upgrade: websocket',
      'sec-websocket-version: 13',
      'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==',
    ]),
  ),
  'an upgrade without a key': refused(
    [400],
    get('/graphql', ['connection: upgrade', 'upgrade: websocket', 'sec-websocket-version: 13']),
  ),
  'an upgrade by POST': refused(
    [400, 405],
    [requestBytes('POST', '/graphql', ['connection: upgrade', 'upgrade: websocket'])],
  ),
};
