import { parseSlug } from '../domain/references.js';
import { builder } from './builder.js';
import { BY_SLUG, connectionTypes, nodeQuery } from './connection.js';
import { parseNodeId } from './node-id.js';
import { createPage } from './page.js';

export const TopicRef = builder.prismaNode('Topic', {
  name: 'Topic',
  description: 'A subject that developments are filed under.',
  id: { field: 'id', description: 'The global id, for `node`.' },
  findUnique: (id) => ({ id: parseNodeId(id) }),
  nullable: true,
  fields: (t) => ({
    slug: t.exposeString('slug'),
    name: t.exposeString('name'),
    description: t.exposeString('description', { nullable: true }),
  }),
});

builder.queryFields((t) => ({
  topic: t.prismaField({
    type: TopicRef,
    nullable: true,
    description: 'The topic with this slug; null where there is none.',
    args: { slug: t.arg.string({ required: true, description: 'E.g. `intermediate-range-missiles`.' }) },
    resolve: (query, _root, { slug }, { db }) =>
      db.topic.findUnique({ ...query, where: { slug: parseSlug(slug) } }),
  }),
  topics: t.connection(
    {
      type: TopicRef,
      description: 'All topics, by slug.',
      resolve: (_root, args, context, info) =>
        createPage({
          args,
          order: BY_SLUG,
          find: (page) => context.db.topic.findMany({ ...nodeQuery(context, info), ...page }),
          count: () => context.db.topic.count(),
        }),
    },
    ...connectionTypes('Topic', 'topics'),
  ),
}));
