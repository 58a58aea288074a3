const JSON_TYPE = 'application/json';
const RESPONSE_TYPE = 'application/graphql-response+json';

export type MediaType = typeof JSON_TYPE | typeof RESPONSE_TYPE;

/**
 * As what a client takes the answer of a query, by its `Accept`: the first of its types that there is, as in
 * GraphQL over HTTP. Undefined where it takes neither as it is.
 */
export function mediaTypeFor(accept: string | undefined): MediaType | undefined {
  if (accept === undefined) return JSON_TYPE;
  for (const one of accept.toLowerCase().split(',')) {
    const [type, ...parameters] = one.split(';').map((part) => part.trim());
    if (parameters.some((parameter) => /^charset=(?!utf-8$)/.test(parameter))) continue;
    if (type === RESPONSE_TYPE) return RESPONSE_TYPE;
    if (type === JSON_TYPE || type === '*/*' || type === 'application/*' || type === '') return JSON_TYPE;
  }
  return undefined;
}
