import { queryFromInfo } from '@pothos/plugin-prisma';
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from './context.js';
import { MAX_PAGE } from './page.js';

/** What a connection's nodes are asked for, as the part of a Prisma query that loads it. */
export function nodeQuery(context: Context, info: GraphQLResolveInfo): object {
  return queryFromInfo({ context, info, paths: [['nodes'], ['edges', 'node']] });
}

/** The names and descriptions of a connection's types. */
export function connectionTypes(node: string, plural: string) {
  return [
    {
      name: `${node}Connection`,
      description: `A page of ${plural} (Relay Cursor Connections): 1 to ${MAX_PAGE}, 20 where not said.`,
    },
    { name: `${node}Edge`, description: `One of ${plural}, with its place in the list.` },
  ] as const;
}
