import { z } from 'zod';
import { name, slug, text } from '../input.js';
import { nameVector } from '../search/vector.js';
import { replaceKeys } from './named/keys.js';
import { defineUpsert, given } from './upsert.js';

export const topicInput = z.strictObject({ slug, name: name(200), description: text(2_000).nullish() });

export type TopicInput = z.input<typeof topicInput>;

/** Creates or updates a topic. */
export const upsertTopic = defineUpsert('Topic', topicInput, async (tx, { slug, ...fields }) => {
  const columns = { ...given(fields), nameWords: nameVector(fields.name) };
  const { id, name } = await tx.topic.upsert({
    where: { slug },
    create: { slug, ...columns },
    update: columns,
    select: { id: true, name: true },
  });
  await replaceKeys(tx, id, { owner: 'Topic', name });
  return { id };
});
