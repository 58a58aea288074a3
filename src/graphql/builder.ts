import SchemaBuilder from '@pothos/core';
import ErrorsPlugin from '@pothos/plugin-errors';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import { GraphQLError } from 'graphql';
import { canEdit, canPropose, type Viewer } from '../domain/access.js';
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
  AuthScopes: { editor: boolean; contributor: boolean };
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
    authScopes: ({ viewer }) => ({ editor: canEdit(viewer), contributor: canPropose(viewer) }),
    unauthorizedError: (_, { viewer }, { operation, fieldName }) =>
      createAccessError(viewer, operation.operation === 'mutation' ? 'Mutations need' : `${fieldName} needs`),
  },
});

/** @throws {GraphQLError} For a viewer who is no editor. Subscriptions call it: the plugin does not check them in time. */
export function requireEditor({ viewer }: Context, field: string): void {
  if (!canEdit(viewer)) throw createAccessError(viewer, `${field} needs`);
}

/** @throws {GraphQLError} For a viewer who is no admin. */
export function requireAdmin({ viewer }: Context, field: string): void {
  if (viewer.role === 'ADMIN') return;
  if (!canEdit(viewer)) throw createAccessError(viewer, `${field} needs`, 'the role ADMIN');
  throw new GraphQLError(
    `${field} needs the role ADMIN; the token "${viewer.name}" has ${viewer.role}. Ask the operator for another token.`,
    { extensions: { code: 'FORBIDDEN' } },
  );
}

/** @param needs What needs the role, with its verb. */
function createAccessError(
  { name, role }: Viewer,
  needs: string,
  needed = 'the role EDITOR or ADMIN',
): GraphQLError {
  if (name === null) {
    return new GraphQLError(
      `${needs} a token with ${needed}. Send it as "Authorization: Bearer <token>", or over ` +
        'WebSocket as "authorization" in connectionParams.',
      { extensions: { code: 'UNAUTHENTICATED' } },
    );
  }
  return new GraphQLError(
    `${needs} ${needed}; the token "${name}" has ${role}. Ask the operator for another token.`,
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
