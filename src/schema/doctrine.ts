import { parseSlug } from '../domain/references.js';
import { builder } from './builder.js';
import { BY_SLUG, connectionTypes, nodeQuery } from './connection.js';
import { parseNodeId } from './node-id.js';
import { createPage } from './page.js';

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
    actor: t.relation('actor', { nullable: true }),
  }),
});

builder.queryFields((t) => ({
  doctrine: t.prismaField({
    type: DoctrineRef,
    nullable: true,
    description: 'The doctrine with this slug; null where there is none.',
    args: {
      slug: t.arg.string({ required: true, description: 'E.g. `basic-principles-nuclear-deterrence`.' }),
    },
    resolve: (query, _root, { slug }, { db }) =>
      db.doctrine.findUnique({ ...query, where: { slug: parseSlug(slug) } }),
  }),
  doctrines: t.connection(
    {
      type: DoctrineRef,
      description: 'All doctrines, by slug.',
      resolve: (_root, args, context, info) =>
        createPage({
          args,
          order: BY_SLUG,
          find: (page) => context.db.doctrine.findMany({ ...nodeQuery(context, info), ...page }),
          count: () => context.db.doctrine.count(),
        }),
    },
    ...connectionTypes('Doctrine', 'doctrines'),
  ),
}));
