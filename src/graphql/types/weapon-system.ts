import { builder } from '../builder.js';
import { loadReference } from '../loaders.js';
import { parseNodeId } from '../node-id.js';
import { addReferenceQueries } from '../queries/references.js';
import { loadAliases } from '../related-loaders.js';
import { DeliveryPlatformEnum, WeaponClassEnum } from './enums.js';
import { SourceRef } from './source.js';

const AliasRef = builder.prismaObject('WeaponSystemAlias', {
  name: 'WeaponSystemAlias',
  description: 'Another name of a weapon system, with where it comes from.',
  fields: (t) => ({
    name: t.exposeString('name'),
    language: t.exposeString('language'),
    note: t.exposeString('note', { nullable: true }),
    source: t.field({
      type: SourceRef,
      nullable: true,
      description: 'The source that uses this name.',
      resolve: ({ sourceId }, _args, context) =>
        sourceId === null ? null : loadReference(context, 'source', sourceId),
    }),
  }),
});

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
    aliases: t.field({
      type: [AliasRef],
      description: 'Other names, with where they come from.',
      resolve: ({ id }, _args, context) => loadAliases(context, id),
    }),
  }),
});

addReferenceQueries({
  ref: WeaponSystemRef,
  rows: ({ weaponSystem }) => weaponSystem,
  one: 'weaponSystem',
  all: 'weaponSystems',
  noun: ['weapon system', 'weapon systems'],
  example: 'intermediate-and-shorter-range-missiles',
});
