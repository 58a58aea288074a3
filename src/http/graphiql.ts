import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { createAssets } from './assets.js';

const ASSETS = '/graphql/assets/';
const DATA_TYPES = ['application/json', 'application/graphql-response+json', 'text/event-stream'];

const SECURITY_HEADERS = {
  // Monaco writes style elements and attributes, hence 'unsafe-inline' for styles and for nothing else.
  // 'self' in connect-src covers the WebSocket to the same host, so neither ws: nor wss: is allowed.
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
    "font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; " +
    "frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

type Listener = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * Serves the built GraphiQL page. Reads `directory` once, so create it again after a build.
 *
 * Handles GET and HEAD of `/graphql/assets/*`, and of `/graphql` when the client prefers HTML to JSON and event streams.
 * The page opens the `query` of its address. Without a build it handles only the latter, with a 404.
 *
 * @returns A listener that answers the request and returns true, or leaves it untouched and returns false.
 */
export function createGraphiQL(directory: string): Listener {
  const index = join(directory, 'index.html');
  if (!existsSync(index))
    return (request, response) =>
      isForPage(request) && refuse(response, 'GraphiQL is not built. Run npm run build.\n');
  const html = readFileSync(index);
  // Hashes the content: all files of a package have one time, and all builds of the page have one size.
  const etag = `"${createHash('sha256').update(html).digest('base64url')}"`;
  const sendAsset = createAssets(join(directory, 'assets'), ASSETS, SECURITY_HEADERS, (response) =>
    refuse(response, 'No such file\n'),
  );
  return (request, response) => {
    if (isForPage(request)) {
      const fresh = request.headers['if-none-match']?.includes(etag) ?? false;
      const headers = { ETag: etag, 'Cache-Control': 'no-cache', 'Content-Type': 'text/html; charset=utf-8' };
      response.writeHead(fresh ? 304 : 200, { ...SECURITY_HEADERS, ...headers, Vary: 'Accept' });
      response.end(fresh ? undefined : html); // Node omits the body for HEAD.
      return true;
    }
    return sendAsset(request, response);
  };
}

function refuse(response: ServerResponse, message: string): true {
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' };
  response.writeHead(404, { ...SECURITY_HEADERS, ...headers, Vary: 'Accept' }).end(message);
  return true;
}

const isRead = (request: IncomingMessage) => request.method === 'GET' || request.method === 'HEAD';

function isForPage(request: IncomingMessage): boolean {
  const [path] = (request.url ?? '').split('?', 1);
  if (!isRead(request) || path !== '/graphql') return false;
  const accept = request.headers.accept ?? '*/*';
  return DATA_TYPES.every((type) => quality(accept, 'text/html') > quality(accept, type));
}

/** Returns the quality of a media type in an Accept header, 0 to 1, by the most specific range. */
function quality(accept: string, type: string): number {
  const ranges = new Map<string, number>();
  for (const range of accept.toLowerCase().split(',')) {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim());
    const q = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    ranges.set(name, Number(q ?? 1) || 0);
  }
  return ranges.get(type) ?? ranges.get(`${type.split('/')[0]}/*`) ?? ranges.get('*/*') ?? 0;
}
