import { brandWithType } from '@pothos/core';
import { queryFromInfo } from '@pothos/plugin-prisma';
import type { GraphQLResolveInfo } from 'graphql';
import type { At } from '../../domain/development/read/view.js';
import { BadArgumentError } from '../../domain/errors.js';
import { shown } from '../../domain/input.js';
import { readHead } from '../../feed/head.js';
import { builder } from '../builder.js';
import type { Context } from '../context.js';
import { AS_OF_COST, priced, READ_COST } from '../cost.js';
import { inGroups } from '../loaders.js';
import { type NodeId, parseNodeId } from '../node-id.js';

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

type SurvivorsOf = (context: Context, ids: readonly string[], at: At) => Promise<ReadonlyMap<string, string>>;

interface NodeType {
  readonly load: NodeLoader;
  /** Returns the ids of the objects that stand for others, by the ids of those. */
  readonly survivorsOf?: SurvivorsOf | undefined;
  /** Whether past states of the objects have ids of their own. */
  readonly hasPast: boolean;
}

const types = new Map<string, NodeType>();

/** Registers the loader of a type for `node` and `nodes`. */
export function addNodeLoader(
  typename: string,
  load: NodeLoader,
  { hasPast = false, survivorsOf }: { hasPast?: boolean; survivorsOf?: SurvivorsOf } = {},
): void {
  types.set(typename, { load, hasPast, survivorsOf });
}

function readGlobalId(text: string): NodeId {
  const nodeId = parseNodeId(text);
  const type = types.get(nodeId.typename);
  if (type && (nodeId.at === undefined || type.hasPast)) return nodeId;
  throw new BadArgumentError('id', `Expected an id returned by this API; got ${shown(text)}.`);
}

/** Loads objects in the order of their ids, with one load for each type and point in time. */
async function findNodes(
  context: Context,
  info: GraphQLResolveInfo,
  texts: readonly string[],
): Promise<(object | null)[]> {
  const asked = texts.map(readGlobalId);
  const known = await withoutFuture(context, asked);
  const found = new Map<string, object>();
  await inGroups(known, groupOf, async (group, { typename, at }) => {
    const query = () => queryFromInfo({ context, info, typeName: typename });
    const ids = [...new Set(group.map(({ id }) => id))];
    const type = types.get(typename);
    const load = async (some: readonly string[]) => {
      for (const node of (await type?.load(context, some, { at, query })) ?? []) {
        brandWithType(node, typename as never);
        found.set(nameOf({ typename, id: node.id, at }), node);
      }
    };
    await load(ids);
    const missing = ids.filter((id) => !found.has(nameOf({ typename, id, at })));
    if (missing.length === 0 || !type?.survivorsOf) return [];
    const survivors = await type.survivorsOf(context, missing, at);
    if (survivors.size > 0) await load([...new Set(survivors.values())]);
    for (const [id, survivorId] of survivors) {
      const survivor = found.get(nameOf({ typename, id: survivorId, at }));
      if (survivor) found.set(nameOf({ typename, id, at }), survivor);
    }
    return [];
  });
  return asked.map((nodeId) => found.get(nameOf(nodeId)) ?? null);
}

/** A position that the record has not reached has no state yet, and the one it gets must not be promised now. */
async function withoutFuture({ db }: Context, asked: readonly NodeId[]): Promise<readonly NodeId[]> {
  if (asked.every(({ at }) => at === undefined)) return asked;
  const { position } = await readHead(db);
  return asked.filter(({ at }) => at === undefined || at <= position);
}

const groupOf = ({ typename, at }: NodeId) => `${typename}@${at}`;
const nameOf = ({ typename, id, at }: NodeId) => `${typename}:${id}@${at}`;

const MAX_NODES = 100;

/** Multiplies the selection by the number of ids. Each point in the past is a statement of its own. */
const idsCost = ({ ids }: { readonly ids: readonly string[] }) => ({
  points: READ_COST + AS_OF_COST * new Set(ids.flatMap(pointOf)).size,
  times: ids.length,
});

const idCost = ({ id }: { readonly id: string }) => ({ points: 1 + AS_OF_COST * pointOf(id).length });

/** A malformed id costs what a present one does: it is refused later. */
function pointOf(id: string): bigint[] {
  try {
    return [parseNodeId(id).at ?? []].flat();
  } catch {
    return [];
  }
}

builder.queryFields((t) => ({
  node: t.field({
    type: builder.nodeInterfaceRef(),
    ...priced(idCost),
    nullable: true,
    description:
      'The object with this global id. The id of a past state returns that state, with its links at the same point. Null if the object does not exist or you may not see it.',
    args: { id: t.arg.id({ required: true, description: 'An `id` returned by this API.' }) },
    resolve: async (_root, { id }, context, info) => {
      const [node] = await findNodes(context, info, [id]);
      return node ?? null;
    },
  }),
  nodes: t.field({
    ...priced(idsCost),
    type: [builder.nodeInterfaceRef()],
    nullable: { list: true, items: true },
    description: `The objects with these global ids, in the same order. Null for each that does not exist or that you may not see. At most ${MAX_NODES} ids.`,
    args: { ids: t.arg.idList({ required: true, description: 'Values of `id` returned by this API.' }) },
    resolve: async (_root, args, context, info) => {
      if (args.ids.length > MAX_NODES) {
        throw new BadArgumentError(
          'ids',
          `Expected at most ${MAX_NODES} ids; got ${args.ids.length}. Send several requests.`,
        );
      }
      return findNodes(context, info, args.ids);
    },
  }),
}));
