import { z } from 'zod';
import { recordInputs } from '../../domain/development/content/input.js';
import { LinkRelation } from '../../domain/development/content/vocabulary.js';
import { slug, text } from '../../domain/input.js';
import { actorInput } from '../../domain/references/actor.js';
import { doctrineInput } from '../../domain/references/doctrine.js';
import { sourceInput } from '../../domain/references/source.js';
import { topicInput } from '../../domain/references/topic.js';
import { treatyInput } from '../../domain/references/treaty.js';
import { weaponSystemInput } from '../../domain/references/weapon-system.js';

const linkEnd = z.union([slug, z.strictObject({ dataset: text(100), id: text(300) })]);

/** A development by its slug, or by its id in a data set. */
export type LinkEnd = z.output<typeof linkEnd>;

/** The input of a link. */
export const linkRow = z.strictObject({
  from: linkEnd,
  to: linkEnd,
  relation: z.enum(LinkRelation),
  note: text(1_000).nullish(),
});

export type LinkFields = z.output<typeof linkRow>;

/** The domain's schemas by the `record:` of a mapping. */
export const INPUTS = {
  statement: recordInputs.STATEMENT,
  event: recordInputs.EVENT,
  'doctrine-change': recordInputs.DOCTRINE_CHANGE,
  actor: actorInput,
  treaty: treatyInput,
  'weapon-system': weaponSystemInput,
  doctrine: doctrineInput,
  source: sourceInput,
  topic: topicInput,
  link: linkRow,
} as const satisfies Readonly<Record<string, z.ZodType>>;
