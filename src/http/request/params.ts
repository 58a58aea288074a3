import type { GraphQLError } from 'graphql';
import { badRequest } from '../response/refusal.js';
import { problemOfJson, repeated } from './exact-json.js';
import type { DocumentParams } from './persisted-documents.js';

/** The parameters of a GraphQL request. */
export interface OperationParams extends DocumentParams {
  /** Never empty: an empty name counts as none. */
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

const TEXTS = ['query', 'operationName', 'documentId'] as const;
const OBJECTS = ['variables', 'extensions'] as const;
/** The names of all parameters. */
export const PARAMETERS: readonly string[] = [...TEXTS, ...OBJECTS];

/**
 * Reads the parameters of a GET. Ignores unknown and empty ones, and accepts each once.
 *
 * @throws {GraphQLError} For an invalid one.
 */
export function paramsOfUrl(url: string): OperationParams {
  const search = new URLSearchParams(url.split('?')[1]);
  for (const name of PARAMETERS) if (search.getAll(name).length > 1) throw badRequest(repeated(name));
  const given: Record<string, unknown> = {};
  for (const name of TEXTS) given[name] = search.get(name) || undefined;
  for (const name of OBJECTS) {
    const text = search.get(name);
    if (text) given[name] = parseObject(name, text);
  }
  return checkParams(given);
}

function parseObject(name: string, text: string): unknown {
  const value = parseJson(name, text);
  const problem = problemOfJson(text, [], 0);
  if (problem !== undefined) throw badRequest(problem);
  return value;
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notAnObject(name);
  }
}

/**
 * Reads the parameters in a body.
 *
 * @throws {GraphQLError} For an unknown or invalid one.
 */
export function paramsOfBody(body: object): OperationParams {
  for (const [name, value] of Object.entries(body)) {
    if (!PARAMETERS.includes(name) && value != null) {
      throw badRequest(
        `Expected the parameters ${PARAMETERS.join(', ')}; got ${JSON.stringify(name.slice(0, 80))}.`,
      );
    }
  }
  return checkParams(body);
}

/**
 * Checks the parameters of a body, or of a WebSocket's `subscribe` message.
 *
 * @throws {GraphQLError} For an invalid one.
 */
export function checkParams(given: object): OperationParams {
  const params = given as Readonly<Record<string, unknown>>;
  for (const name of TEXTS) {
    const value = params[name];
    if (value != null && typeof value !== 'string') throw badRequest(`Expected "${name}" to be a string.`);
  }
  for (const name of OBJECTS) {
    const value = params[name];
    if (value != null && (typeof value !== 'object' || Array.isArray(value))) throw notAnObject(name);
  }
  const { query, operationName, variables, extensions, documentId } = params as OperationParams;
  return {
    query: query ?? undefined,
    operationName: operationName || undefined,
    variables: variables ?? undefined,
    extensions: extensions ?? undefined,
    documentId: documentId ?? undefined,
  };
}

const notAnObject = (name: string): GraphQLError => badRequest(`Expected "${name}" to be a JSON object.`);
