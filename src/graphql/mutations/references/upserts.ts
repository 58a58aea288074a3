import { upsertActor } from '../../../domain/references/actor.js';
import { upsertDoctrine } from '../../../domain/references/doctrine.js';
import { upsertSource } from '../../../domain/references/source.js';
import { upsertTopic } from '../../../domain/references/topic.js';
import { upsertTreaty } from '../../../domain/references/treaty.js';
import { upsertWeaponSystem } from '../../../domain/references/weapon-system.js';
import { builder } from '../../builder.js';
import { ERRORS } from '../../errors/groups.js';
import { upsertFields } from '../../inputs/development.js';
import { SourceReliabilityEnum } from '../../types/enums/evidence.js';
import {
  ActorKindEnum,
  DeliveryPlatformEnum,
  TreatyStateEnum,
  WeaponClassEnum,
} from '../../types/enums/references.js';
import { ActorRef } from '../../types/references/actor.js';
import { DoctrineRef } from '../../types/references/doctrine.js';
import { SourceRef } from '../../types/references/source.js';
import { TopicRef } from '../../types/references/topic.js';
import { TreatyRef } from '../../types/references/treaty.js';
import { WeaponSystemRef } from '../../types/references/weapon-system.js';
import { addUpsertMutation } from './define-upsert.js';
import { regradedField } from './regraded.js';

const PATCH = 'Omitted fields keep their values. Null clears a field.';

const AlternativeNameInput = builder.inputType('AlternativeNameInput', {
  description: 'An alternative name of an actor or topic, or an alternative title of a source.',
  fields: (t) => ({
    name: t.string({
      required: true,
      description:
        'The name, verbatim. At most 300 characters for an actor, 200 for a topic, 500 for a source.',
    }),
    language: t.string({ description: 'The language of the name (BCP 47), e.g. `uk`.' }),
  }),
});

const TreatyStatusInput = builder.inputType('TreatyStatusInput', {
  description: 'A legal state of a treaty, and the date it began.',
  fields: (t) => ({
    state: t.field({ type: TreatyStateEnum, required: true, description: 'The legal state.' }),
    since: t.string({ required: true, description: 'The date on which the state began, in EDTF.' }),
    note: t.string({ description: 'The act or reason behind the state. At most 1,000 characters.' }),
  }),
});

const WeaponSystemAliasInput = builder.inputType('WeaponSystemAliasInput', {
  description: 'An alternative name of a weapon system.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'The name, verbatim. At most 300 characters.' }),
    language: t.string({ description: 'The language of the name (BCP 47), e.g. `ru`.' }),
    note: t.string({ description: 'A remark about the name. At most 1,000 characters.' }),
    source: t.string({ description: 'The slug of a source that uses the name.' }),
  }),
});

const UpsertActorInput = builder.inputType('UpsertActorInput', {
  description: `An actor to create or update. ${PATCH}`,
  fields: (t) => ({
    slug: t.string({ required: true, description: 'The readable key, e.g. `sergei-ryabkov`.' }),
    kind: t.field({ type: ActorKindEnum, required: true, description: 'The kind of the actor.' }),
    name: t.string({ required: true, description: 'The usual name, trimmed. At most 300 characters.' }),
    description: t.string({ description: 'A description of the actor. At most 2,000 characters.' }),
    countryCode: t.string({
      description:
        'The country code in ISO 3166-1 alpha-2: of the state itself, or of the country the actor belongs to. Former codes such as `SU`, and `XK`, are allowed.',
    }),
    countryCode3: t.string({ description: 'The country code in ISO 3166-1 alpha-3. Only for states.' }),
    wikidataId: t.string({ description: 'The Wikidata item, e.g. `Q159`.' }),
    names: t.field({
      type: [AlternativeNameInput],
      description:
        'Alternative names and names in other languages. The first of a language is preferred. Replaces the existing ones. At most 100.',
    }),
    ...upsertFields(t),
  }),
});

const UpsertSourceInput = builder.inputType('UpsertSourceInput', {
  description: `A source to create or update. ${PATCH}`,
  fields: (t) => ({
    slug: t.string({ required: true, description: 'The readable key, e.g. `putin-address-2019-02-20`.' }),
    title: t.string({
      required: true,
      description: 'The title of the document, trimmed. At most 500 characters.',
    }),
    publisher: t.string({ description: 'The publisher. At most 300 characters.' }),
    url: t.string({
      description:
        'The http or https URL of the document: a single one, without blanks and passwords. At most 2,000 characters.',
    }),
    language: t.string({ description: 'The language of the document (BCP 47), e.g. `en`.' }),
    reliability: t.field({
      type: SourceReliabilityEnum,
      description: 'The reliability in the Admiralty code, A to F. F (cannot be judged) if it was never set.',
    }),
    published: t.string({ description: 'The date of publication, in EDTF.' }),
    retrievedAt: t.field({
      type: 'DateTime',
      description: 'The time at which the document was retrieved.',
    }),
    wikidataId: t.string({ description: 'The Wikidata item of the document, e.g. `Q1234567`.' }),
    names: t.field({
      type: [AlternativeNameInput],
      description:
        'Alternative titles and titles in other languages. The first of a language is preferred. Replaces the existing ones. At most 100.',
    }),
    ...upsertFields(t),
  }),
});

const UpsertTreatyInput = builder.inputType('UpsertTreatyInput', {
  description: `A treaty to create or update. ${PATCH}`,
  fields: (t) => ({
    slug: t.string({ required: true, description: 'The readable key, e.g. `inf`.' }),
    name: t.string({ required: true, description: 'The full name. At most 300 characters.' }),
    abbreviation: t.string({ description: 'The usual short name. At most 50 characters.' }),
    summary: t.string({ description: 'A summary of the treaty. At most 5,000 characters.' }),
    parties: t.stringList({
      description: 'The slugs of the parties. Replaces the existing ones. At most 300.',
    }),
    states: t.field({
      type: [TreatyStatusInput],
      description: 'The legal states over time. Replaces the existing ones. At most 50.',
    }),
    ...upsertFields(t),
  }),
});

const UpsertWeaponSystemInput = builder.inputType('UpsertWeaponSystemInput', {
  description: `A weapon system to create or update. ${PATCH}`,
  fields: (t) => ({
    slug: t.string({ required: true, description: 'The readable key.' }),
    name: t.string({ required: true, description: 'The usual name, trimmed. At most 300 characters.' }),
    summary: t.string({ description: 'A summary of the weapon system. At most 5,000 characters.' }),
    classes: t.field({ type: [WeaponClassEnum], description: 'The classes of weapon it belongs to.' }),
    delivery: t.field({ type: [DeliveryPlatformEnum], description: 'The platforms it is launched from.' }),
    rangeMinKm: t.int({ description: 'The shortest range in kilometres, 0 to 50,000.' }),
    rangeMaxKm: t.int({ description: 'The longest range in kilometres, 0 to 50,000.' }),
    aliases: t.field({
      type: [WeaponSystemAliasInput],
      description:
        'Alternative names. The first of a language is preferred. Replaces the existing ones. At most 50.',
    }),
    ...upsertFields(t),
  }),
});

const UpsertDoctrineInput = builder.inputType('UpsertDoctrineInput', {
  description: `A doctrine to create or update. ${PATCH}`,
  fields: (t) => ({
    slug: t.string({ required: true, description: 'The readable key.' }),
    name: t.string({ required: true, description: 'The name. At most 300 characters.' }),
    summary: t.string({ description: 'A summary of the doctrine. At most 5,000 characters.' }),
    actor: t.string({ description: 'The slug of the actor whose doctrine it is.' }),
    ...upsertFields(t),
  }),
});

const UpsertTopicInput = builder.inputType('UpsertTopicInput', {
  description: `A topic to create or update. ${PATCH}`,
  fields: (t) => ({
    slug: t.string({ required: true, description: 'The readable key.' }),
    name: t.string({ required: true, description: 'The name. At most 200 characters.' }),
    description: t.string({
      description: 'A description of what the topic covers. At most 2,000 characters.',
    }),
    wikidataId: t.string({ description: 'The Wikidata item, e.g. `Q12797`.' }),
    names: t.field({
      type: [AlternativeNameInput],
      description:
        'Alternative names and names in other languages. The first of a language is preferred. Replaces the existing ones. At most 100.',
    }),
    ...upsertFields(t),
  }),
});

addUpsertMutation(ActorRef, {
  field: 'actor',
  noun: 'an actor',
  input: UpsertActorInput,
  errors: ERRORS.upsert,
  upsert: upsertActor,
  rows: ({ actor }) => actor,
});

addUpsertMutation(SourceRef, {
  field: 'source',
  noun: 'a source',
  input: UpsertSourceInput,
  errors: ERRORS.upsert,
  upsert: upsertSource,
  more: regradedField,
  rows: ({ source }) => source,
});

addUpsertMutation(TreatyRef, {
  field: 'treaty',
  noun: 'a treaty',
  input: UpsertTreatyInput,
  errors: ERRORS.upsertReferring,
  upsert: upsertTreaty,
  rows: ({ treaty }) => treaty,
});

addUpsertMutation(WeaponSystemRef, {
  field: 'weaponSystem',
  noun: 'a weapon system',
  input: UpsertWeaponSystemInput,
  errors: ERRORS.upsertReferring,
  upsert: upsertWeaponSystem,
  rows: ({ weaponSystem }) => weaponSystem,
});

addUpsertMutation(DoctrineRef, {
  field: 'doctrine',
  noun: 'a doctrine',
  input: UpsertDoctrineInput,
  errors: ERRORS.upsertReferring,
  upsert: upsertDoctrine,
  rows: ({ doctrine }) => doctrine,
});

addUpsertMutation(TopicRef, {
  field: 'topic',
  noun: 'a topic',
  input: UpsertTopicInput,
  errors: ERRORS.upsert,
  upsert: upsertTopic,
  rows: ({ topic }) => topic,
});
