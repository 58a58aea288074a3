import type { IncomingMessage } from 'node:http';
import { refuseContentType } from '../cross-origin/csrf.js';
import type { CheckHost } from '../cross-origin/host-check.js';
import { refuseOrigin, type TrustOf } from '../cross-origin/origin-check.js';
import type { LogOrigin } from '../cross-origin/origin-log.js';
import { isGraphQLPath } from '../listen.js';
import type { Answer } from '../response/answer.js';
import { badRequest, refuse } from '../response/refusal.js';
import { pathOf, type Route } from '../route.js';

export const METHODS = ['GET', 'HEAD', 'POST', 'OPTIONS'];

export interface HeadChecks {
  readonly checkHost: CheckHost;
  readonly trustOf: TrustOf;
  readonly logOrigin: LogOrigin;
  /** The schema in SDL. Undefined where introspection is off. */
  readonly schemaText: Answer | undefined;
  /** What is served beside GraphQL. */
  readonly routes: readonly Route[];
}

/**
 * Checks a request by its head: its target and method, then its host, its origin and CSRF.
 *
 * @throws {GraphQLError} For a request that its head alone rules out.
 */
export function checkHead(
  { checkHost, trustOf, logOrigin, schemaText, routes }: HeadChecks,
  request: IncomingMessage,
): void {
  const { method = '', url = '', headers } = request;
  const foreign = checkHost(request);
  if (foreign) throw foreign;
  if (!URL.canParse(`http://${headers.host ?? 'localhost'}${url}`)) {
    throw badRequest('Expected a path and a Host header that make a URL.');
  }
  const isRoute = routes.some((route) => route.isFor(pathOf(url)));
  if (!isRoute && !isGraphQLPath(url) && !(schemaText && isSchemaPath(url))) {
    throw refuse('Nothing is served here. GraphQL is at /graphql.', { code: 'NOT_FOUND' }, { status: 404 });
  }
  if (!METHODS.includes(method)) {
    const http = { status: 405, headers: { Allow: METHODS.join(', ') } };
    throw refuse(`Expected GET or POST; got ${method}.`, { code: 'METHOD_NOT_ALLOWED' }, http);
  }
  if (method === 'OPTIONS') return;
  const forbidden = refuseOrigin(request, trustOf(request));
  if (forbidden) {
    logOrigin(request);
    throw forbidden;
  }
  const refusal = method === 'POST' ? refuseContentType(request) : undefined;
  if (refusal) throw refusal;
}

export const isSchemaPath = (url = ''): boolean => pathOf(url) === '/schema.graphql';
