import type { IncomingMessage } from 'node:http';
import type { DocumentParams } from '../persisted-documents.js';

/** What a request asks for: an operation of a document, with variables. */
export interface QueryParams extends DocumentParams {
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

const NAMES = ['query', 'operationName', 'variables', 'extensions', 'documentId'];

/**
 * Reads a request whose head has been checked, and its body where it has one.
 *
 * @returns Undefined for what is not as it should be: it is for the GraphQL server to say what is wrong.
 */
export function readParams(request: IncomingMessage & { readonly body?: object }): QueryParams | undefined {
  const params = request.method === 'GET' ? paramsOfUrl(request.url ?? '') : request.body;
  return params && isSound(params) ? params : undefined;
}

function paramsOfUrl(url: string): object {
  const params = new URLSearchParams(url.slice(url.indexOf('?') + 1));
  const given = [...params].map(([name, value]) => [
    name,
    (name === 'variables' || name === 'extensions') && value !== '' ? JSON.parse(value) : value,
  ]);
  return Object.fromEntries(given);
}

function isSound(params: object): params is QueryParams {
  return Object.entries(params).every(([name, value]) => {
    if (value == null) return true;
    if (!NAMES.includes(name)) return false;
    const isText = name === 'query' || name === 'operationName' || name === 'documentId';
    return isText ? typeof value === 'string' : typeof value === 'object' && !Array.isArray(value);
  });
}
