import { type AsOf, positionAsOf } from '../../domain/as-of.js';
import type { At } from '../../domain/development/read/view.js';
import { builder } from '../builder.js';
import type { Context } from '../context.js';
import { AS_OF_COST, inputPriced, onlyPoints } from '../cost.js';

const RevisionPointInput = builder.inputType('RevisionPoint', {
  description: 'A published revision of a development.',
  fields: (t) => ({
    slug: t.string({ required: true, description: 'The slug of the development.' }),
    number: t.int({ required: true, description: 'The number of the revision.' }),
  }),
});

export const AsOfInput = builder.inputType('AsOf', {
  ...inputPriced(() => onlyPoints(AS_OF_COST)),
  description:
    'A point in the past of the public record: a moment, a feed cursor or a revision. Drafts are not included. Developments are returned as they were, with their citations, claims and links, and so are the actors, sources, topics and other objects they refer to. Filters and searches use present names and countries.',
  isOneOf: true,
  fields: (t) => ({
    moment: t.field({
      type: 'DateTime',
      description:
        'The record as published at this instant. A change counts from its `Revision.publishedAt`. A future instant means now.',
    }),
    cursor: t.field({
      type: 'Cursor',
      description: 'The record up to this feed cursor, from `feedHead` or an item of the feed.',
    }),
    revision: t.field({
      type: RevisionPointInput,
      description:
        'The whole record just after this revision. To see the state before a correction, pass the preceding revision.',
    }),
  }),
});

/** Returns the feed position that an `asOf` argument selects; undefined means now. */
export const atOf = ({ db }: Context, asOf: AsOf | null | undefined): Promise<At> => positionAsOf(db, asOf);
