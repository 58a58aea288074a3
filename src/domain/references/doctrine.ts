import { z } from 'zod';
import { name, slug, text } from '../input.js';
import { nameVector } from '../search/vector.js';
import { findReferences } from './lookup.js';
import { replaceKeys } from './named/keys.js';
import { defineUpsert, given } from './upsert.js';

export const doctrineInput = z.strictObject({
  slug,
  name: name(300),
  summary: text(5_000).nullish(),
  actor: slug.nullish(),
});

export type DoctrineInput = z.input<typeof doctrineInput>;

/** Creates or updates a doctrine. */
export const upsertDoctrine = defineUpsert(
  'Doctrine',
  doctrineInput,
  async (tx, { slug, actor, ...fields }) => {
    const refs = await findReferences(tx, { Actor: actor ? [actor] : [] });
    const actorId = actor ? refs.id('Actor', actor) : actor;
    const columns = { ...given({ ...fields, actorId }), nameWords: nameVector(fields.name) };
    const { id } = await tx.doctrine.upsert({
      where: { slug },
      create: { slug, ...columns },
      update: columns,
      select: { id: true },
    });
    await replaceKeys(tx, id, { owner: 'Doctrine', names: [fields.name] });
    return { id };
  },
);
