import SchemaBuilder from '@pothos/core';
import ErrorsPlugin from '@pothos/plugin-errors';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import { GraphQLError } from 'graphql';
import { canEdit, type Viewer } from '../domain/access.js';
import type { DevelopmentView } from '../domain/development/read/view.js';
import type PrismaTypes from '../generated/pothos.js';
import { getDatamodel } from '../generated/pothos.js';
import type { Context } from './context.js';
import { priced, SCAN_COST } from './cost.js';
import { RELAY_OPTIONS } from './relay.js';

export const builder = new SchemaBuilder<{
  Context: Context;
  DefaultFieldNullability: false;
  DefaultEdgesNullability: false;
  DefaultNodeNullability: false;
  PrismaTypes: PrismaTypes;
  Connection: { totalCount: () => Promise<number>; totalCountIsExact: () => Promise<boolean> };
  AuthScopes: { editor: boolean };
  Interfaces: { Development: DevelopmentView };
  Scalars: {
    ID: { Input: string; Output: string };
    Cursor: { Input: string; Output: string };
    Date: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    JSON: { Input: string | number | boolean | object; Output: unknown };
  };
}>({
  plugins: [ScopeAuthPlugin, ErrorsPlugin, RelayPlugin, PrismaPlugin],
  defaultFieldNullability: false,
  errors: { directResult: true },
  relay: RELAY_OPTIONS,
  prisma: {
    client: (context) => context.db,
    dmmf: getDatamodel(),
    exposeDescriptions: true,
    onUnusedQuery: 'error',
  },
  scopeAuth: {
    authScopes: ({ viewer }) => ({ editor: canEdit(viewer) }),
    unauthorizedError: (_, context) => createAccessError(context.viewer),
  },
});

function createAccessError({ name }: Viewer): GraphQLError {
  if (name === null) {
    return new GraphQLError(
      'Mutations need a token with the role EDITOR or ADMIN. Send it as "Authorization: Bearer <token>", or over ' +
        'WebSocket as "authorization" in connectionParams.',
      { extensions: { code: 'UNAUTHENTICATED' } },
    );
  }
  return new GraphQLError(
    `Mutations need the role EDITOR or ADMIN; the token "${name}" has READER. Ask the operator for another token.`,
    { extensions: { code: 'FORBIDDEN' } },
  );
}

builder.globalConnectionField('totalCount', (t) =>
  t.int({
    ...priced({ points: SCAN_COST }),
    description:
      'The length of the whole list. Exact up to 10,000; longer lists report 10,000, and `totalCountIsExact` is false. Counted only if selected.',
    resolve: ({ totalCount }) => totalCount(),
  }),
);

builder.globalConnectionField('totalCountIsExact', (t) =>
  t.boolean({
    ...priced({ points: SCAN_COST }),
    description: 'Whether `totalCount` is exact. False if the list is longer than 10,000.',
    resolve: ({ totalCountIsExact }) => totalCountIsExact(),
  }),
);
