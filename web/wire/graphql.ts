import type { introspection } from '@doctrine-wire/client/introspection';
import { initGraphQLTada } from 'gql.tada';

/** Types documents by the schema. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { Cursor: string; Date: string; DateTime: string; JSON: unknown };
  disableMasking: true;
}>();
