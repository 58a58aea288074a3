import { GraphQLError } from 'graphql';
import { LIMITS, type LimitName } from '../limits/limits.js';

/** The status and headers of the HTTP response with this error, as `extensions.http`. Not sent to clients. */
export interface HttpExtension {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the status is only for `application/graphql-response+json`. It is 200 for `application/json`. */
  readonly spec?: boolean;
}

/** Creates an error that the client can act on. */
export function refuse(
  message: string,
  extensions: Readonly<Record<string, unknown>> & { readonly code: string },
  http: HttpExtension,
): GraphQLError {
  return new GraphQLError(message, { extensions: { ...extensions, http } });
}

export const badRequest = (message: string): GraphQLError =>
  refuse(message, { code: 'BAD_REQUEST' }, { status: 400 });

const HINTS: Partial<Record<LimitName, string>> = {
  bodyBytes: ' Only editors may send longer ones (MAX_UPLOAD_BYTES), with their token and a Content-Length.',
  uploadBytes:
    ' Give a longer article to addArticle by its url, or read the file with `doctrine-wire draft FILE`.',
  cost: ' Ask for shorter pages, or for less in them: the description of Query has the rule.',
  subscriptionBytes:
    ' End subscriptions that you no longer need, use the same document and filter for several, or shorten their filters.',
};

/** Creates the error for a request above a limit. `got` is a lower bound if counting stopped early. */
export function exceeds(
  limit: LimitName,
  maximum: number,
  got: number,
  http: HttpExtension = { status: 400, spec: true },
): GraphQLError {
  const { unit, variable } = LIMITS[limit];
  const hint = HINTS[limit] ?? '';
  return refuse(
    `Expected at most ${maximum} ${unit} (${variable}); got ${got}.${hint}`,
    { code: 'LIMIT_EXCEEDED', limit: variable, maximum, got },
    http,
  );
}

/** Returns the `extensions.http` of an error, if any. */
export const httpOf = ({ extensions }: Pick<GraphQLError, 'extensions'>): HttpExtension | undefined =>
  extensions['http'] as HttpExtension | undefined;
