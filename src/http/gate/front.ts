import type { IncomingMessage, ServerResponse } from 'node:http';
import { TextDecoder } from 'node:util';
import getRawBody from 'raw-body';
import { LIMITS } from '../limits.js';
import type { IsWelcome } from '../origin-check.js';
import type { AnswerQuery } from '../queries/answer-queries.js';
import type { Guard } from './guard.js';
import { exceeds } from './refusal.js';

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

const METHODS = ['GET', 'HEAD', 'POST', 'OPTIONS'];

/** For what is no page: nothing of it may be run or framed. */
const SECURITY_HEADERS = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/**
 * Stands before the GraphQL server: answers what is no request to GraphQL, has queries answered the short way, and
 * gives the server the rest with the body read.
 *
 * Bodies are JSON only: browsers send everything else across origins without asking.
 */
export function createFront(
  { limits, door: { isWelcome, refused } }: Pick<Guard, 'limits' | 'door'>,
  { answerQuery, graphql }: { readonly answerQuery: AnswerQuery; readonly graphql: Listener },
): Listener {
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    const refusal = refuseHead(request, isWelcome);
    if (refusal) throw refusal;
    if (request.method === 'POST') {
      // Where it finds a body, the GraphQL server does not read the request.
      Object.assign(request, { body: await readBody(request, limits.bodyBytes) });
    }
    // Node leaves the body out of the answer.
    if (request.method === 'HEAD') request.method = 'GET';
    // What fails there unforeseen fails here as well, and is told and logged as all that fails.
    const isAnswered = await answerQuery(request, response).catch(() => response.headersSent);
    if (!isAnswered) graphql(request, response);
  };
  return (request, response) => {
    pass(request, response).catch((error: unknown) => {
      if (!(error instanceof Refusal)) {
        response.destroy(); // The client went away while it sent.
        return;
      }
      refused(String(error.extensions['limit'] ?? error.extensions.code));
      answer(request, response, error);
    });
  };
}

class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly extensions: { readonly code: string; readonly [name: string]: unknown };
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    extensions: string | Refusal['extensions'],
    message: string,
    headers: Record<string, string> = {},
  ) {
    super(message);
    this.status = status;
    this.extensions = typeof extensions === 'string' ? { code: extensions } : extensions;
    this.headers = headers;
  }
}

const badRequest = (message: string) => new Refusal(400, 'BAD_REQUEST', message);

function answer(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  const { status, extensions, message, headers } = refusal;
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify({ errors: [{ message, extensions }] }));
  // The rest of a body goes nowhere: who still sends would not read the answer to a connection that is cut.
  request.resume();
}

function refuseHead(request: IncomingMessage, isWelcome: IsWelcome): Refusal | undefined {
  const { method = '', url = '', headers } = request;
  if (!URL.canParse(`http://${headers.host ?? 'localhost'}${url}`)) {
    return badRequest('Expected a path and a Host header that make a URL.');
  }
  if (url.split('?')[0] !== '/graphql') {
    return new Refusal(404, 'NOT_FOUND', 'There is nothing here: GraphQL is at /graphql.');
  }
  if (!METHODS.includes(method)) {
    return new Refusal(405, 'METHOD_NOT_ALLOWED', `Expected GET or POST; got ${method}.`, {
      Allow: METHODS.join(', '),
    });
  }
  if (method === 'OPTIONS') return undefined;
  if (!isWelcome(request)) {
    return new Refusal(
      403,
      'FORBIDDEN_ORIGIN',
      'Expected a request from a page of this server, or of an origin in CORS_ORIGINS.',
    );
  }
  return method === 'POST' ? refuseContentType(headers['content-type']) : refuseParameters(url);
}

function refuseContentType(type: string | undefined): Refusal | undefined {
  const [name = '', ...parameters] = (type ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice(8);
  if (name === 'application/json' && (charset === undefined || /^"?utf-?8"?$/.test(charset)))
    return undefined;
  return new Refusal(
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    'Expected Content-Type: application/json, in UTF-8; send other requests as GET.',
    { 'Accept-Post': 'application/json' },
  );
}

/** The parameters of a GET that are JSON. */
function refuseParameters(url: string): Refusal | undefined {
  const parameters = new URLSearchParams(url.split('?')[1]);
  for (const name of ['variables', 'extensions']) {
    const text = parameters.get(name);
    if (text && !isObject(parse(text))) return badRequest(`Expected "${name}" to be a JSON object.`);
  }
  return undefined;
}

interface RawBodyError {
  readonly type?: string;
  readonly length?: number;
  readonly received?: number;
}

async function readBody(request: IncomingMessage, limit: number): Promise<object> {
  const { 'content-length': length, 'content-encoding': encoding } = request.headers;
  if (encoding !== undefined && encoding !== 'identity') {
    throw new Refusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'Expected a body that is not compressed.');
  }
  const bytes = await getRawBody(request, { limit, length: length ?? null }).catch((error: RawBodyError) => {
    if (error.type !== 'entity.too.large') throw error;
    const got = error.length ?? error.received ?? limit + 1; // What it says that it is, or what came of it.
    const { message } = exceeds('bodyBytes', limit, got);
    const { variable } = LIMITS.bodyBytes;
    throw new Refusal(413, { code: 'LIMIT_EXCEEDED', limit: variable, maximum: limit, got }, message);
  });
  const body = parse(decode(bytes));
  if (Array.isArray(body)) throw badRequest('Expected one request; got a list. Send requests one by one.');
  if (!isObject(body)) throw badRequest('Expected a body that is a JSON object: { "query": "…" }.');
  if (Object.keys(body).length === 0) throw badRequest('Expected "query" in the body; got an empty object.');
  return body;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function decode(bytes: Buffer): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw badRequest('Expected a body in UTF-8.');
  }
}

/** Undefined for what is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
