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
import { RELAY_TEXTS } from './relay-texts.js';

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
    JSON: { Input: never; Output: unknown };
  };
}>({
  plugins: [ScopeAuthPlugin, ErrorsPlugin, RelayPlugin, PrismaPlugin],
  defaultFieldNullability: false,
  errors: { directResult: true },
  relay: {
    ...RELAY_TEXTS,
    decodeGlobalID: (id) => {
      const decoded = decodeOrNothing(id);
      if (decoded && isNodeType(decoded.typename)) return decoded;
      throw new BadArgumentError(`Expected an id that this API gave out; got ${shown(id)}.`);
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

function decodeOrNothing(id: string): ReturnType<typeof decodeGlobalID> | undefined {
  try {
    return decodeGlobalID(id);
  } catch {
    return undefined;
  }
}

/** Whether the schema has an object type of the name that `node` can load. */
function isNodeType(name: string): boolean {
  if (!builder.configStore.hasConfig(name)) return false;
  const { pothosOptions } = builder.configStore.getTypeConfig(name);
  return 'loadWithoutCache' in pothosOptions;
}

builder.globalConnectionField('totalCount', (t) =>
  t.int({
    description: 'How many there are in the whole list, whatever the page. Counted only when asked for.',
    resolve: ({ totalCount }) => totalCount(),
  }),
);
