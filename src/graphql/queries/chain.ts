import { type Chain, MAX_DEPTH, MAX_NODES, walkChain } from '../../domain/chain.js';
import { findView } from '../../domain/development/read/view.js';
import { parseSlug } from '../../domain/references/lookup.js';
import { builder } from '../builder.js';
import { CHAINED, LOADED, priced } from '../cost.js';
import { AsOfInput, atOf } from '../inputs/as-of.js';
import { LinkDirectionEnum, LinkRef } from '../types/development/link.js';
import { LinkRelationEnum } from '../types/enums/development.js';

const ChainRef = builder.objectRef<Chain>('Chain').implement({
  description:
    'The developments that links lead to from a starting point: a graph that a timeline can draw from left to right.',
  fields: (t) => ({
    nodes: t.field({
      ...priced(CHAINED),
      type: ['Development'],
      description: `The developments, including the starting point. Ordered by the earliest day they can have occurred, then the latest, then by id. At most ${MAX_NODES}.`,
      resolve: ({ nodes }) => nodes,
    }),
    edges: t.field({
      ...priced(CHAINED),
      type: [LinkRef],
      description:
        'The links between the nodes that have one of the relations, each once. Ordered like the nodes they start from.',
      resolve: ({ edges }) => edges,
    }),
    isComplete: t.exposeBoolean('isComplete', {
      description: `Whether \`nodes\` contains all developments within the depth. False if there are more than ${MAX_NODES}; then the nearest are returned.`,
    }),
  }),
});

builder.queryField('chain', (t) =>
  t.field({
    ...priced(LOADED),
    type: ChainRef,
    nullable: true,
    description:
      'The developments connected to a development by links, directly or through others. Cycles are followed once. Null if no development has the slug.',
    args: {
      slug: t.arg.string({
        required: true,
        description: 'The slug of the starting point, e.g. `inf-moratorium-ends-2025`.',
      }),
      direction: t.arg({
        type: LinkDirectionEnum,
        description: 'Follow only outgoing (OUT) or only incoming (IN) links. Both at every step by default.',
      }),
      relations: t.arg({
        type: [LinkRelationEnum],
        description: 'Follow only links with one of these relations. All by default.',
      }),
      depth: t.arg.int({
        defaultValue: 3,
        description: `The maximum number of links from the starting point, 1 to ${MAX_DEPTH}.`,
      }),
      asOf: t.arg({
        type: AsOfInput,
        description: 'Return the record as it was at this point. Now by default.',
      }),
    },
    resolve: async (_root, { slug, asOf, depth, ...options }, context) => {
      const { db, viewer } = context;
      const start = await findView(db, viewer, await atOf(context, asOf), parseSlug(slug));
      return start ? walkChain(db, viewer, start, { ...options, depth: depth ?? 3 }) : null;
    },
  }),
);
