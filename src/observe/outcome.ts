import { type DocumentNode, type GraphQLFormattedError, Kind, type OperationDefinitionNode } from 'graphql';

/** What kind of operation a document asks for; unknown where it cannot be read, or has several and names none. */
export type OperationKind = 'query' | 'mutation' | 'subscription' | 'unknown';

/**
 * How a request ended. Refused: the client can act on it. Failed: it is our fault. Aborted: the client went
 * away before the answer.
 */
export type Outcome = 'ok' | 'refused' | 'timeout' | 'failed' | 'aborted';

/** Errors as transports answer them: masked already. */
export type Told = readonly { readonly extensions?: GraphQLFormattedError['extensions'] }[];

const FAILURES: Readonly<Record<string, Outcome>> = {
  INTERNAL_SERVER_ERROR: 'failed',
  SERVICE_UNAVAILABLE: 'failed',
  REQUEST_TIMEOUT: 'timeout',
};

/** By the worst of the errors. Those of result unions are not among them: they are answers. */
export function outcomeOf(errors: Told = []): Outcome {
  const outcomes = errors.map(({ extensions }) => FAILURES[String(extensions?.['code'])] ?? 'refused');
  if (outcomes.includes('failed')) return 'failed';
  if (outcomes.includes('timeout')) return 'timeout';
  return outcomes.length > 0 ? 'refused' : 'ok';
}

/** The limit that a request went beyond, by the name of its variable; undefined where it was refused for something else. */
export function limitIn(errors: Told = []): string | undefined {
  for (const { extensions } of errors) {
    if (extensions?.['code'] === 'REQUEST_TIMEOUT') return 'REQUEST_TIMEOUT';
    if (typeof extensions?.['limit'] === 'string') return extensions['limit'];
  }
  return undefined;
}

/** The operation that is meant; undefined where that is not certain. */
export function operationIn(
  document: DocumentNode,
  name?: string | null,
): OperationDefinitionNode | undefined {
  const operations = document.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const meant = name == null ? operations : operations.filter((one) => one.name?.value === name);
  return meant.length === 1 ? meant[0] : undefined;
}
