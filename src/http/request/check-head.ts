import type { IncomingMessage } from 'node:http';
import { parseUrl } from '../../parse-url.js';
import { refuseContentType } from '../cross-origin/csrf.js';
import type { CheckHost } from '../cross-origin/host-check.js';
import { refuseOrigin, type TrustOf } from '../cross-origin/origin-check.js';
import type { LogOrigin } from '../cross-origin/origin-log.js';
import { isGraphQLPath } from '../listen.js';
import type { Answer } from '../response/answer.js';
import { badRequest, refuse } from '../response/refusal.js';
import { pathOf, type Route } from '../route.js';

const GRAPHQL_METHODS = ['GET', 'HEAD', 'POST', 'OPTIONS'];
const READING_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/** Returns the methods that a request target takes. */
export function methodsOf(route: Route | undefined, url = ''): readonly string[] {
  return isGraphQLPath(url) ? GRAPHQL_METHODS : (route?.methods ?? READING_METHODS);
}

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
  if (!parseUrl(`http://${headers.host ?? 'localhost'}${url}`)) {
    throw badRequest('Expected a path and a Host header that make a URL.');
  }
  const route = routes.find(({ isFor }) => isFor(pathOf(url)));
  if (!route && !isGraphQLPath(url) && !(schemaText && isSchemaPath(url))) {
    throw refuse('Nothing is served here. GraphQL is at /graphql.', { code: 'NOT_FOUND' }, { status: 404 });
  }
  const methods = methodsOf(route, url);
  if (!methods.includes(method)) {
    const expected = methods.filter((one) => one === 'GET' || one === 'POST').join(' or ');
    const http = { status: 405, headers: { Allow: methods.join(', ') } };
    throw refuse(`Expected ${expected}; got ${method}.`, { code: 'METHOD_NOT_ALLOWED' }, http);
  }
  if (method === 'OPTIONS') return;
  const forbidden = refuseOrigin(request, trustOf(request));
  if (forbidden) {
    logOrigin(request);
    throw forbidden;
  }
  const refusal = method === 'POST' && !route ? refuseContentType(request) : undefined;
  if (refusal) throw refusal;
}

export const isSchemaPath = (url = ''): boolean => pathOf(url) === '/schema.graphql';
