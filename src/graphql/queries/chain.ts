import { type Chain, MAX_DEPTH, MAX_NODES, walkChain } from '../../domain/chain.js';
import { findView } from '../../domain/development/view.js';
import { parseSlug } from '../../domain/references/lookup.js';
import { builder } from '../builder.js';
import { CHAINED } from '../cost.js';
import { AsOfInput, atOf } from '../inputs/as-of.js';
import { DevelopmentRef } from '../types/development-ref.js';
import { LinkRelationEnum } from '../types/enums.js';
import { LinkDirectionEnum, LinkRef } from '../types/link.js';

const ChainRef = builder.objectRef<Chain>('Chain').implement({
  description: 'What links lead to from a development: a graph that a timeline can draw from left to right.',
  fields: (t) => ({
    nodes: t.field({
      complexity: CHAINED,
      type: [DevelopmentRef],
      description: `The developments, that with which it begins among them: by the first day that they can have occurred, then the last, then by id. At most ${MAX_NODES}.`,
      resolve: ({ nodes }) => nodes,
    }),
    edges: t.field({
      complexity: CHAINED,
      type: [LinkRef],
      description:
        'The links of these relations among the nodes, each once: in the order of the nodes that they go out from.',
      resolve: ({ edges }) => edges,
    }),
    isComplete: t.exposeBoolean('isComplete', {
      description: `False where links lead to more than ${MAX_NODES} developments within the depth: the nearest are given.`,
    }),
  }),
});

builder.queryField('chain', (t) =>
  t.field({
    type: ChainRef,
    nullable: true,
    description:
      'Everything that links lead to from a development, however many lie between; null where there is no development with the slug. Circles are walked once.',
    args: {
      slug: t.arg.string({ required: true, description: 'Where to begin, e.g. `inf-moratorium-ends-2025`.' }),
      direction: t.arg({
        type: LinkDirectionEnum,
        description:
          'OUT: to what it bears on, and that on what. IN: to what bears on it. Both ways at every step, where left out.',
      }),
      relations: t.arg({
        type: [LinkRelationEnum],
        description: 'Only along links of these relations; along all, where left out.',
      }),
      depth: t.arg.int({
        defaultValue: 3,
        description: `How many links may lie between the first and the last, 1 to ${MAX_DEPTH}.`,
      }),
      asOf: t.arg({
        type: AsOfInput,
        description: 'The record as it stood then; as it is now, where left out.',
      }),
    },
    resolve: async (_root, { slug, asOf, depth, ...options }, context) => {
      const { db, viewer } = context;
      const start = await findView(db, viewer, await atOf(context, asOf), parseSlug(slug));
      return start ? walkChain(db, viewer, start, { ...options, depth: depth ?? 3 }) : null;
    },
  }),
);
