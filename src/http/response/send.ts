import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import type { ResponseCache } from '../cache/response-cache.js';
import type { RequestContext } from '../context.js';
import { EVENT_STREAM, JSON_TYPE, type MediaType } from '../request/accept.js';
import { type Answer, createAnswer, endOfBody, isKnownToClient } from './answer.js';
import type { Compressor } from './compressor.js';
import {
  acceptedEncoding,
  type CompressedStart,
  type Encoding,
  WORTH_COMPRESSING,
} from './content-encoding.js';
import { formatError } from './mask-error.js';
import { httpOf } from './refusal.js';
import { warningsIn } from './warnings.js';

/** The headers of every answer to GraphQL: it is no page, so nothing of it may be run or framed. */
const SECURITY_HEADERS = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

type Headers = Record<string, string | number>;

/** An HTTP request that is being answered. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly context: RequestContext;
  /** The headers that every answer to this request has. */
  readonly headers: Readonly<Record<string, string>>;
  readonly compressor: Compressor;
  readonly cache: ResponseCache<Answer>;
}

/** How long others than this server may keep an answer. */
export interface Freshness {
  /** Whether the answer is the same for everybody. */
  readonly isPublic: boolean;
  /** For how many seconds without revalidation; 0: each time, by its ETag. */
  readonly maxAge: number;
  /** When it last may have changed, in milliseconds since the epoch. Undefined if only its ETag tells. */
  readonly lastModified?: number | undefined;
  /** The request headers that it depends on beside the usual ones. */
  readonly vary?: string | undefined;
}

export const baseHeaders = (more: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  ...SECURITY_HEADERS,
  ...more,
});

/** Sends the result of a query or mutation. */
export async function sendResult(
  exchange: Exchange,
  result: ExecutionResult,
  mediaType: MediaType,
  freshness: Freshness,
): Promise<void> {
  if (result.errors) await sendErrors(exchange, result, mediaType);
  else if (mediaType === EVENT_STREAM) sendEvents(exchange, 200, withAnswer(exchange.context, result));
  else {
    const answer = exchange.context.answer ?? createAnswer(result.data, exchange.context.warnings);
    await sendAnswer(exchange, answer, mediaType, freshness);
  }
}

/** Sends masked errors: those of a request that was refused, or of an execution with what it has of data. */
export async function sendErrors(
  exchange: Exchange,
  result: ExecutionResult,
  mediaType: MediaType,
): Promise<void> {
  const { context, headers } = exchange;
  const { errors = [], ...rest } = result;
  context.call.settle(errors);
  const { status, headers: more } = responseFor(result, mediaType);
  const told = { errors: errors.map(formatError), ...rest };
  if (mediaType === EVENT_STREAM) sendEvents(exchange, status, told, more);
  else {
    const type = { 'Content-Type': `${mediaType}; charset=utf-8` };
    await sendText(exchange, status, { ...headers, ...more, ...type }, JSON.stringify(told));
  }
}

/** Sends an answer without errors. A GET whose client has it already gets a 304. */
export function sendAnswer(
  exchange: Exchange,
  answer: Answer,
  mediaType: MediaType,
  freshness: Freshness,
): Promise<void> {
  const { context } = exchange;
  const end = endOfBody({ cost: context.cost, ...warningsIn(answer) });
  return sendShared(exchange, answer, `${mediaType}; charset=utf-8`, context.isReadOnly && freshness, end);
}

/** Sends the schema. */
export function sendSchema(exchange: Exchange, answer: Answer, isPublic: boolean): Promise<void> {
  return sendShared(exchange, answer, 'text/plain; charset=utf-8', { isPublic, maxAge: 0 }, '\n');
}

/** A text that is no GraphQL: a page, a feed. Its answer comes from {@link createTextAnswer}. */
export interface TextDocument {
  readonly answer: Answer;
  readonly status: number;
  readonly type: string;
  /** Headers beside the usual ones, or in place of them. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether it is the same for everybody. */
  readonly isPublic: boolean;
  readonly lastModified?: number | undefined;
  /** The request headers that it depends on beside the usual ones. */
  readonly vary?: string | undefined;
}

/** Sends a document. Who has one that is complete already gets a 304. */
export function sendDocument(exchange: Exchange, document: TextDocument): Promise<void> {
  const { answer, status, type, headers, isPublic, lastModified, vary } = document;
  const freshness = status === 200 && { isPublic, maxAge: 0, lastModified, vary };
  return sendShared(exchange, answer, type, freshness, '\n', status, headers);
}

/** @param freshness False if nobody may keep the answer. */
async function sendShared(
  exchange: Exchange,
  answer: Answer,
  type: string,
  freshness: Freshness | false,
  end: string,
  status = 200,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { request, response, headers } = exchange;
  const all: Headers = { ...headers, ...more, 'Content-Type': type };
  if (freshness) {
    all['ETag'] = answer.etag;
    all['Cache-Control'] = cacheControl(freshness);
    const { lastModified, vary } = freshness;
    all['Vary'] =
      `Accept, Accept-Encoding, ${vary ? `${vary}, ` : ''}Authorization, ${freshness.isPublic ? '' : 'Cookie, '}Origin`;
    if (lastModified !== undefined) all['Last-Modified'] = new Date(lastModified).toUTCString();
    if (isKnownToClient(request.headers, answer, lastModified)) {
      delete all['Content-Type'];
      response.writeHead(304, all).end();
      return;
    }
  }
  const encoding = answer.isLong ? acceptedEncoding(request) : undefined;
  if (encoding) {
    const start = answer.compressed(encoding) ?? (await compressAnswer(exchange, answer, encoding));
    if (start) {
      sendCompressed(response, status, all, encoding, start, end);
      return;
    }
  }
  if (answer.text !== undefined) {
    send(response, status, all, answer.text + end);
    return;
  }
  // Sent as they are, in one system call: joined, they would be copied for each request.
  all['Content-Length'] = answer.body.length + Buffer.byteLength(end);
  response.writeHead(status, all);
  response.write(answer.body);
  response.end(end);
}

/** Compresses an answer once for all requests. */
async function compressAnswer(
  { compressor, cache, context }: Exchange,
  answer: Answer,
  encoding: Encoding,
): Promise<CompressedStart | undefined> {
  const start = await answer.compress(encoding, (body) =>
    compressor.compress(body, encoding, context.client),
  );
  if (context.cacheKey !== undefined) cache.grew(context.cacheKey, answer);
  return start;
}

/** Sends a text that no other request gets. */
async function sendText(exchange: Exchange, status: number, headers: Headers, text: string): Promise<void> {
  const { request, response, compressor, context } = exchange;
  const encoding = text.length > WORTH_COMPRESSING ? acceptedEncoding(request) : undefined;
  const start =
    encoding && (await compressor.compress(Buffer.from(text.slice(0, -1)), encoding, context.client));
  if (encoding && start) sendCompressed(response, status, headers, encoding, start, text.slice(-1));
  else send(response, status, headers, text);
}

function sendCompressed(
  response: ServerResponse,
  status: number,
  headers: Headers,
  encoding: Encoding,
  { bytes, close }: CompressedStart,
  end: string,
): void {
  if (response.headersSent) return; // The request has ended meanwhile.
  const tail = close(Buffer.from(end));
  const length = bytes.length + tail.length;
  response.writeHead(status, { ...headers, 'Content-Encoding': encoding, 'Content-Length': length });
  response.write(bytes);
  response.end(tail);
}

function send(response: ServerResponse, status: number, headers: Headers, body: string): void {
  if (response.headersSent) return;
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) });
  response.end(body); // Node leaves the body out of an answer to HEAD.
}

/** Sends a single result to a client that reads event streams. */
function sendEvents(
  { response, headers }: Exchange,
  status: number,
  result: object,
  more: Headers = {},
): void {
  response.writeHead(status, { ...headers, ...more, ...STREAM_HEADERS });
  response.end(`:\n\nevent: next\ndata: ${JSON.stringify(result)}\n\nevent: complete\ndata:\n\n`);
}

export const STREAM_HEADERS = {
  'Content-Type': EVENT_STREAM,
  'Cache-Control': 'no-cache',
  'X-Accel-Buffering': 'no', // Or nginx keeps events back until it has a page of them.
};

/** A result whose data only the response cache has, as bytes. */
const withAnswer = ({ answer }: RequestContext, result: ExecutionResult): ExecutionResult =>
  answer ? { ...result, data: JSON.parse(`${answer.body}}`).data } : result;

const cacheControl = ({ isPublic, maxAge }: Freshness): string =>
  `${isPublic ? 'public' : 'private'}, ${maxAge > 0 ? `max-age=${maxAge}` : 'no-cache'}`;

/**
 * Returns the highest of the errors' statuses that count for a media type, and all of their headers.
 *
 * Without data, only JSON may have status 200. An `EventSource` comes back for ever after an event stream with 200 that
 * ends, and gives up after any other status.
 */
function responseFor({ errors = [], data }: ExecutionResult, mediaType: MediaType) {
  let status = mediaType !== JSON_TYPE && data === undefined ? 400 : 200;
  const headers: Headers = {};
  for (const http of errors.map(httpOf)) {
    if (!http) continue;
    Object.assign(headers, http.headers);
    if (http.spec && mediaType === JSON_TYPE) continue;
    status = Math.max(status, http.status);
  }
  return { status, headers };
}
