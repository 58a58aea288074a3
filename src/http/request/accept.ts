import type { IncomingMessage } from 'node:http';
import type { GraphQLError } from 'graphql';
import Negotiator from 'negotiator';
import { refuse } from '../response/refusal.js';

export const JSON_TYPE = 'application/json';
const RESPONSE_TYPE = 'application/graphql-response+json';
export const EVENT_STREAM = 'text/event-stream';

/** The media types of responses. Event streams carry subscriptions, and single results for clients that accept only them. */
export type MediaType = typeof JSON_TYPE | typeof RESPONSE_TYPE | typeof EVENT_STREAM;

/** Ordered by our preference, for clients without one. With a charset, so that others do not match. */
const AVAILABLE = [JSON_TYPE, RESPONSE_TYPE, EVENT_STREAM].map((type) => `${type}; charset=utf-8`);

/** Returns the media types that a request accepts by its `Accept` header, the preferred one first. */
export function acceptedTypes(request: IncomingMessage): readonly MediaType[] {
  const { accept } = request.headers;
  if (accept === undefined || accept === '' || accept === '*/*') return ALL;
  return new Negotiator(request).mediaTypes(AVAILABLE).map((type) => type.split(';')[0] as MediaType);
}

const ALL: readonly MediaType[] = [JSON_TYPE, RESPONSE_TYPE, EVENT_STREAM];

/**
 * Creates the error for a subscription whose client does not accept event streams, such as Apollo's `HttpLink`: it would
 * wait for the end of the stream.
 */
export const notAStreamReader = (): GraphQLError =>
  refuse(
    `Expected a WebSocket, or an Accept header that allows ${EVENT_STREAM}: the answer to a subscription does not end. ` +
      'Send subscriptions over WebSocket (graphql-transport-ws) or Server-Sent Events.',
    { code: 'NOT_ACCEPTABLE' },
    { status: 406 },
  );

/** Creates the error for a client that accepts none of the available types. */
export const notAcceptable = (): GraphQLError =>
  refuse(
    `Expected an Accept header that allows ${JSON_TYPE} or ${RESPONSE_TYPE}: answers come as these.`,
    { code: 'NOT_ACCEPTABLE' },
    { status: 406 },
  );
