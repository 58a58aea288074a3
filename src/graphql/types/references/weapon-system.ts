import { nameIn } from '../../../domain/references/name-in-language.js';
import { builder } from '../../builder.js';
import { loadReference } from '../../loaders.js';
import { type AliasRow, aliasesOf } from '../../related-loaders.js';
import { DeliveryPlatformEnum, WeaponClassEnum } from '../enums/references.js';
import { addReferenceQueries, NAME_LANGUAGE, REFERENCE_NODE } from './reference-queries.js';
import { SourceRef } from './source.js';

const AliasRef = builder.objectRef<AliasRow>('WeaponSystemAlias').implement({
  description: 'An alternative name of a weapon system, and its origin.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The name, verbatim.' }),
    language: t.exposeString('language', {
      description: 'The language of the name: a BCP 47 tag, e.g. `ru`. Empty if unknown.',
    }),
    note: t.exposeString('note', {
      nullable: true,
      description: 'A remark about the name. Null if there is none.',
    }),
    source: t.field({
      type: SourceRef,
      nullable: true,
      description: 'A source that uses this name. Null if none is recorded.',
      resolve: ({ sourceId, at }, _args, context) =>
        sourceId === null ? null : loadReference(context, 'source', sourceId, at),
    }),
  }),
});

export const WeaponSystemRef = builder.prismaNode('WeaponSystem', {
  name: 'WeaponSystem',
  description: 'A weapon, or a class of weapons.',
  ...REFERENCE_NODE,
  fields: (t) => ({
    slug: t.exposeString('slug'),
    name: t.string({
      description: `The usual name, or with \`language\` the preferred name in that language.`,
      args: { language: t.arg.string({ description: NAME_LANGUAGE }) },
      resolve: async (row, { language }, context) =>
        language ? nameIn(language, row.name, await aliasesOf(context, row)) : row.name,
    }),
    summary: t.exposeString('summary', { nullable: true }),
    classes: t.expose('classes', { type: [WeaponClassEnum] }),
    delivery: t.expose('delivery', { type: [DeliveryPlatformEnum] }),
    rangeMinKm: t.exposeInt('rangeMinKm', { nullable: true }),
    rangeMaxKm: t.exposeInt('rangeMaxKm', { nullable: true }),
    aliases: t.field({
      type: [AliasRef],
      description: 'Alternative names, in order of preference. At most 50.',
      resolve: (row, _args, context) => aliasesOf(context, row),
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
  names: 'the usual name and all others',
});
