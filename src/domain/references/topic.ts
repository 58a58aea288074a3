import { z } from 'zod';
import { name, slug, text } from '../input.js';
import { nameVector } from '../search/vector.js';
import { findableTopic, replaceKeys } from './named/keys.js';
import { otherNames, saveNames, wikidataId } from './named/other-names.js';
import { defineUpsert, given } from './upsert.js';

export const topicInput = z.strictObject({
  slug,
  name: name(200),
  description: text(2_000).nullish(),
  wikidataId: wikidataId.nullish(),
  names: otherNames(200).nullish(),
});

export type TopicInput = z.input<typeof topicInput>;

/** Creates or updates a topic. `names` replaces all alternative names; the first of a language is preferred. */
export const upsertTopic = defineUpsert('Topic', topicInput, async (tx, { slug, names, ...fields }) => {
  const columns = { ...given(fields), nameWords: nameVector(fields.name) };
  const { id, ...topic } = await tx.topic.upsert({
    where: { slug },
    create: { slug, ...columns },
    update: columns,
    select: { id: true, name: true, wikidataId: true },
  });
  const others = await saveNames(tx, 'Topic', id, names);
  await replaceKeys(tx, id, findableTopic({ ...topic, others }));
  return { id };
});
