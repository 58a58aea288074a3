import { z } from 'zod';
import type { Transaction } from '../../database/open.js';
import { ActorKind } from '../../generated/prisma/enums.js';
import { InvalidInputError } from '../errors.js';
import { countryCode, countryCode3, name, slug, text } from '../input.js';
import { nameVector } from '../search/vector.js';
import { findableActor, replaceKeys } from './named/keys.js';
import { otherNames, saveNames, wikidataId } from './named/other-names.js';
import { defineUpsert, given } from './upsert.js';

export const actorInput = z
  .strictObject({
    slug,
    kind: z.enum(ActorKind),
    name: name(300),
    description: text(2_000).nullish(),
    countryCode: countryCode.nullish(),
    countryCode3: countryCode3.nullish(),
    wikidataId: wikidataId.nullish(),
    names: otherNames(300).nullish(),
  })
  .refine(({ kind, countryCode3 }) => kind === 'STATE' || countryCode3 == null, {
    path: ['countryCode3'],
    error: 'Expected no alpha-3 code, because the actor is not a state.',
  });

export type ActorInput = z.input<typeof actorInput>;

/** Creates or updates an actor. `names` replaces all alternative names; the first of a language is preferred. */
export const upsertActor = defineUpsert('Actor', actorInput, async (tx, { slug, names, ...fields }) => {
  await refuseForeignCode(tx, slug, fields);
  const columns = { ...given(fields), nameWords: nameVector(fields.name) };
  const { id, ...actor } = await tx.actor.upsert({
    where: { slug },
    create: { slug, ...columns },
    update: columns,
    select: { id: true, kind: true, name: true, countryCode: true, countryCode3: true, wikidataId: true },
  });
  const others = await saveNames(tx, 'Actor', id, names);
  await replaceKeys(tx, id, findableActor({ ...actor, others }));
  return { id };
});

/** An alpha-3 code belongs to one state. An actor that stops being a state must clear its code. */
async function refuseForeignCode(
  tx: Transaction,
  slug: string,
  { kind, countryCode3 }: Pick<z.output<typeof actorInput>, 'kind' | 'countryCode3'>,
): Promise<void> {
  const at = (message: string) => InvalidInputError.at('countryCode3', message);
  if (countryCode3) {
    const holder = await tx.actor.findFirst({ where: { kind, countryCode3, slug: { not: slug } } });
    if (holder) throw at(`Expected an unused code; "${countryCode3}" belongs to "${holder.slug}".`);
  }
  if (countryCode3 === undefined && kind !== 'STATE') {
    const before = await tx.actor.findUnique({ where: { slug }, select: { countryCode3: true } });
    if (before?.countryCode3)
      throw at(`Expected null, because "${slug}" is no longer a state; it has "${before.countryCode3}".`);
  }
}
