import { brandWithType } from '@pothos/core';
import { queryFromInfo } from '@pothos/plugin-prisma';
import { decodeGlobalID } from '@pothos/plugin-relay';
import type { GraphQLResolveInfo } from 'graphql';
import type { At } from '../../domain/development/view.js';
import { BadArgumentError } from '../../domain/errors.js';
import { shown } from '../../domain/input.js';
import { builder } from '../builder.js';
import type { Context } from '../context.js';
import { AsOfInput, atOf } from '../inputs/as-of.js';
import { parseNodeId } from '../node-id.js';

/** From where they are looked at, and what is selected of them where their type is a Prisma model's. */
export interface NodeOptions {
  readonly at: At;
  query(): object;
}

/** Loads the objects of a type that have these ids, in no order. */
export type NodeLoader = (
  context: Context,
  ids: readonly string[],
  options: NodeOptions,
) => Promise<{ readonly id: string }[]>;

const loaders = new Map<string, NodeLoader>();

/** Lets `node` and `nodes` find the objects of a type. */
export function addNodeLoader(typename: string, loader: NodeLoader): void {
  loaders.set(typename, loader);
}

interface NodeId {
  readonly typename: string;
  readonly id: string;
}

function readGlobalId(text: string): NodeId {
  const decoded = decodeOrNothing(text);
  if (decoded && loaders.has(decoded.typename)) {
    return { typename: decoded.typename, id: parseNodeId(decoded.id).toLowerCase() };
  }
  throw new BadArgumentError(`Expected an id that this API gave out; got ${shown(text)}.`);
}

function decodeOrNothing(text: string): NodeId | undefined {
  try {
    return decodeGlobalID(text);
  } catch {
    return undefined;
  }
}

/** The objects with these ids, in their order: one load for each type among them. */
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
  description: 'Developments as they stood then; what else there is, as it is now.',
} as const;

builder.queryFields((t) => ({
  node: t.field({
    type: builder.nodeInterfaceRef(),
    nullable: true,
    description: 'The object with this id; null where there is none that you may see.',
    args: {
      id: t.arg.id({ required: true, description: 'An `id` that this API gave out.' }),
      asOf: t.arg(asOf),
    },
    resolve: async (_root, args, context, info) => {
      const [node] = await findNodes(context, info, [args.id], await atOf(context, args.asOf));
      return node ?? null;
    },
  }),
  nodes: t.field({
    complexity: ({ ids }) => ({ field: 1, multiplier: ids.length }),
    type: [builder.nodeInterfaceRef()],
    nullable: { list: false, items: true },
    description: `The objects with these ids, in their order; null for each that is not there. At most ${MAX_NODES} ids.`,
    args: {
      ids: t.arg.idList({ required: true, description: 'Ids that this API gave out.' }),
      asOf: t.arg(asOf),
    },
    resolve: async (_root, args, context, info) => {
      if (args.ids.length > MAX_NODES) {
        throw new BadArgumentError(`Expected at most ${MAX_NODES} ids; got ${args.ids.length}.`);
      }
      return findNodes(context, info, args.ids, await atOf(context, args.asOf));
    },
  }),
}));
