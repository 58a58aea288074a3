import { z } from 'zod';
import { slug, text } from '../input.js';
import { defineUpsert, given } from './upsert.js';

export const topicInput = z.strictObject({ slug, name: text(200), description: text(2_000).nullish() });

export type TopicInput = z.input<typeof topicInput>;

/** Creates or updates a topic. */
export const upsertTopic = defineUpsert('upsertTopic', topicInput, (tx, { slug, ...fields }) =>
  tx.topic.upsert({
    where: { slug },
    create: { slug, ...given(fields) },
    update: given(fields),
    select: { id: true },
  }),
);
