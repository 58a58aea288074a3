import SchemaBuilder from '@pothos/core';
import ErrorsPlugin from '@pothos/plugin-errors';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin, { decodeGlobalID } from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import type { Context } from '../context.js';
import { canEdit } from '../domain/access.js';
import { shown } from '../domain/input.js';
import { BadArgumentError } from '../errors.js';
import type PrismaTypes from '../generated/pothos.js';
import { getDatamodel } from '../generated/pothos.js';
import { refuseAccess } from './access.js';

export const builder = new SchemaBuilder<{
  Context: Context;
  DefaultFieldNullability: false;
  DefaultEdgesNullability: false;
  DefaultNodeNullability: false;
  PrismaTypes: PrismaTypes;
  Connection: { totalCount: () => Promise<number> };
  AuthScopes: { editor: boolean };
  Scalars: {
    ID: { Input: string; Output: string };
    Cursor: { Input: string; Output: string };
    Date: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
  };
}>({
  plugins: [ScopeAuthPlugin, ErrorsPlugin, RelayPlugin, PrismaPlugin],
  defaultFieldNullability: false,
  errors: { directResult: true },
  relay: {
    edgesFieldOptions: { nullable: false },
    nodeFieldOptions: { nullable: false },
    nodesOnConnection: true,
    decodeGlobalID: (id) => {
      try {
        return decodeGlobalID(id);
      } catch {
        throw new BadArgumentError(`Expected an id that this API gave out; got ${shown(id)}.`);
      }
    },
    pageInfoTypeOptions: { description: 'Where a page stands in its list (Relay Cursor Connections).' },
    nodeTypeOptions: { description: 'Anything with an id of its own (Relay Global Object Identification).' },
    nodeQueryOptions: { description: 'The object with this id; null where there is none that you may see.' },
    nodesQueryOptions: {
      description: 'The objects with these ids, in their order; null for each that is not there.',
    },
  },
  prisma: {
    client: (context) => context.db,
    dmmf: getDatamodel(),
    exposeDescriptions: true,
    onUnusedQuery: 'error',
  },
  scopeAuth: {
    authScopes: ({ viewer }) => ({ editor: canEdit(viewer) }),
    unauthorizedError: (_, context) => refuseAccess(context.viewer),
  },
});

builder.globalConnectionField('totalCount', (t) =>
  t.int({
    description: 'How many there are in the whole list, whatever the page. Counted only when asked for.',
    resolve: ({ totalCount }) => totalCount(),
  }),
);
