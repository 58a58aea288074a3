import { z } from 'zod';
import { slug, text } from '../input.js';
import { findReferences } from './lookup.js';
import { defineUpsert, given } from './upsert.js';

export const doctrineInput = z.strictObject({
  slug,
  name: text(300),
  summary: text(5_000).nullish(),
  actor: slug.nullish(),
});

export type DoctrineInput = z.input<typeof doctrineInput>;

/** Creates or updates a doctrine. */
export const upsertDoctrine = defineUpsert(
  'upsertDoctrine',
  doctrineInput,
  async (tx, { slug, actor, ...fields }) => {
    const refs = await findReferences(tx, { Actor: actor ? [actor] : [] });
    const actorId = actor ? refs.id('Actor', actor) : actor;
    const columns = given({ ...fields, actorId });
    return tx.doctrine.upsert({
      where: { slug },
      create: { slug, ...columns },
      update: columns,
      select: { id: true },
    });
  },
);
