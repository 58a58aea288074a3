import SchemaBuilder from '@pothos/core';
import ComplexityPlugin from '@pothos/plugin-complexity';
import ErrorsPlugin from '@pothos/plugin-errors';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import { canEdit } from '../domain/access.js';
import type PrismaTypes from '../generated/pothos.js';
import { getDatamodel } from '../generated/pothos.js';
import { refuseAccess } from './access.js';
import type { Context } from './context.js';
import { COUNT_COST, LIST_COST } from './cost.js';
import { RELAY_TEXTS } from './relay-texts.js';

export const builder = new SchemaBuilder<{
  Context: Context;
  DefaultFieldNullability: false;
  DefaultEdgesNullability: false;
  DefaultNodeNullability: false;
  PrismaTypes: PrismaTypes;
  Connection: { totalCount: () => Promise<number>; totalCountIsExact: () => Promise<boolean> };
  AuthScopes: { editor: boolean };
  Scalars: {
    ID: { Input: string; Output: string };
    Cursor: { Input: string; Output: string };
    Date: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    JSON: { Input: string | number | boolean | object; Output: unknown };
  };
}>({
  plugins: [ScopeAuthPlugin, ErrorsPlugin, RelayPlugin, PrismaPlugin, ComplexityPlugin],
  defaultFieldNullability: false,
  errors: { directResult: true },
  relay: RELAY_TEXTS,
  prisma: {
    client: (context) => context.db,
    dmmf: getDatamodel(),
    exposeDescriptions: true,
    onUnusedQuery: 'error',
  },
  // Counted before the execution and not by the plugin's own resolvers: see http/cost.ts.
  complexity: { disabled: true, defaultComplexity: 1, defaultListMultiplier: LIST_COST },
  scopeAuth: {
    authScopes: ({ viewer }) => ({ editor: canEdit(viewer) }),
    unauthorizedError: (_, context) => refuseAccess(context.viewer),
  },
});

builder.globalConnectionField('totalCount', (t) =>
  t.int({
    complexity: COUNT_COST,
    description:
      'How many there are in the whole list, whatever the page: exact up to 10,000, and 10,000 where there are more, which `totalCountIsExact` tells. Counted only when asked for.',
    resolve: ({ totalCount }) => totalCount(),
  }),
);

builder.globalConnectionField('totalCountIsExact', (t) =>
  t.boolean({
    complexity: COUNT_COST,
    description: 'False where there are more than the 10,000 of `totalCount`.',
    resolve: ({ totalCountIsExact }) => totalCountIsExact(),
  }),
);
