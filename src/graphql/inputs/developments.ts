import { builder } from '../builder.js';
import {
  ChangeTypeEnum,
  CitationStanceEnum,
  ClaimFieldEnum,
  ClaimRankEnum,
  ConfidenceEnum,
  EventTypeEnum,
  ParticipantRoleEnum,
  PlacePrecisionEnum,
} from '../types/enums.js';
import { CLAIM_VALUE } from '../types/evidence.js';

export type InputFields = PothosSchemaTypes.InputFieldBuilder<
  typeof builder.$inferSchemaTypes,
  'InputObject'
>;

const EDTF = 'in EDTF (ISO 8601-2 levels 0 and 1): `2019-08-02`, `2019-08~`, `2019?`, `../2019`';

/** What every write takes. */
export const writeFields = (t: InputFields) => ({
  idempotencyKey: t.string({
    description:
      'Makes the same request, sent again with the same key, return what the first came to; 1 to 200 characters, e.g. a UUID.',
  }),
});

/** What every change to a development takes. */
export const changeFields = (t: InputFields) => ({
  slug: t.string({ required: true, description: 'The development to change.' }),
  reason: t.string({ description: 'Why, for the revision; at most 1,000 characters.' }),
  expectedRevision: t.int({
    description: 'The revision that you have seen: the change is refused if there is a newer one.',
  }),
  ...writeFields(t),
});

const ParticipantInput = builder.inputType('ParticipantInput', {
  description: 'An actor with a part in a development.',
  fields: (t) => ({
    actor: t.string({ required: true, description: "The actor's slug." }),
    role: t.field({ type: ParticipantRoleEnum, required: true, description: 'What the actor does in it.' }),
    capacity: t.string({
      description: 'The office held at that date, e.g. `Deputy Foreign Minister`; at most 200 characters.',
    }),
  }),
});

const ClaimInput = builder.inputType('ClaimInput', {
  description: "One field's value according to a citation.",
  fields: (t) => ({
    field: t.field({ type: ClaimFieldEnum, required: true, description: 'The field that it is about.' }),
    value: t.field({ type: 'JSON', required: true, description: CLAIM_VALUE }),
    rank: t.field({
      type: ClaimRankEnum,
      description:
        "How it stands; NORMAL, where left out. One claim on a field can be PREFERRED: the development's own value is that claim's.",
    }),
    note: t.string({ description: 'What there is to say about it; at most 1,000 characters.' }),
  }),
});

/** A citation's fields, for a development's list of citations and for addCitation. */
export const citationFields = (t: InputFields) => ({
  source: t.string({ required: true, description: "The source's slug." }),
  locator: t.string({
    description: 'Where in the source: page, paragraph, minute; at most 200 characters.',
  }),
  excerpt: t.string({ description: 'The words that matter; at most 1,000 characters.' }),
  language: t.string({ description: "The excerpt's language, e.g. `en` (BCP 47)." }),
  stance: t.field({
    type: CitationStanceEnum,
    description: 'Whether it bears the development out; SUPPORTS, where left out.',
  }),
  credibility: t.int({
    description:
      'Credibility of the item, Admiralty code: 1 confirmed to 5 improbable; 6, cannot be judged, where left out.',
  }),
  claims: t.field({
    type: [ClaimInput],
    description: "What it claims about the development's fields; at most 50.",
  }),
});

const CitationInput = builder.inputType('CitationInput', {
  description: 'Where a source speaks of the development.',
  fields: citationFields,
});

const PlaceInput = builder.inputType('PlaceInput', {
  description: 'Where something happened.',
  fields: (t) => ({
    name: t.string({ required: true, description: "The place's usual name; at most 200 characters." }),
    countryCode: t.string({ description: 'ISO 3166-1 alpha-2, e.g. `RU`.' }),
    latitude: t.float({ description: 'Degrees north, WGS 84; together with longitude.' }),
    longitude: t.float({ description: 'Degrees east, WGS 84; together with latitude.' }),
    precision: t.field({ type: PlacePrecisionEnum, required: true, description: 'How well it is known.' }),
  }),
});

const QuantityInput = builder.inputType('QuantityInput', {
  description: 'A number that an event is about: low ≤ best ≤ high, each where known.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'What is counted or measured, e.g. `missiles`.' }),
    unit: t.string({ description: 'The unit, e.g. `km`; left out for plain counts.' }),
    low: t.float({ description: 'The lowest value that the evidence allows; at most 10^15 either way.' }),
    best: t.float({ description: 'The best estimate.' }),
    high: t.float({ description: 'The highest value that the evidence allows.' }),
  }),
});

/** The fields of every kind of development; `required` when it is recorded, none when it is revised. */
export const developmentFields = <Required extends boolean>(t: InputFields, required: Required) => ({
  headline: t.string({ required, description: 'One sentence that says what happened; 1 to 300 characters.' }),
  summary: t.string({ description: 'A few sentences in your own words; at most 5,000 characters.' }),
  occurred: t.string({ required, description: `When it happened, was said or was changed, ${EDTF}.` }),
  confidence: t.field({
    type: ConfidenceEnum,
    description:
      'The confidence that it is as described, where it is another than the one derived from the citations; null goes back to that one.',
  }),
  confidenceReason: t.string({
    description:
      'Why the confidence is another than the derived one, which asks for it; at most 1,000 characters.',
  }),
  participants: t.field({ type: [ParticipantInput], description: 'Who had a part in it; at most 100.' }),
  topics: t.stringList({ description: 'Slugs of the topics that it belongs under; at most 100.' }),
  treaties: t.stringList({ description: 'Slugs of the treaties that it is about; at most 50.' }),
  weaponSystems: t.stringList({ description: 'Slugs of the weapon systems that it is about; at most 50.' }),
  doctrines: t.stringList({ description: 'Slugs of the doctrines that it is about; at most 50.' }),
  citations: t.field({
    type: [CitationInput],
    description:
      'Where sources speak of it; at most 100. Replaces all its citations and their claims; one that stays the same keeps its id. A published development needs one.',
  }),
});

export const eventFields = <Required extends boolean>(t: InputFields, required: Required) => ({
  type: t.field({ type: EventTypeEnum, required, description: 'What kind of event it is.' }),
  places: t.field({ type: [PlaceInput], description: 'Where it happened; at most 50.' }),
  quantities: t.field({ type: [QuantityInput], description: 'The numbers that it is about; at most 50.' }),
});

export const statementFields = (t: InputFields) => ({
  attribution: t.string({
    description: 'Who is said to have spoken where no person is named; at most 300 characters.',
  }),
  setting: t.string({ description: 'Where or on what occasion; at most 300 characters.' }),
  originalLanguage: t.string({ description: 'The language of the original words, e.g. `ru` (BCP 47).' }),
  originalScript: t.string({ description: 'The script of the original words: ISO 15924, e.g. `Cyrl`.' }),
  quotation: t.string({
    description: 'The words quoted, in the original language; at most 100,000 characters.',
  }),
  translation: t.string({ description: 'The quoted words in English; at most 100,000 characters.' }),
  translator: t.string({
    description: 'Who translated them, where there is a translation; at most 300 characters.',
  }),
});

export const doctrineChangeFields = <Required extends boolean>(t: InputFields, required: Required) => ({
  doctrine: t.string({ required, description: 'The slug of the doctrine that is changed.' }),
  changeType: t.field({ type: ChangeTypeEnum, required, description: 'What happens to it.' }),
  before: t.string({ description: 'What held before; at most 5,000 characters.' }),
  after: t.string({ description: 'What holds after; at most 5,000 characters.' }),
  effective: t.string({ description: `From when it is in effect, ${EDTF}.` }),
});

/** What only recording takes. */
export const recordFields = (t: InputFields) => ({
  slug: t.string({
    description:
      'Its readable key: lower-case words and digits joined by hyphens, at most 120 characters; made from the headline, where left out.',
  }),
  publish: t.boolean({ defaultValue: false, description: 'Publish it at once; otherwise it stays a draft.' }),
  reason: t.string({ description: 'Why, for the first revision; at most 1,000 characters.' }),
  ...writeFields(t),
});
