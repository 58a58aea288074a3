import { parseSlug } from '../domain/references.js';
import { builder } from './builder.js';
import { BY_SLUG, connectionTypes, nodeQuery } from './connection.js';
import { DeliveryPlatformEnum, WeaponClassEnum } from './enums.js';
import { parseNodeId } from './node-id.js';
import { createPage } from './page.js';

export const WeaponSystemRef = builder.prismaNode('WeaponSystem', {
  name: 'WeaponSystem',
  description: 'A weapon, or a class of weapons that is spoken of as one.',
  id: { field: 'id', description: 'The global id, for `node`.' },
  findUnique: (id) => ({ id: parseNodeId(id) }),
  nullable: true,
  fields: (t) => ({
    slug: t.exposeString('slug'),
    name: t.exposeString('name'),
    summary: t.exposeString('summary', { nullable: true }),
    classes: t.expose('classes', { type: [WeaponClassEnum] }),
    delivery: t.expose('delivery', { type: [DeliveryPlatformEnum] }),
    rangeMinKm: t.exposeInt('rangeMinKm', { nullable: true }),
    rangeMaxKm: t.exposeInt('rangeMaxKm', { nullable: true }),
    aliases: t.relation('aliases', {
      description: 'Other names, with where they come from.',
      query: { orderBy: [{ language: 'asc' }, { name: 'asc' }] },
    }),
  }),
});

builder.prismaObject('WeaponSystemAlias', {
  name: 'WeaponSystemAlias',
  description: 'Another name of a weapon system, with where it comes from.',
  fields: (t) => ({
    name: t.exposeString('name'),
    language: t.exposeString('language'),
    note: t.exposeString('note', { nullable: true }),
    source: t.relation('source', { nullable: true }),
  }),
});

builder.queryFields((t) => ({
  weaponSystem: t.prismaField({
    type: WeaponSystemRef,
    nullable: true,
    description: 'The weapon system with this slug; null where there is none.',
    args: {
      slug: t.arg.string({ required: true, description: 'E.g. `intermediate-and-shorter-range-missiles`.' }),
    },
    resolve: (query, _root, { slug }, { db }) =>
      db.weaponSystem.findUnique({ ...query, where: { slug: parseSlug(slug) } }),
  }),
  weaponSystems: t.connection(
    {
      type: WeaponSystemRef,
      description: 'All weapon systems, by slug.',
      resolve: (_root, args, context, info) =>
        createPage({
          args,
          order: BY_SLUG,
          find: (page) => context.db.weaponSystem.findMany({ ...nodeQuery(context, info), ...page }),
          count: () => context.db.weaponSystem.count(),
        }),
    },
    ...connectionTypes('WeaponSystem', 'weapon systems'),
  ),
}));
