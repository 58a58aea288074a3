import { GraphQLError } from 'graphql';
import { LIMITS, type LimitName } from '../limits.js';

/** How an HTTP response is to be made of an error; Yoga reads it. */
interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the status is for clients that accept `application/graphql-response+json` alone. */
  readonly spec?: boolean;
}

/** The error for a request that asks for more than a limit allows. `got` is a lower bound where counting stopped. */
export function exceeds(limit: LimitName, maximum: number, got: number): GraphQLError {
  const { unit, variable } = LIMITS[limit];
  const hint =
    limit === 'cost'
      ? ' Ask for shorter pages, or for less in them: the description of Query has the rule.'
      : '';
  return refuse(
    `Expected at most ${maximum} ${unit} (${variable}); got ${got}.${hint}`,
    { code: 'LIMIT_EXCEEDED', limit: variable, maximum, got },
    { status: 400, spec: true },
  );
}

export function refuse(
  message: string,
  extensions: Readonly<Record<string, unknown>>,
  http: HttpAnswer,
): GraphQLError {
  return new GraphQLError(message, { extensions: { ...extensions, http } });
}
