import { builder } from './builder.js';
import { DeliveryPlatformEnum, WeaponClassEnum } from './enums.js';
import { parseNodeId } from './node-id.js';
import { addReferenceQueries } from './reference.js';

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

addReferenceQueries({
  ref: WeaponSystemRef,
  rows: ({ weaponSystem }) => weaponSystem,
  one: 'weaponSystem',
  all: 'weaponSystems',
  noun: ['weapon system', 'weapon systems'],
  example: 'intermediate-and-shorter-range-missiles',
});
