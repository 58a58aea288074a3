import { visibleTo } from '../domain/access.js';
import { ActorRef } from './actor.js';
import { builder } from './builder.js';
import { DevelopmentRef } from './development.js';
import { DoctrineRef } from './doctrine.js';
import { ChangeTypeEnum, EventTypeEnum, PlacePrecisionEnum } from './enums.js';
import { BY_ORDINAL } from './evidence.js';
import { FuzzyDateRef, fuzzyDateOrNull } from './fuzzy-date.js';
import { parseNodeId } from './node-id.js';
import { ParticipationRef } from './participation.js';

const id = { field: 'id', description: 'The global id, for `node`.' } as const;

export const EventRef = builder.prismaNode('Development', {
  variant: 'Event',
  description: 'Something that happened: a treaty left, a missile tested, an exercise held.',
  interfaces: [DevelopmentRef],
  id,
  nullable: true,
  findUnique: (nodeId, { viewer }) => ({ id: parseNodeId(nodeId), kind: 'EVENT', ...visibleTo(viewer) }),
  fields: (t) => ({
    type: t.field({
      type: EventTypeEnum,
      description: 'What kind of event it is.',
      select: { event: { select: { type: true } } },
      resolve: ({ event }) => event?.type ?? 'OTHER',
    }),
    places: t.field({
      type: [PlaceRef],
      description: "Where it happened, in the editors' order; at most 50.",
      select: (_args, _context, nested) => ({
        event: { select: { places: { orderBy: BY_ORDINAL, select: { place: nested(true) } } } },
      }),
      resolve: ({ event }) => event?.places.map(({ place }) => place) ?? [],
    }),
    quantities: t.field({
      type: [QuantityRef],
      description: "The numbers that it is about, in the editors' order; at most 50.",
      select: (_args, _context, nested) => ({
        event: { select: { quantities: nested({ orderBy: BY_ORDINAL }) } },
      }),
      resolve: ({ event }) => event?.quantities ?? [],
    }),
  }),
});

export const StatementRef = builder.prismaNode('Development', {
  variant: 'Statement',
  description: 'Who said what, where, in which words. Without a quotation it is reported speech.',
  interfaces: [DevelopmentRef],
  id,
  nullable: true,
  findUnique: (nodeId, { viewer }) => ({ id: parseNodeId(nodeId), kind: 'STATEMENT', ...visibleTo(viewer) }),
  fields: (t) => ({
    speakers: t.field({
      type: [ParticipationRef],
      description: 'Who said it, with the office held at that date; empty where no person is named.',
      select: (_args, _context, nested) => ({ participations: nested({ orderBy: BY_ORDINAL }) }),
      resolve: ({ participations }) => participations.filter(({ role }) => role === 'SPEAKER'),
    }),
    attribution: t.string({
      nullable: true,
      description: 'Who is said to have spoken where no person is named, e.g. `unnamed analysts`.',
      select: { statement: true },
      resolve: ({ statement }) => statement?.attribution ?? null,
    }),
    setting: t.string({
      nullable: true,
      description: 'Where or on what occasion it was said, e.g. `Address to the Federal Assembly`.',
      select: { statement: true },
      resolve: ({ statement }) => statement?.setting ?? null,
    }),
    originalLanguage: t.string({
      nullable: true,
      description: 'The language of the original words: an ISO 639 code such as `ru`, or a BCP 47 tag.',
      select: { statement: true },
      resolve: ({ statement }) => statement?.originalLanguage ?? null,
    }),
    quotation: t.string({
      nullable: true,
      description: 'The words quoted, in the original language; null for reported speech.',
      select: { statement: true },
      resolve: ({ statement }) => statement?.quotation ?? null,
    }),
    translation: t.string({
      nullable: true,
      description: 'The quoted words in English, where they were said in another language.',
      select: { statement: true },
      resolve: ({ statement }) => statement?.translation ?? null,
    }),
  }),
});

export const DoctrineChangeRef = builder.prismaNode('Development', {
  variant: 'DoctrineChange',
  description: 'A policy or doctrine adopted, amended, suspended, abandoned or reaffirmed.',
  interfaces: [DevelopmentRef],
  id,
  nullable: true,
  findUnique: (nodeId, { viewer }) => ({
    id: parseNodeId(nodeId),
    kind: 'DOCTRINE_CHANGE',
    ...visibleTo(viewer),
  }),
  fields: (t) => ({
    doctrine: t.field({
      type: DoctrineRef,
      description: 'The policy or document that was changed.',
      select: (_args, _context, nested) => ({ doctrineChange: { select: { doctrine: nested(true) } } }),
      resolve: ({ doctrineChange }) => expectDetail(doctrineChange).doctrine,
    }),
    changeType: t.field({
      type: ChangeTypeEnum,
      description: 'What happened to it.',
      select: { doctrineChange: true },
      resolve: ({ doctrineChange }) => expectDetail(doctrineChange).changeType,
    }),
    before: t.string({
      nullable: true,
      description: 'What held before, in a few sentences.',
      select: { doctrineChange: true },
      resolve: ({ doctrineChange }) => doctrineChange?.before ?? null,
    }),
    after: t.string({
      nullable: true,
      description: 'What holds after, in a few sentences.',
      select: { doctrineChange: true },
      resolve: ({ doctrineChange }) => doctrineChange?.after ?? null,
    }),
    effective: t.field({
      type: FuzzyDateRef,
      nullable: true,
      description: 'From when it is in effect; null where not known.',
      select: { doctrineChange: true },
      resolve: ({ doctrineChange: it }) =>
        it &&
        fuzzyDateOrNull(it.effectiveEdtf, it.effectiveEarliest, it.effectiveLatest, it.effectivePrecision),
    }),
    approvedBy: t.field({
      type: [ActorRef],
      description: 'Who approved or signed it: the participants with role APPROVER.',
      select: (_args, _context, nested) => ({
        participations: { orderBy: BY_ORDINAL, include: { actor: nested(true) } },
      }),
      resolve: ({ participations }) =>
        participations.filter(({ role }) => role === 'APPROVER').map(({ actor }) => actor),
    }),
  }),
});

export const PlaceRef = builder.prismaObject('Place', {
  name: 'Place',
  description: 'Where something happened: a named place, its country and, where known, coordinates.',
  fields: (t) => ({
    name: t.exposeString('name'),
    countryCode: t.exposeString('countryCode', { nullable: true }),
    latitude: t.exposeFloat('latitude', { nullable: true }),
    longitude: t.exposeFloat('longitude', { nullable: true }),
    precision: t.expose('precision', { type: PlacePrecisionEnum }),
  }),
});

export const QuantityRef = builder.prismaObject('EventQuantity', {
  name: 'Quantity',
  description: 'A number that an event is about, with the range that the evidence allows.',
  fields: (t) => ({
    name: t.exposeString('name'),
    unit: t.exposeString('unit', { nullable: true }),
    low: t.exposeFloat('low', { nullable: true }),
    best: t.exposeFloat('best', { nullable: true }),
    high: t.exposeFloat('high', { nullable: true }),
  }),
});

/** The database holds a detail row for every development of the kind. */
function expectDetail<T>(detail: T | null): T {
  if (detail === null) throw new Error('A doctrine change has no detail row.');
  return detail;
}
