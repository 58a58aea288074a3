import { parseSlug } from '../domain/references.js';
import { builder } from './builder.js';
import { BY_SLUG, connectionTypes, nodeQuery } from './connection.js';
import { ActorKindEnum } from './enums.js';
import { parseNodeId } from './node-id.js';
import { createPage } from './page.js';

export const ActorRef = builder.prismaNode('Actor', {
  name: 'Actor',
  description: 'Somebody who acts or speaks: a person, state, organisation, alliance or outlet.',
  id: { field: 'id', description: 'The global id, for `node`.' },
  findUnique: (id) => ({ id: parseNodeId(id) }),
  nullable: true,
  fields: (t) => ({
    slug: t.exposeString('slug'),
    kind: t.expose('kind', { type: ActorKindEnum }),
    name: t.exposeString('name'),
    description: t.exposeString('description', { nullable: true }),
    countryCode: t.exposeString('countryCode', { nullable: true }),
    countryCode3: t.exposeString('countryCode3', { nullable: true }),
    wikidataId: t.exposeString('wikidataId', { nullable: true }),
    names: t.relation('names', { query: { orderBy: [{ language: 'asc' }, { name: 'asc' }] } }),
  }),
});

builder.prismaObject('ActorName', {
  name: 'ActorName',
  description: 'A name of an actor beside the usual one.',
  fields: (t) => ({
    name: t.exposeString('name'),
    language: t.exposeString('language'),
  }),
});

builder.queryFields((t) => ({
  actor: t.prismaField({
    type: ActorRef,
    nullable: true,
    description: 'The actor with this slug; null where there is none.',
    args: { slug: t.arg.string({ required: true, description: 'E.g. `sergei-ryabkov`.' }) },
    resolve: (query, _root, { slug }, { db }) =>
      db.actor.findUnique({ ...query, where: { slug: parseSlug(slug) } }),
  }),
  actors: t.connection(
    {
      type: ActorRef,
      description: 'All actors, by slug.',
      resolve: (_root, args, context, info) =>
        createPage({
          args,
          order: BY_SLUG,
          find: (page) => context.db.actor.findMany({ ...nodeQuery(context, info), ...page }),
          count: () => context.db.actor.count(),
        }),
    },
    ...connectionTypes('Actor', 'actors'),
  ),
}));
