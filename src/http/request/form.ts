import type { IncomingMessage } from 'node:http';
import { refuse } from '../response/refusal.js';
import { readText } from './body.js';

const LIMIT = { name: 'bodyBytes', bytes: 16_384 } as const;
const TYPE = 'application/x-www-form-urlencoded';

/**
 * Reads the fields of a form.
 *
 * @throws {GraphQLError} For any other body.
 * @throws {BodyAbortedError} If the client disconnects.
 */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== TYPE) {
    const http = { status: 415, headers: { 'Accept-Post': TYPE } };
    throw refuse(`Expected Content-Type: ${TYPE}.`, { code: 'UNSUPPORTED_MEDIA_TYPE' }, http);
  }
  return new URLSearchParams(await readText(request, LIMIT));
}
