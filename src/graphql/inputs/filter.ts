import type { InputRef } from '@pothos/core';
import type { DevelopmentFilter } from '../../domain/filter/types.js';
import { builder } from '../builder.js';
import {
  ChangeTypeEnum,
  ConfidenceEnum,
  DevelopmentKindEnum,
  DevelopmentStatusEnum,
  EventTypeEnum,
  ParticipantRoleEnum,
} from '../types/enums.js';

const CertaintyEnum = builder.enumType('Certainty', {
  description: 'Whether a date as fuzzy as its evidence must lie in a range, or only can.',
  values: {
    CERTAIN: { description: 'Every day that it can be lies in the range.' },
    POSSIBLE: { description: 'At least one day that it can be lies in the range.' },
  },
});

const ParticipantFilter = builder.inputType('ParticipantFilter', {
  description: 'Developments in which an actor has a part.',
  fields: (t) => ({
    actor: t.string({ required: true, description: "The actor's slug, e.g. `vladimir-putin`." }),
    role: t.field({
      type: [ParticipantRoleEnum],
      description: 'In one of these roles; in any, where left out.',
    }),
  }),
});

const OccurredFilter = builder.inputType('OccurredFilter', {
  description: 'Developments that occurred in a range of time.',
  fields: (t) => ({
    within: t.string({
      required: true,
      description: 'The range, in EDTF: `2019`, `2019-08`, `2019-02-01/2019-08-02`, `2019/..`.',
    }),
    certainty: t.field({
      type: CertaintyEnum,
      defaultValue: 'POSSIBLE',
      description: 'What to make of dates that reach beyond the range.',
    }),
  }),
});

/** The one filter of lists, the timeline and subscriptions. */
export const DevelopmentFilterInput: InputRef<DevelopmentFilter> = builder
  .inputRef<DevelopmentFilter>('DevelopmentFilter')
  .implement({
    description:
      'Which developments are asked for. All conditions given must hold; a list holds if one of its values does. At most 100 parts, with all that stand in `and`, `or` and `not`, nested at most 16 deep. A slug that the record does not know is an error.',
    fields: (t) => ({
      kind: t.field({ type: [DevelopmentKindEnum], description: 'Of one of these kinds.' }),
      eventType: t.field({ type: [EventTypeEnum], description: 'Events of one of these types.' }),
      changeType: t.field({ type: [ChangeTypeEnum], description: 'Doctrine changes of one of these types.' }),
      participant: t.field({ type: ParticipantFilter, description: 'With this actor.' }),
      country: t.stringList({
        description:
          'With a participant that belongs to, or a place in, one of these countries: ISO 3166-1 alpha-2, e.g. `RU`.',
      }),
      topic: t.stringList({ description: 'Filed under one of these topics, by slug.' }),
      treaty: t.stringList({ description: 'About one of these treaties, by slug.' }),
      weaponSystem: t.stringList({ description: 'About one of these weapon systems, by slug.' }),
      doctrine: t.stringList({ description: 'About, or changing, one of these doctrines, by slug.' }),
      source: t.stringList({ description: 'Citing one of these sources, by slug.' }),
      restsOnlyOn: t.stringList({
        description: 'Citing one or more of these sources, by slug, and no other.',
      }),
      occurred: t.field({ type: OccurredFilter, description: 'By when it occurred.' }),
      recordedSince: t.field({
        type: 'DateTime',
        description: 'First written down at this instant or later.',
      }),
      minConfidence: t.field({ type: ConfidenceEnum, description: 'Of this confidence or a higher one.' }),
      disputed: t.boolean({ description: 'With (true) or without (false) claims that disagree.' }),
      status: t.field({
        type: [DevelopmentStatusEnum],
        description:
          'Lists hold PUBLISHED ones where no part of the filter has this. Drafts are shown to editors only.',
      }),
      text: t.string({
        description:
          'Full-text search, as in a search box: `missile test` (both words), `"missile test"` (as a phrase), `missile or rocket`, `-test` (without it), `missil*` (the beginning of a word of two letters or more). A word is found in the headline, the summary, the words said and their translation, in any English form (`missile` finds `missiles`) or as it is written, and in the names that participants, topics, treaties, weapon systems and doctrines have now, in any language; a word that more than 200 of them have is looked up in the 200 shortest names. Words such as `the` and `of` are passed over, unless there is nothing else: then they are looked for in names and in the words said in their original language. A blank text is no condition; one without letters and digits, such as `?`, finds nothing. Of a quotation or translation the first 60,000 characters are searched. At most 16 words and phrases and 1,000 characters; at most 100 words and phrases in one filter.',
      }),
      and: t.field({ type: [DevelopmentFilterInput], description: 'All of these hold as well.' }),
      or: t.field({ type: [DevelopmentFilterInput], description: 'At least one of these holds.' }),
      not: t.field({ type: DevelopmentFilterInput, description: 'This does not hold.' }),
    }),
  });
