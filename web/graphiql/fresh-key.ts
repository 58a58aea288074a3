/** Stands for a new idempotency key in the variables of a mutation. */
const FRESH_KEY = 'new for each run';

/** Replaces the key that stands for a new one, so that each run of the tab records another development. */
export function withFreshKey<R extends { variables?: unknown }>(request: R): R {
  if (!JSON.stringify(request.variables ?? null).includes(FRESH_KEY)) return request;
  const key = `graphiql-${randomText()}`;
  const variables = JSON.parse(JSON.stringify(request.variables), (name, value: unknown) =>
    name === 'idempotencyKey' && value === FRESH_KEY ? key : value,
  );
  return { ...request, variables };
}

/** Not by `randomUUID`, which pages over plain HTTP from other machines lack. */
const randomText = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
