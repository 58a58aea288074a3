import { builder } from '../builder.js';
import { CLAIM_VALUE } from '../types/development/evidence.js';
import {
  ChangeTypeEnum,
  ConfidenceEnum,
  EventTypeEnum,
  ParticipantRoleEnum,
  PlacePrecisionEnum,
} from '../types/enums/development.js';
import { CitationStanceEnum, ClaimFieldEnum, ClaimRankEnum } from '../types/enums/evidence.js';

export type InputFields = PothosSchemaTypes.InputFieldBuilder<
  typeof builder.$inferSchemaTypes,
  'InputObject'
>;

const EDTF = 'in EDTF (ISO 8601-2 levels 0 and 1), e.g. `2019-08-02`, `2019-08~`, `2019?` or `../2019`';

/** The fields of every mutation's input. */
export const writeFields = (t: InputFields) => ({
  idempotencyKey: t.string({
    description:
      'Makes retries safe: a repeated request with the same key returns the first result. 1 to 200 characters, e.g. a UUID. Keys are separate for each token.',
  }),
});

/** The fields of every input that creates or changes an actor, a source or another reference. */
export const upsertFields = (t: InputFields) => ({
  reason: t.string({
    description: 'The reason for the change, which stands in the revision. At most 2,000 characters.',
  }),
  expectedRevision: t.int({
    description:
      'The revision you have seen, or 0 if the object must be new. If the object is at another one, the mutation returns RevisionConflictError.',
  }),
  ...writeFields(t),
});

/** The field of an ADMIN's acts that the review would refuse. */
export const overrideField = (t: InputFields) => ({
  overrideReview: t.boolean({
    description:
      'Skips the review that the record requires. Needs the role ADMIN and a `reason`, which the revision shows.',
  }),
});

/** The fields of every input that changes a development. */
export const changeFields = (t: InputFields) => ({
  slug: t.string({ required: true, description: 'The slug of the development to change.' }),
  reason: t.string({ description: 'The reason for the revision. At most 1,000 characters.' }),
  expectedRevision: t.int({
    description:
      'The revision you have seen. If there is a newer one, the mutation returns RevisionConflictError.',
  }),
  ...overrideField(t),
  ...writeFields(t),
});

const ParticipantInput = builder.inputType('ParticipantInput', {
  description: 'A participant of a development.',
  fields: (t) => ({
    actor: t.string({ required: true, description: 'The slug of the actor.' }),
    role: t.field({ type: ParticipantRoleEnum, required: true, description: 'The role of the actor.' }),
    capacity: t.string({
      description:
        'The office the actor held at the time, e.g. `Deputy Foreign Minister`. At most 200 characters.',
    }),
  }),
});

const ClaimInput = builder.inputType('ClaimInput', {
  description: 'The value of a field according to a citation.',
  fields: (t) => ({
    field: t.field({
      type: ClaimFieldEnum,
      required: true,
      description: 'The field that the claim is about.',
    }),
    value: t.field({ type: 'JSON', required: true, description: CLAIM_VALUE }),
    rank: t.field({
      type: ClaimRankEnum,
      description:
        "The rank of the claim, NORMAL by default. At most one claim about a field can be PREFERRED: it sets the development's own value.",
    }),
    note: t.string({ description: 'A remark about the claim. At most 1,000 characters.' }),
  }),
});

/** The fields of a citation, in a development's list and in addCitation. */
export const citationFields = (t: InputFields) => ({
  source: t.string({ required: true, description: 'The slug of the source.' }),
  locator: t.string({
    description: 'The location within the source, e.g. page, paragraph or minute. At most 200 characters.',
  }),
  excerpt: t.string({ description: 'The relevant words of the source. At most 1,000 characters.' }),
  language: t.string({ description: 'The language of the excerpt (BCP 47), e.g. `en`.' }),
  stance: t.field({
    type: CitationStanceEnum,
    description: 'Whether the source supports or disputes the development. SUPPORTS by default.',
  }),
  credibility: t.int({
    description:
      'The credibility of the item in the Admiralty code: 1 (confirmed) to 5 (improbable), or 6 (cannot be judged). 6 by default.',
  }),
  claims: t.field({
    type: [ClaimInput],
    description: 'The claims it makes about the fields of the development. At most 50.',
  }),
});

const CitationInput = builder.inputType('CitationInput', {
  description: 'A citation of a source.',
  fields: citationFields,
});

const PlaceInput = builder.inputType('PlaceInput', {
  description: 'A place of an event.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'The usual name. At most 200 characters.' }),
    countryCode: t.string({ description: 'The country code in ISO 3166-1 alpha-2, e.g. `RU`.' }),
    latitude: t.float({ description: 'The latitude in degrees north (WGS 84). Requires `longitude`.' }),
    longitude: t.float({ description: 'The longitude in degrees east (WGS 84). Requires `latitude`.' }),
    precision: t.field({
      type: PlacePrecisionEnum,
      required: true,
      description: 'The precision of the place.',
    }),
  }),
});

const QuantityInput = builder.inputType('QuantityInput', {
  description: 'A number reported for an event. The values that are set must satisfy low ≤ best ≤ high.',
  fields: (t) => ({
    name: t.string({
      required: true,
      description: 'The name of what is counted or measured, e.g. `missiles`.',
    }),
    unit: t.string({ description: 'The unit, e.g. `km`. Omit it for counts.' }),
    low: t.float({
      description: 'The lowest value that the evidence supports. Between -10^15 and 10^15.',
    }),
    best: t.float({ description: 'The best estimate. Between -10^15 and 10^15.' }),
    high: t.float({
      description: 'The highest value that the evidence supports. Between -10^15 and 10^15.',
    }),
  }),
});

/** The fields of every kind of development. Those that a new one needs are `required` to record it. */
export const developmentFields = <Required extends boolean>(t: InputFields, required: Required) => ({
  headline: t.string({ required, description: 'A one-sentence headline. 1 to 300 characters.' }),
  summary: t.string({
    description: 'A summary of a few sentences. At most 5,000 characters. An empty text is none.',
  }),
  occurred: t.string({ required, description: `The date of the event, statement or change, ${EDTF}.` }),
  confidence: t.field({
    type: ConfidenceEnum,
    description:
      'The confidence, if it differs from the one derived from the citations. Null restores the derived confidence.',
  }),
  confidenceReason: t.string({
    description:
      'Why the confidence differs from the derived one. Required if it does. At most 1,000 characters.',
  }),
  participants: t.field({ type: [ParticipantInput], description: 'The participants. At most 100.' }),
  topics: t.stringList({ description: 'The slugs of its topics. At most 100.' }),
  treaties: t.stringList({ description: 'The slugs of the treaties it concerns. At most 50.' }),
  weaponSystems: t.stringList({ description: 'The slugs of the weapon systems it concerns. At most 50.' }),
  doctrines: t.stringList({ description: 'The slugs of the doctrines it concerns. At most 50.' }),
  citations: t.field({
    type: [CitationInput],
    description:
      'The citations and their claims. At most 100. Replaces the existing ones; a citation that stays the same keeps its id. A published development needs at least one.',
  }),
});

export const eventFields = <Required extends boolean>(t: InputFields, required: Required) => ({
  type: t.field({ type: EventTypeEnum, required, description: 'The type of the event.' }),
  places: t.field({ type: [PlaceInput], description: 'The places of the event. At most 50.' }),
  quantities: t.field({ type: [QuantityInput], description: 'The quantities of the event. At most 50.' }),
});

export const statementFields = (t: InputFields) => ({
  attribution: t.string({
    description: 'The attribution if no speaker is named, e.g. `unnamed analysts`. At most 300 characters.',
  }),
  setting: t.string({ description: 'The place or occasion. At most 300 characters.' }),
  originalLanguage: t.string({ description: 'The original language (BCP 47), e.g. `ru`.' }),
  originalScript: t.string({ description: 'The script of the original words (ISO 15924), e.g. `Cyrl`.' }),
  quotation: t.string({
    description: 'The quoted words in the original language, verbatim. At most 100,000 characters.',
  }),
  translation: t.string({
    description: 'The English translation of the quoted words. At most 100,000 characters.',
  }),
  translator: t.string({
    description: 'The translator: a person, an agency or a program. At most 300 characters.',
  }),
});

export const doctrineChangeFields = <Required extends boolean>(t: InputFields, required: Required) => ({
  doctrine: t.string({ required, description: 'The slug of the doctrine that changes.' }),
  changeType: t.field({ type: ChangeTypeEnum, required, description: 'The type of the change.' }),
  before: t.string({ description: 'The policy before the change. At most 5,000 characters.' }),
  after: t.string({ description: 'The policy after the change. At most 5,000 characters.' }),
  effective: t.string({ description: `The date on which the change takes effect, ${EDTF}.` }),
});

/** The fields of inputs that record a development. */
export const recordFields = (t: InputFields) => ({
  slug: t.string({
    description:
      'The readable key: lower-case words and digits joined by hyphens, at most 120 characters. Generated from the headline in Latin letters by default; `development-` and a number if it has no letters.',
  }),
  publish: t.boolean({
    defaultValue: false,
    description: 'Publish the development immediately. Otherwise it is a draft.',
  }),
  reason: t.string({ description: 'The reason for the first revision. At most 1,000 characters.' }),
  ...overrideField(t),
  ...writeFields(t),
});
