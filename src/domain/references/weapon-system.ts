import { z } from 'zod';
import type { Transaction } from '../../database/open.js';
import { DeliveryPlatform, WeaponClass } from '../../generated/prisma/enums.js';
import { InvalidInputError } from '../errors.js';
import { language, listOf, name, slug, text } from '../input.js';
import { nameVector } from '../search/vector.js';
import { findReferences } from './lookup.js';
import { replaceKeys } from './named/keys.js';
import { defineUpsert, given } from './upsert.js';

const kilometres = z.int('Expected whole kilometres.').min(0).max(50_000);

export const weaponSystemInput = z.strictObject({
  slug,
  name: name(300),
  summary: text(5_000).nullish(),
  classes: listOf(z.enum(WeaponClass), 10).nullish(),
  delivery: listOf(z.enum(DeliveryPlatform), 10).nullish(),
  rangeMinKm: kilometres.nullish(),
  rangeMaxKm: kilometres.nullish(),
  aliases: listOf(
    z.strictObject({
      name: name(300),
      language: language.nullish(),
      note: text(1_000).nullish(),
      source: slug.nullish(),
    }),
    50,
  ).nullish(),
});

export type WeaponSystemInput = z.input<typeof weaponSystemInput>;

/** Creates or updates a weapon system. `aliases` replaces the existing ones. */
export const upsertWeaponSystem = defineUpsert(
  'WeaponSystem',
  weaponSystemInput,
  async (tx, { slug, aliases, classes, delivery, ...fields }) => {
    const refs = await findReferences(tx, {
      Source: (aliases ?? []).flatMap(({ source }) => (source ? [source] : [])),
    });
    await refuseEmptyRange(tx, slug, fields);
    const lists = given({
      nameWords: nameVector(fields.name),
      classes: classes === null ? [] : classes,
      delivery: delivery === null ? [] : delivery,
    });
    const { id } = await tx.weaponSystem.upsert({
      where: { slug },
      create: {
        slug,
        ...given(fields),
        nameWords: nameVector(fields.name),
        classes: classes ?? [],
        delivery: delivery ?? [],
      },
      update: { ...given(fields), ...lists },
      select: { id: true },
    });
    if (aliases !== undefined) {
      await tx.weaponSystemAlias.deleteMany({ where: { weaponSystemId: id } });
      await tx.weaponSystemAlias.createMany({
        data: (aliases ?? []).map(({ name, language, note, source }, ordinal) => ({
          weaponSystemId: id,
          name,
          nameWords: nameVector(name, language),
          language: language ?? '',
          ordinal,
          note: note ?? null,
          sourceId: source ? refs.id('Source', source) : null,
        })),
        skipDuplicates: true,
      });
    }
    const others = await tx.weaponSystemAlias.findMany({
      where: { weaponSystemId: id },
      select: { name: true },
    });
    const names = [fields.name, ...others.map(({ name }) => name)];
    await replaceKeys(tx, id, { owner: 'WeaponSystem', names });
    return { id };
  },
);

/** Either bound can be omitted; then the stored one counts. */
async function refuseEmptyRange(
  tx: Transaction,
  slug: string,
  fields: Pick<z.output<typeof weaponSystemInput>, 'rangeMinKm' | 'rangeMaxKm'>,
): Promise<void> {
  if (fields.rangeMinKm == null && fields.rangeMaxKm == null) return;
  const select = { rangeMinKm: true, rangeMaxKm: true };
  const before = await tx.weaponSystem.findUnique({ where: { slug }, select });
  const { rangeMinKm: min, rangeMaxKm: max } = {
    rangeMinKm: null,
    rangeMaxKm: null,
    ...before,
    ...given(fields),
  };
  if (min !== null && max !== null && min > max) {
    throw InvalidInputError.at('rangeMaxKm', `Expected rangeMinKm ≤ rangeMaxKm; got ${min} and ${max}.`);
  }
}
