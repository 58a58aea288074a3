import { GraphQLError } from 'graphql';
import { LIMITS, type LimitName } from '../limits/limits.js';

/** What an error says about the HTTP response that carries it, as `extensions.http`. Clients do not see it. */
export interface HttpExtension {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the status is only for `application/graphql-response+json`; with `application/json` it is 200. */
  readonly spec?: boolean;
}

/** Creates an error that tells a client what to do differently. */
export function refuse(
  message: string,
  extensions: Readonly<Record<string, unknown>> & { readonly code: string },
  http: HttpExtension,
): GraphQLError {
  return new GraphQLError(message, { extensions: { ...extensions, http } });
}

export const badRequest = (message: string): GraphQLError =>
  refuse(message, { code: 'BAD_REQUEST' }, { status: 400 });

/** Creates the error for a request above a limit. `got` is a lower bound where counting stopped early. */
export function exceeds(
  limit: LimitName,
  maximum: number,
  got: number,
  http: HttpExtension = { status: 400, spec: true },
): GraphQLError {
  const { unit, variable } = LIMITS[limit];
  const hint =
    limit === 'cost'
      ? ' Ask for shorter pages, or for less in them: the description of Query has the rule.'
      : '';
  return refuse(
    `Expected at most ${maximum} ${unit} (${variable}); got ${got}.${hint}`,
    { code: 'LIMIT_EXCEEDED', limit: variable, maximum, got },
    http,
  );
}

/** Returns the extension of an error, where it has one. */
export const httpOf = ({ extensions }: Pick<GraphQLError, 'extensions'>): HttpExtension | undefined =>
  extensions['http'] as HttpExtension | undefined;
