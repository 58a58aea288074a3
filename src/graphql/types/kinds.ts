import type {
  DevelopmentContent,
  DoctrineChangeDetail,
  EventDetail,
  PlaceContent,
  QuantityContent,
  StatementDetail,
} from '../../domain/development/content.js';
import { type DevelopmentView, findViews } from '../../domain/development/view.js';
import type { DevelopmentKind } from '../../generated/prisma/client.js';
import { builder } from '../builder.js';
import { loadReference, loadReferences } from '../loaders.js';
import { addNodeLoader } from '../queries/node.js';
import { ActorRef } from './actor.js';
import { DevelopmentRef } from './development-ref.js';
import { DoctrineRef } from './doctrine.js';
import { ChangeTypeEnum, EventTypeEnum, PlacePrecisionEnum, SpeechEnum } from './enums.js';
import { FuzzyDateRef } from './fuzzy-date.js';
import { ParticipationRef } from './participation.js';

// Fields of the last interface win: Development knows its `id`, Node does not.
const interfaces = [builder.nodeInterfaceRef(), DevelopmentRef];

export const EventRef = builder.objectRef<DevelopmentView>('Event');
export const StatementRef = builder.objectRef<DevelopmentView>('Statement');
export const DoctrineChangeRef = builder.objectRef<DevelopmentView>('DoctrineChange');

for (const [typename, kind] of [
  ['Event', 'EVENT'],
  ['Statement', 'STATEMENT'],
  ['DoctrineChange', 'DOCTRINE_CHANGE'],
] as const) {
  addNodeLoader(typename, async ({ db, viewer }, ids, { at }) =>
    (await findViews(db, viewer, at, ids)).filter(({ content }) => content.detail.kind === kind),
  );
}

EventRef.implement({
  description: 'Something that happened: a treaty left, a missile tested, an exercise held.',
  interfaces,
  fields: (t) => ({
    type: t.field({
      type: EventTypeEnum,
      description: 'What kind of event it is.',
      resolve: ({ content }) => eventOf(content).type,
    }),
    places: t.field({
      type: [PlaceRef],
      description: "Where it happened, in the editors' order; at most 50.",
      resolve: ({ content }) => eventOf(content).places,
    }),
    quantities: t.field({
      type: [QuantityRef],
      description: "The numbers that it is about, in the editors' order; at most 50.",
      resolve: ({ content }) => eventOf(content).quantities,
    }),
  }),
});

StatementRef.implement({
  description: 'Who said what, where, in which words.',
  interfaces,
  fields: (t) => ({
    speakers: t.field({
      type: [ParticipationRef],
      description: 'Who said it, with the office held at that date; empty where no person is named.',
      resolve: ({ content }) => content.participants.filter(({ role }) => role === 'SPEAKER'),
    }),
    attribution: t.string({
      nullable: true,
      description: 'Who is said to have spoken where no person is named, e.g. `unnamed analysts`.',
      resolve: ({ content }) => statementOf(content).attribution,
    }),
    setting: t.string({
      nullable: true,
      description: 'Where or on what occasion it was said, e.g. `Address to the Federal Assembly`.',
      resolve: ({ content }) => statementOf(content).setting,
    }),
    speech: t.field({
      type: SpeechEnum,
      description: 'Whether words are quoted, in the original or in translation.',
      resolve: ({ content }) => {
        const { quotation, translation } = statementOf(content);
        return quotation === null && translation === null ? 'REPORTED' : 'QUOTED';
      },
    }),
    originalLanguage: t.string({
      nullable: true,
      description: 'The language of the original words: an ISO 639 code such as `ru`, or a BCP 47 tag.',
      resolve: ({ content }) => statementOf(content).originalLanguage,
    }),
    originalScript: t.string({
      nullable: true,
      description: 'The script of the original words where they are written: ISO 15924, e.g. `Cyrl`.',
      resolve: ({ content }) => statementOf(content).originalScript,
    }),
    quotation: t.string({
      nullable: true,
      description:
        'The words quoted, in the original language, byte for byte; null where they are not known, or none are quoted.',
      resolve: ({ content }) => statementOf(content).quotation,
    }),
    translation: t.string({
      nullable: true,
      description: 'The quoted words in English, where they were said in another language.',
      resolve: ({ content }) => statementOf(content).translation,
    }),
    translator: t.string({
      nullable: true,
      description: 'Who translated them: a person, an agency, a program; null where not known.',
      resolve: ({ content }) => statementOf(content).translator,
    }),
  }),
});

DoctrineChangeRef.implement({
  description: 'A policy or doctrine adopted, amended, suspended, abandoned or reaffirmed.',
  interfaces,
  fields: (t) => ({
    doctrine: t.field({
      type: DoctrineRef,
      description: 'The policy or document that was changed.',
      resolve: ({ content }, _args, context) =>
        loadReference(context, 'doctrine', doctrineChangeOf(content).doctrineId),
    }),
    changeType: t.field({
      type: ChangeTypeEnum,
      description: 'What happened to it.',
      resolve: ({ content }) => doctrineChangeOf(content).changeType,
    }),
    before: t.string({
      nullable: true,
      description: 'What held before, in a few sentences.',
      resolve: ({ content }) => doctrineChangeOf(content).before,
    }),
    after: t.string({
      nullable: true,
      description: 'What holds after, in a few sentences.',
      resolve: ({ content }) => doctrineChangeOf(content).after,
    }),
    effective: t.field({
      type: FuzzyDateRef,
      nullable: true,
      description: 'From when it is in effect; null where not known.',
      resolve: ({ content }) => doctrineChangeOf(content).effective,
    }),
    approvedBy: t.field({
      type: [ActorRef],
      description: 'Who approved or signed it: the participants with role APPROVER.',
      resolve: ({ content }, _args, context) =>
        loadReferences(
          context,
          'actor',
          content.participants.filter(({ role }) => role === 'APPROVER').map(({ actorId }) => actorId),
        ),
    }),
  }),
});

export const PlaceRef = builder.objectRef<PlaceContent>('Place').implement({
  description: 'Where something happened: a named place, its country and, where known, coordinates.',
  fields: (t) => ({
    name: t.exposeString('name', { description: "The place's usual name, e.g. `Kapustin Yar`." }),
    countryCode: t.exposeString('countryCode', {
      nullable: true,
      description: 'ISO 3166-1 alpha-2, e.g. `RU`.',
    }),
    latitude: t.exposeFloat('latitude', { nullable: true, description: 'Degrees north, WGS 84, -90 to 90.' }),
    longitude: t.exposeFloat('longitude', {
      nullable: true,
      description: 'Degrees east, WGS 84, -180 to 180.',
    }),
    precision: t.expose('precision', {
      type: PlacePrecisionEnum,
      description: 'How well the place is known.',
    }),
  }),
});

export const QuantityRef = builder.objectRef<QuantityContent>('Quantity').implement({
  description: 'A number that an event is about, with the range that the evidence allows.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What is counted or measured, e.g. `missiles`.' }),
    unit: t.exposeString('unit', {
      nullable: true,
      description: 'The unit, e.g. `km`; null for plain counts.',
    }),
    low: t.exposeFloat('low', { nullable: true, description: 'The lowest value that the evidence allows.' }),
    best: t.exposeFloat('best', { nullable: true, description: 'The best estimate.' }),
    high: t.exposeFloat('high', {
      nullable: true,
      description: 'The highest value that the evidence allows.',
    }),
  }),
});

// A development is shown as the type of its kind, so these never meet another one.
const eventOf = ({ detail }: DevelopmentContent): EventDetail => ofKind('EVENT', detail);
const statementOf = ({ detail }: DevelopmentContent): StatementDetail => ofKind('STATEMENT', detail);
const doctrineChangeOf = ({ detail }: DevelopmentContent): DoctrineChangeDetail =>
  ofKind('DOCTRINE_CHANGE', detail);

function ofKind<D extends { readonly kind: DevelopmentKind }>(
  kind: D['kind'],
  detail: { kind: DevelopmentKind },
): D {
  if (detail.kind !== kind) throw new Error(`Expected a development of kind ${kind}; got ${detail.kind}.`);
  return detail as D;
}
