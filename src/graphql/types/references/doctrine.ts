import { positionOf } from '../../../domain/references/history/row.js';
import { builder } from '../../builder.js';
import { loadReference } from '../../loaders.js';
import { ActorRef } from './actor.js';
import { addReferenceQueries, REFERENCE_NODE } from './reference-queries.js';

export const DoctrineRef = builder.prismaNode('Doctrine', {
  name: 'Doctrine',
  description: 'A policy or document on the use of armed forces.',
  ...REFERENCE_NODE,
  fields: (t) => ({
    slug: t.exposeString('slug'),
    name: t.exposeString('name'),
    summary: t.exposeString('summary', { nullable: true }),
    actor: t.field({
      type: ActorRef,
      nullable: true,
      description: 'The actor whose doctrine it is. Null if unknown.',
      resolve: (row, _args, context) =>
        row.actorId === null ? null : loadReference(context, 'actor', row.actorId, positionOf(row)),
    }),
  }),
});

addReferenceQueries({
  ref: DoctrineRef,
  rows: ({ doctrine }) => doctrine,
  one: 'doctrine',
  all: 'doctrines',
  noun: ['doctrine', 'doctrines'],
  example: 'basic-principles-nuclear-deterrence',
  names: 'the name',
});
