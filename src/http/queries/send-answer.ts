import type { IncomingMessage, ServerResponse } from 'node:http';
import { getCORSHeadersByRequestAndOptions } from '@whatwg-node/server';
import type { CostReport } from '../gate/gate.js';
import type { CorsOptions } from '../graphql-server.js';
import { type Answer, ending, isKnownToClient } from './answer.js';
import type { MediaType } from './media-type.js';

/** How an answer may be kept by others than this server. */
export interface Freshness {
  /** Whether it is for everybody. */
  readonly isPublic: boolean;
  /** For how long without asking again, in seconds; 0: it is asked each time, with the answer's ETag. */
  readonly maxAge: number;
}

/** Sends an answer that has no errors. A GET whose client has it already is told so alone: 304. */
export function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  {
    answer,
    cost,
    mediaType,
    cors,
    freshness,
  }: {
    readonly answer: Answer;
    readonly cost: CostReport;
    readonly mediaType: MediaType;
    readonly cors: CorsOptions;
    readonly freshness: Freshness;
  },
): void {
  const headers: Record<string, string | number> = { ...corsHeaders(request, cors) };
  if (request.method === 'GET') {
    headers['ETag'] = answer.etag;
    headers['Cache-Control'] = cacheControl(freshness);
    headers['Vary'] = 'Accept, Authorization, Origin';
    if (isKnownToClient(request.headers['if-none-match'], answer)) {
      response.writeHead(304, headers).end();
      return;
    }
  }
  const whole = Buffer.concat([answer.body, Buffer.from(ending({ cost }))]);
  headers['Content-Type'] = `${mediaType}; charset=utf-8`;
  headers['Content-Length'] = whole.length;
  response.writeHead(200, headers);
  response.end(whole);
}

const cacheControl = ({ isPublic, maxAge }: Freshness): string =>
  `${isPublic ? 'public' : 'private'}, ${maxAge > 0 ? `max-age=${maxAge}` : 'no-cache'}`;

/** Those that the GraphQL server sends with its own answers. */
function corsHeaders({ headers }: IncomingMessage, cors: CorsOptions): Record<string, string> | null {
  if (cors === false || headers.origin === undefined) return null;
  const names = { get: (name: string) => (headers[name] as string | undefined) ?? null };
  return getCORSHeadersByRequestAndOptions({ headers: names } as unknown as Request, cors);
}
