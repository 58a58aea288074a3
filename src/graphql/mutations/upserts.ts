import { upsertActor } from '../../domain/references/actor.js';
import { upsertDoctrine } from '../../domain/references/doctrine.js';
import { upsertSource } from '../../domain/references/source.js';
import { upsertTopic } from '../../domain/references/topic.js';
import { upsertTreaty } from '../../domain/references/treaty.js';
import { upsertWeaponSystem } from '../../domain/references/weapon-system.js';
import { builder } from '../builder.js';
import { ERRORS } from '../errors.js';
import { writeFields } from '../inputs/developments.js';
import { ActorRef } from '../types/actor.js';
import { DoctrineRef } from '../types/doctrine.js';
import {
  ActorKindEnum,
  DeliveryPlatformEnum,
  SourceReliabilityEnum,
  TreatyStateEnum,
  WeaponClassEnum,
} from '../types/enums.js';
import { SourceRef } from '../types/source.js';
import { TopicRef } from '../types/topic.js';
import { TreatyRef } from '../types/treaty.js';
import { WeaponSystemRef } from '../types/weapon-system.js';
import { writerOf } from './writer.js';

const ActorNameInput = builder.inputType('ActorNameInput', {
  description: 'A name of an actor beside the usual one.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'The name, byte for byte; at most 300 characters.' }),
    language: t.string({ description: 'Its language, e.g. `uk` (BCP 47).' }),
  }),
});

const TreatyStatusInput = builder.inputType('TreatyStatusInput', {
  description: "A treaty's standing from a date on.",
  fields: (t) => ({
    state: t.field({ type: TreatyStateEnum, required: true, description: 'The standing.' }),
    since: t.string({ required: true, description: 'From when, in EDTF.' }),
    note: t.string({ description: 'By what, or why; at most 1,000 characters.' }),
  }),
});

const WeaponSystemAliasInput = builder.inputType('WeaponSystemAliasInput', {
  description: 'Another name of a weapon system.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'The name, byte for byte; at most 300 characters.' }),
    language: t.string({ description: 'Its language, e.g. `ru` (BCP 47).' }),
    note: t.string({ description: 'What there is to say about it; at most 1,000 characters.' }),
    source: t.string({ description: 'The slug of the source that uses it.' }),
  }),
});

const UpsertActorInput = builder.inputType('UpsertActorInput', {
  description: 'An actor to make or change: a field left out stays as it is; null empties it.',
  fields: (t) => ({
    slug: t.string({ required: true, description: 'Its readable key, e.g. `sergei-ryabkov`.' }),
    kind: t.field({ type: ActorKindEnum, required: true, description: 'What kind of actor it is.' }),
    name: t.string({ required: true, description: 'The usual name; at most 300 characters.' }),
    description: t.string({ description: 'Who or what it is; at most 2,000 characters.' }),
    countryCode: t.string({ description: 'ISO 3166-1 alpha-2: the state, or the country it belongs to.' }),
    countryCode3: t.string({ description: 'ISO 3166-1 alpha-3; states only.' }),
    wikidataId: t.string({ description: 'The Wikidata item, e.g. `Q159`.' }),
    names: t.field({
      type: [ActorNameInput],
      description: 'Other names and names in other languages; replaces them all, at most 100.',
    }),
    ...writeFields(t),
  }),
});

const UpsertSourceInput = builder.inputType('UpsertSourceInput', {
  description: 'A source to make or change: a field left out stays as it is; null empties it.',
  fields: (t) => ({
    slug: t.string({ required: true, description: 'Its readable key, e.g. `putin-address-2019-02-20`.' }),
    title: t.string({ required: true, description: 'The title of the document; at most 500 characters.' }),
    publisher: t.string({ description: 'Who published it; at most 300 characters.' }),
    url: t.string({
      description: 'Where it can be read: an http or https address; at most 2,000 characters.',
    }),
    language: t.string({ description: 'Its language, e.g. `en` (BCP 47).' }),
    reliability: t.field({
      type: SourceReliabilityEnum,
      description: 'Admiralty code A to F; F, cannot be judged, where it was never given.',
    }),
    published: t.string({ description: 'When it was published, in EDTF.' }),
    retrievedAt: t.field({
      type: 'DateTime',
      description: 'When it was looked at; left out where it was not.',
    }),
    ...writeFields(t),
  }),
});

const UpsertTreatyInput = builder.inputType('UpsertTreatyInput', {
  description: 'A treaty to make or change: a field left out stays as it is; null empties it.',
  fields: (t) => ({
    slug: t.string({ required: true, description: 'Its readable key, e.g. `inf`.' }),
    name: t.string({ required: true, description: 'The full name; at most 300 characters.' }),
    abbreviation: t.string({ description: 'The usual short name; at most 50 characters.' }),
    summary: t.string({ description: 'What it does; at most 5,000 characters.' }),
    parties: t.stringList({ description: 'Slugs of its parties; replaces them all, at most 300.' }),
    states: t.field({
      type: [TreatyStatusInput],
      description: 'Its standing over time; replaces it all, at most 50.',
    }),
    ...writeFields(t),
  }),
});

const UpsertWeaponSystemInput = builder.inputType('UpsertWeaponSystemInput', {
  description: 'A weapon system to make or change: a field left out stays as it is; null empties it.',
  fields: (t) => ({
    slug: t.string({ required: true, description: 'Its readable key.' }),
    name: t.string({ required: true, description: 'The usual name; at most 300 characters.' }),
    summary: t.string({ description: 'What it is; at most 5,000 characters.' }),
    classes: t.field({ type: [WeaponClassEnum], description: 'What kinds of weapon it takes in.' }),
    delivery: t.field({ type: [DeliveryPlatformEnum], description: 'What it is launched from.' }),
    rangeMinKm: t.int({ description: 'The shortest range, in kilometres; 0 to 50,000.' }),
    rangeMaxKm: t.int({ description: 'The longest range, in kilometres; 0 to 50,000.' }),
    aliases: t.field({
      type: [WeaponSystemAliasInput],
      description: 'Other names; replaces them all, at most 50.',
    }),
    ...writeFields(t),
  }),
});

const UpsertDoctrineInput = builder.inputType('UpsertDoctrineInput', {
  description: 'A doctrine to make or change: a field left out stays as it is; null empties it.',
  fields: (t) => ({
    slug: t.string({ required: true, description: 'Its readable key.' }),
    name: t.string({ required: true, description: 'Its name; at most 300 characters.' }),
    summary: t.string({ description: 'What it says; at most 5,000 characters.' }),
    actor: t.string({ description: 'The slug of the actor whose doctrine it is.' }),
    ...writeFields(t),
  }),
});

const UpsertTopicInput = builder.inputType('UpsertTopicInput', {
  description: 'A topic to make or change: a field left out stays as it is; null empties it.',
  fields: (t) => ({
    slug: t.string({ required: true, description: 'Its readable key.' }),
    name: t.string({ required: true, description: 'Its name; at most 200 characters.' }),
    description: t.string({ description: 'What belongs under it; at most 2,000 characters.' }),
    ...writeFields(t),
  }),
});

builder.mutationFields((t) => ({
  upsertActor: t.prismaField({
    type: ActorRef,
    description: 'Makes an actor, or changes the one that has the slug.',
    errors: {
      ...ERRORS.upsert,
      union: { name: 'UpsertActorResult', description: 'What was made or changed, or why not.' },
    },
    args: {
      input: t.arg({ type: UpsertActorInput, required: true, description: 'What to make or change.' }),
    },
    resolve: async (query, _root, { input: { idempotencyKey, ...input } }, context) => {
      const { id } = await upsertActor(writerOf(context), input, idempotencyKey);
      return context.db.actor.findUniqueOrThrow({ ...query, where: { id } });
    },
  }),
  upsertSource: t.prismaField({
    type: SourceRef,
    description: 'Makes a source, or changes the one that has the slug.',
    errors: {
      ...ERRORS.upsert,
      union: { name: 'UpsertSourceResult', description: 'What was made or changed, or why not.' },
    },
    args: {
      input: t.arg({ type: UpsertSourceInput, required: true, description: 'What to make or change.' }),
    },
    resolve: async (query, _root, { input: { idempotencyKey, ...input } }, context) => {
      const { id } = await upsertSource(writerOf(context), input, idempotencyKey);
      return context.db.source.findUniqueOrThrow({ ...query, where: { id } });
    },
  }),
  upsertTreaty: t.prismaField({
    type: TreatyRef,
    description: 'Makes a treaty, or changes the one that has the slug.',
    errors: {
      ...ERRORS.upsertReferring,
      union: { name: 'UpsertTreatyResult', description: 'What was made or changed, or why not.' },
    },
    args: {
      input: t.arg({ type: UpsertTreatyInput, required: true, description: 'What to make or change.' }),
    },
    resolve: async (query, _root, { input: { idempotencyKey, ...input } }, context) => {
      const { id } = await upsertTreaty(writerOf(context), input, idempotencyKey);
      return context.db.treaty.findUniqueOrThrow({ ...query, where: { id } });
    },
  }),
  upsertWeaponSystem: t.prismaField({
    type: WeaponSystemRef,
    description: 'Makes a weapon system, or changes the one that has the slug.',
    errors: {
      ...ERRORS.upsertReferring,
      union: { name: 'UpsertWeaponSystemResult', description: 'What was made or changed, or why not.' },
    },
    args: {
      input: t.arg({ type: UpsertWeaponSystemInput, required: true, description: 'What to make or change.' }),
    },
    resolve: async (query, _root, { input: { idempotencyKey, ...input } }, context) => {
      const { id } = await upsertWeaponSystem(writerOf(context), input, idempotencyKey);
      return context.db.weaponSystem.findUniqueOrThrow({ ...query, where: { id } });
    },
  }),
  upsertDoctrine: t.prismaField({
    type: DoctrineRef,
    description: 'Makes a doctrine, or changes the one that has the slug.',
    errors: {
      ...ERRORS.upsertReferring,
      union: { name: 'UpsertDoctrineResult', description: 'What was made or changed, or why not.' },
    },
    args: {
      input: t.arg({ type: UpsertDoctrineInput, required: true, description: 'What to make or change.' }),
    },
    resolve: async (query, _root, { input: { idempotencyKey, ...input } }, context) => {
      const { id } = await upsertDoctrine(writerOf(context), input, idempotencyKey);
      return context.db.doctrine.findUniqueOrThrow({ ...query, where: { id } });
    },
  }),
  upsertTopic: t.prismaField({
    type: TopicRef,
    description: 'Makes a topic, or changes the one that has the slug.',
    errors: {
      ...ERRORS.upsert,
      union: { name: 'UpsertTopicResult', description: 'What was made or changed, or why not.' },
    },
    args: {
      input: t.arg({ type: UpsertTopicInput, required: true, description: 'What to make or change.' }),
    },
    resolve: async (query, _root, { input: { idempotencyKey, ...input } }, context) => {
      const { id } = await upsertTopic(writerOf(context), input, idempotencyKey);
      return context.db.topic.findUniqueOrThrow({ ...query, where: { id } });
    },
  }),
}));
