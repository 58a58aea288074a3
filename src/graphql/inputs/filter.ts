import type { InputRef } from '@pothos/core';
import type { DevelopmentFilter } from '../../domain/filter/types.js';
import { builder } from '../builder.js';
import { inputPriced } from '../cost.js';
import { priceOfFilter } from '../filter-cost.js';
import {
  ChangeTypeEnum,
  ConfidenceEnum,
  DevelopmentKindEnum,
  DevelopmentStatusEnum,
  EventTypeEnum,
  ParticipantRoleEnum,
} from '../types/enums/development.js';

const CertaintyEnum = builder.enumType('Certainty', {
  description: 'How to compare an imprecise date with a range.',
  values: {
    CERTAIN: { description: 'Every day from `earliest` to `latest` of the date is within the range.' },
    POSSIBLE: {
      description: 'At least one day from `earliest` to `latest` of the date is within the range.',
    },
  },
});

const ParticipantFilter = builder.inputType('ParticipantFilter', {
  description: 'Selects developments by participant.',
  fields: (t) => ({
    actor: t.string({ required: true, description: 'The slug of the actor, e.g. `vladimir-putin`.' }),
    role: t.field({
      type: [ParticipantRoleEnum],
      description: 'The actor has one of these roles. Any role by default.',
    }),
  }),
});

const OccurredFilter = builder.inputType('OccurredFilter', {
  description: 'Selects developments by date.',
  fields: (t) => ({
    within: t.string({
      required: true,
      description:
        'The range in EDTF, e.g. `2019`, `2019-08`, `2019-02-01/2019-08-02` or `2019/..`. Compared by days, even if it names times.',
    }),
    certainty: t.field({
      type: CertaintyEnum,
      defaultValue: 'POSSIBLE',
      description: 'How to treat dates that are partly outside the range.',
    }),
  }),
});

const ExternalIdFilter = builder.inputType('ExternalIdFilter', {
  description: 'The id of a development in a data set that it was imported from.',
  fields: (t) => ({
    dataset: t.string({ required: true, description: 'The name of the data set, as in its import mapping.' }),
    id: t.string({ required: true, description: 'The id within the data set, verbatim.' }),
  }),
});

const SEARCH_SYNTAX = `Matches a full-text search: \`missile test\` (both words), \`"missile test"\` (the phrase), \`missile or rocket\` (either word), \`-test\` or \`NOT test\` (without the word), \`missil*\` (words with this prefix of at least two letters).

Searches the headline, summary, quotation and translation; the names of places, the locators of citations and the ids in other data sets; and the current names of participants, topics, treaties, weapon systems and doctrines. Words match in all forms of their language: \`missile\` finds \`missiles\`, \`ракета\` finds \`ракеты\`. Case, accents and apostrophes do not matter. Designations and numbers match however they are written: \`Hwasong 15\` finds \`Hwasong-15\`, \`Tu-95\` finds \`Tu-95MS\`, \`5500 km\` finds \`5,500 km\`. So do compounds (\`cease fire\`, \`ceasefire\`) and abbreviations (\`US\`, \`U.S.\`). If more than 200 objects have a word in their names, the 200 shortest names are used.

Stop words such as \`the\` are ignored, unless the text has no others. A blank text matches everything; a text without letters and digits, such as \`?\`, matches nothing. Only the first 60,000 characters of a quotation or translation are searched. At most 16 words and phrases and 1,000 characters; at most 100 words and phrases in one filter.`;

/** The filter of lists, facets, the timeline and subscriptions. */
export const DevelopmentFilterInput: InputRef<DevelopmentFilter> = builder
  .inputRef<DevelopmentFilter>('DevelopmentFilter')
  .implement({
    ...inputPriced(priceOfFilter),
    description:
      'Selects developments. All fields that are set must match; a list matches if one of its values does. A filter has at most 100 parts, including those in `and`, `or` and `not`, nested at most 16 deep. An empty list sets no condition, and an empty filter in `not` excludes nothing. A list finds nothing by an unknown slug, and `extensions.warnings` names it. A subscription is refused.',
    fields: (t) => ({
      kind: t.field({ type: [DevelopmentKindEnum], description: 'Is of one of these kinds.' }),
      eventType: t.field({ type: [EventTypeEnum], description: 'Is an event of one of these types.' }),
      changeType: t.field({
        type: [ChangeTypeEnum],
        description: 'Is a doctrine change of one of these types.',
      }),
      participant: t.field({ type: ParticipantFilter, description: 'Has this participant.' }),
      country: t.stringList({
        description:
          'Has a participant from, or a place in, one of these countries. ISO 3166-1 alpha-2 codes, e.g. `RU`.',
      }),
      topic: t.stringList({ description: 'Has one of these topics (slugs).' }),
      treaty: t.stringList({ description: 'Concerns one of these treaties (slugs).' }),
      weaponSystem: t.stringList({ description: 'Concerns one of these weapon systems (slugs).' }),
      doctrine: t.stringList({ description: 'Concerns or changes one of these doctrines (slugs).' }),
      source: t.stringList({ description: 'Cites one of these sources (slugs).' }),
      restsOnlyOn: t.stringList({
        description: 'Cites at least one of these sources (slugs), and no others.',
      }),
      occurred: t.field({ type: OccurredFilter, description: 'Has a date within a range.' }),
      recordedSince: t.field({
        type: 'DateTime',
        description: 'Was first recorded at this instant or later.',
      }),
      publishedSince: t.field({
        type: 'DateTime',
        description: 'Was first published at this instant or later: see `Development.publishedAt`.',
      }),
      publishedBefore: t.field({
        type: 'DateTime',
        description: 'Was first published before this instant.',
      }),
      changedSince: t.field({
        type: 'DateTime',
        description: 'Was last changed at this instant or later: see `Development.changedAt`.',
      }),
      changedBefore: t.field({ type: 'DateTime', description: 'Was last changed before this instant.' }),
      externalId: t.field({
        type: ExternalIdFilter,
        description: 'Was imported under this id of another data set. At most one development has it.',
      }),
      minConfidence: t.field({
        type: ConfidenceEnum,
        description: 'Has at least this confidence.',
      }),
      disputed: t.boolean({
        description: 'Is disputed (true) or not disputed (false): see `Development.disputed`.',
      }),
      status: t.field({
        type: [DevelopmentStatusEnum],
        description:
          'Has one of these statuses. Only PUBLISHED by default, unless any part of the filter sets this field. Only editors see drafts.',
      }),
      text: t.string({ description: SEARCH_SYNTAX }),
      and: t.field({ type: [DevelopmentFilterInput], description: 'Matches all of these filters.' }),
      or: t.field({ type: [DevelopmentFilterInput], description: 'Matches at least one of these filters.' }),
      not: t.field({ type: DevelopmentFilterInput, description: 'Does not match this filter.' }),
    }),
  });
