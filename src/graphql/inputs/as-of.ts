import { type AsOf, positionAsOf } from '../../domain/as-of.js';
import type { At } from '../../domain/development/view.js';
import { builder } from '../builder.js';
import type { Context } from '../context.js';

const RevisionPointInput = builder.inputType('RevisionPoint', {
  description: 'A published revision of a development.',
  fields: (t) => ({
    slug: t.string({ required: true, description: 'The development.' }),
    number: t.int({ required: true, description: "The revision's number." }),
  }),
});

/** From where in time the record is looked at. */
export const AsOfInput = builder.inputType('AsOf', {
  description:
    'A point in the past of the public record: a moment, a place in the feed, or a revision. Drafts are not part of it. Developments are shown as they stood, with their citations, claims and links; who and what they refer to (actors, sources, topics, …) is shown as it is now.',
  isOneOf: true,
  fields: (t) => ({
    moment: t.field({
      type: 'DateTime',
      description:
        'What had been published at this instant: a change counts from `Revision.publishedAt` on, when its transaction ended. One that is yet to come stands for now.',
    }),
    cursor: t.field({
      type: 'Cursor',
      description:
        'What had been published up to this place in the feed: a cursor that feedHead or an item of the feed gave.',
    }),
    revision: t.field({
      type: RevisionPointInput,
      description:
        'The whole record as it stood right after this revision: to look at it from before a correction, name the revision before.',
    }),
  }),
});

/** The position that an `asOf` argument asks for; undefined: now. */
export const atOf = ({ db }: Context, asOf: AsOf | null | undefined): Promise<At> => positionAsOf(db, asOf);
