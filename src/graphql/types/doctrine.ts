import { builder } from '../builder.js';
import { loadReference } from '../loaders.js';
import { parseNodeId } from '../node-id.js';
import { addReferenceQueries } from '../queries/references.js';
import { ActorRef } from './actor.js';

export const DoctrineRef = builder.prismaNode('Doctrine', {
  name: 'Doctrine',
  description: 'A policy or document that says how forces are to be used.',
  id: { field: 'id', description: 'The global id, for `node`.' },
  findUnique: (id) => ({ id: parseNodeId(id) }),
  nullable: true,
  fields: (t) => ({
    slug: t.exposeString('slug'),
    name: t.exposeString('name'),
    summary: t.exposeString('summary', { nullable: true }),
    actor: t.field({
      type: ActorRef,
      nullable: true,
      description: 'Whose doctrine it is.',
      resolve: ({ actorId }, _args, context) =>
        actorId === null ? null : loadReference(context, 'actor', actorId),
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
});
