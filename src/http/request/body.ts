import type { IncomingMessage } from 'node:http';
import { TextDecoder } from 'node:util';
import getRawBody from 'raw-body';
import { unsupported } from '../cross-origin/csrf.js';
import type { LimitName } from '../limits/limits.js';
import { badRequest, exceeds } from '../response/refusal.js';
import { problemOfJson } from './exact-json.js';
import { PARAMETERS } from './params.js';

/** The client closed the connection before it had sent the body. */
export class BodyAbortedError extends Error {
  override readonly name = 'BodyAbortedError';
}

/** How long a body may be, and the limit that a refusal names. */
export interface BodyLimit {
  readonly name: Extract<LimitName, 'bodyBytes' | 'uploadBytes'>;
  readonly bytes: number;
}

/**
 * Reads a body, which must be a JSON object in UTF-8, with numbers that fit and no parameter twice.
 *
 * @throws {GraphQLError} For any other body.
 * @throws {BodyAbortedError} If the client disconnects.
 */
export async function readBody(request: IncomingMessage, limit: BodyLimit): Promise<object> {
  const text = await readText(request, limit);
  const body = parseJson(text);
  if (Array.isArray(body)) throw badRequest('Expected one request; got a list. Send requests one by one.');
  if (typeof body !== 'object' || body === null) {
    throw badRequest('Expected a body that is a JSON object: { "query": "…" }.');
  }
  const problem = problemOfJson(text, PARAMETERS, 1);
  if (problem !== undefined) throw badRequest(problem);
  return body;
}

/**
 * Reads a body as text.
 *
 * @throws {GraphQLError} If it is too long, compressed or not UTF-8.
 * @throws {BodyAbortedError} If the client disconnects.
 */
export async function readText(request: IncomingMessage, limit: BodyLimit): Promise<string> {
  const { 'content-length': length, 'content-encoding': encoding } = request.headers;
  if (encoding !== undefined && encoding !== 'identity') {
    throw unsupported('Expected a body that is not compressed.');
  }
  const bytes = await getRawBody(request, { limit: limit.bytes, length: length ?? null }).catch(
    (error: RawBodyError) => {
      throw asRefusal(error, limit);
    },
  );
  return decode(bytes);
}

/** The errors of raw-body; `type` is its stable code. */
interface RawBodyError extends Error {
  readonly type?: string;
  readonly length?: number;
  readonly received?: number;
}

function asRefusal(error: RawBodyError, { name, bytes }: BodyLimit): Error {
  switch (error.type) {
    case 'entity.too.large':
      return exceeds(name, bytes, error.length ?? error.received ?? bytes + 1, { status: 413 });
    case 'request.aborted':
      return new BodyAbortedError('The client went away before its body had arrived.', { cause: error });
    case 'request.size.invalid':
      return badRequest('Expected a body as long as Content-Length says.');
    default:
      return error;
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function decode(bytes: Buffer): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw badRequest('Expected a body in UTF-8.');
  }
}

/** Returns undefined for text that is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
