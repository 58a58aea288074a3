import { brandWithType } from '@pothos/core';
import { queryFromInfo } from '@pothos/plugin-prisma';
import { decodeGlobalID } from '@pothos/plugin-relay';
import type { GraphQLResolveInfo } from 'graphql';
import type { At } from '../../domain/development/read/view.js';
import { BadArgumentError } from '../../domain/errors.js';
import { shown } from '../../domain/input.js';
import { builder } from '../builder.js';
import type { Context } from '../context.js';
import { idsCost, priced } from '../cost.js';
import { AsOfInput, atOf } from '../inputs/as-of.js';

interface NodeOptions {
  /** The feed position to read from; undefined means now. */
  readonly at: At;
  /** Returns the selection as part of a Prisma query, for types that are Prisma models. */
  query(): object;
}

/** Loads the objects of one type by id, in any order. */
type NodeLoader = (
  context: Context,
  ids: readonly string[],
  options: NodeOptions,
) => Promise<{ readonly id: string }[]>;

const loaders = new Map<string, NodeLoader>();

/** Registers the loader of a type for `node` and `nodes`. */
export function addNodeLoader(typename: string, loader: NodeLoader): void {
  loaders.set(typename, loader);
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Checks the part of a global id after its type.
 *
 * @throws {BadArgumentError} If it is not a UUID.
 */
export function parseNodeId(id: string): string {
  if (UUID.test(id)) return id;
  throw new BadArgumentError(`Expected an id returned by this API; got one that contains ${shown(id)}.`);
}

interface NodeId {
  readonly typename: string;
  readonly id: string;
}

function readGlobalId(text: string): NodeId {
  const decoded = tryDecode(text);
  if (decoded && loaders.has(decoded.typename)) {
    return { typename: decoded.typename, id: parseNodeId(decoded.id).toLowerCase() };
  }
  throw new BadArgumentError(`Expected an id returned by this API; got ${shown(text)}.`);
}

function tryDecode(text: string): NodeId | undefined {
  try {
    return decodeGlobalID(text);
  } catch {
    return undefined;
  }
}

/** Loads objects in the order of their ids, with one load for each type. */
async function findNodes(
  context: Context,
  info: GraphQLResolveInfo,
  texts: readonly string[],
  at: At,
): Promise<(object | null)[]> {
  const nodeIds = texts.map(readGlobalId);
  const found = new Map<string, object>();
  for (const [typename, load] of loaders) {
    const ids = nodeIds.filter((nodeId) => nodeId.typename === typename).map(({ id }) => id);
    if (ids.length === 0) continue;
    const query = () => queryFromInfo({ context, info, typeName: typename });
    for (const node of await load(context, [...new Set(ids)], { at, query })) {
      brandWithType(node, typename as never);
      found.set(`${typename}:${node.id}`, node);
    }
  }
  return nodeIds.map(({ typename, id }) => found.get(`${typename}:${id}`) ?? null);
}

const MAX_NODES = 100;

const asOf = {
  type: AsOfInput,
  description: 'Return developments as they were at this point. Other objects are always current.',
} as const;

builder.queryFields((t) => ({
  node: t.field({
    type: builder.nodeInterfaceRef(),
    nullable: true,
    description: 'The object with this global id. Null if it does not exist or you may not see it.',
    args: {
      id: t.arg.id({ required: true, description: 'An `id` returned by this API.' }),
      asOf: t.arg(asOf),
    },
    resolve: async (_root, args, context, info) => {
      const [node] = await findNodes(context, info, [args.id], await atOf(context, args.asOf));
      return node ?? null;
    },
  }),
  nodes: t.field({
    ...priced(idsCost),
    type: [builder.nodeInterfaceRef()],
    nullable: { list: false, items: true },
    description: `The objects with these global ids, in the same order. Null for each that does not exist or that you may not see. At most ${MAX_NODES} ids.`,
    args: {
      ids: t.arg.idList({ required: true, description: 'Values of `id` returned by this API.' }),
      asOf: t.arg(asOf),
    },
    resolve: async (_root, args, context, info) => {
      if (args.ids.length > MAX_NODES) {
        throw new BadArgumentError(
          `Expected at most ${MAX_NODES} ids; got ${args.ids.length}. Send several requests.`,
        );
      }
      return findNodes(context, info, args.ids, await atOf(context, args.asOf));
    },
  }),
}));
