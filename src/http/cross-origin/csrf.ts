import type { IncomingMessage } from 'node:http';
import type { GraphQLError } from 'graphql';
import { refuse } from '../response/refusal.js';

/**
 * Returns whether a page of another site caused this request without a preflight, such as a `no-cors` GET for an image.
 * Following a link is allowed. Browsers set both headers, and pages cannot change them.
 */
export const isCrossSite = ({ headers }: IncomingMessage): boolean =>
  headers.origin === undefined &&
  headers['sec-fetch-site'] === 'cross-site' &&
  headers['sec-fetch-mode'] !== 'navigate';

/**
 * Refuses a POST that is not JSON. A page can send forms and plain text across origins without a preflight,
 * but never JSON.
 */
export function refuseContentType({ headers }: IncomingMessage): GraphQLError | undefined {
  const [name = '', ...parameters] = (headers['content-type'] ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice(8);
  if (name === 'application/json' && (charset === undefined || /^"?utf-?8"?$/.test(charset)))
    return undefined;
  return unsupported('Expected Content-Type: application/json, in UTF-8; send other requests as GET.');
}

/** Creates the error for an unsupported media type. */
export const unsupported = (message: string): GraphQLError =>
  refuse(
    message,
    { code: 'UNSUPPORTED_MEDIA_TYPE' },
    { status: 415, headers: { 'Accept-Post': 'application/json' } },
  );
