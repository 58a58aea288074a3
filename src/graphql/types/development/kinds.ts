import type {
  DevelopmentContent,
  DoctrineChangeDetail,
  EventDetail,
  PlaceContent,
  QuantityContent,
  StatementDetail,
} from '../../../domain/development/content/content.js';
import { type DevelopmentView, findViews } from '../../../domain/development/read/view.js';
import type { DevelopmentKind } from '../../../generated/prisma/client.js';
import { builder } from '../../builder.js';
import { loadReference, loadReferences } from '../../loaders.js';
import { addNodeLoader } from '../../queries/node.js';
import { ChangeTypeEnum, EventTypeEnum, PlacePrecisionEnum, SpeechEnum } from '../enums/development.js';
import { FuzzyDateRef } from '../fuzzy-date.js';
import { ActorRef, ParticipationRef, participationsOf } from '../references/actor.js';
import { DoctrineRef } from '../references/doctrine.js';

// Fields of the last interface win: Development has a resolver for `id`, Node has none.
const interfaces = [builder.nodeInterfaceRef(), 'Development' as const];

export const EventRef = builder.objectRef<DevelopmentView>('Event');
export const StatementRef = builder.objectRef<DevelopmentView>('Statement');
export const DoctrineChangeRef = builder.objectRef<DevelopmentView>('DoctrineChange');

for (const [typename, kind] of [
  ['Event', 'EVENT'],
  ['Statement', 'STATEMENT'],
  ['DoctrineChange', 'DOCTRINE_CHANGE'],
] as const) {
  addNodeLoader(
    typename,
    async ({ db, viewer }, ids, { at }) =>
      (await findViews(db, viewer, at, ids)).filter(({ content }) => content.detail.kind === kind),
    { hasPast: true },
  );
}

EventRef.implement({
  description: 'Something that happened, e.g. a treaty withdrawal, a missile test or an exercise.',
  interfaces,
  fields: (t) => ({
    type: t.field({
      type: EventTypeEnum,
      description: 'The type of the event.',
      resolve: ({ content }) => eventOf(content).type,
    }),
    places: t.field({
      type: [PlaceRef],
      description: 'The places of the event, in the order set by the editors. At most 50.',
      resolve: ({ content }) => eventOf(content).places,
    }),
    quantities: t.field({
      type: [QuantityRef],
      description:
        'The quantities of the event, e.g. the number of missiles, in the order set by the editors. At most 50.',
      resolve: ({ content }) => eventOf(content).quantities,
    }),
  }),
});

StatementRef.implement({
  description: 'Something that was said: the speakers, the setting and the words.',
  interfaces,
  fields: (t) => ({
    speakers: t.field({
      type: [ParticipationRef],
      description: 'The speakers, with the offices they held at the time. Empty if no speaker is named.',
      resolve: (view) => participationsOf(view, ({ role }) => role === 'SPEAKER'),
    }),
    attribution: t.string({
      nullable: true,
      description: 'The attribution if no speaker is named, e.g. `unnamed analysts`. Otherwise null.',
      resolve: ({ content }) => statementOf(content).attribution,
    }),
    setting: t.string({
      nullable: true,
      description: 'The place or occasion, e.g. `Address to the Federal Assembly`. Null if unknown.',
      resolve: ({ content }) => statementOf(content).setting,
    }),
    speech: t.field({
      type: SpeechEnum,
      description: 'Whether the words are quoted or reported.',
      resolve: ({ content }) => {
        const { quotation, translation } = statementOf(content);
        return quotation === null && translation === null ? 'REPORTED' : 'QUOTED';
      },
    }),
    originalLanguage: t.string({
      nullable: true,
      description: 'The original language: an ISO 639 code or BCP 47 tag, e.g. `ru`. Null if unknown.',
      resolve: ({ content }) => statementOf(content).originalLanguage,
    }),
    originalScript: t.string({
      nullable: true,
      description: 'The script of the original words in ISO 15924, e.g. `Cyrl`. Null if unknown.',
      resolve: ({ content }) => statementOf(content).originalScript,
    }),
    quotation: t.string({
      nullable: true,
      description:
        'The quoted words in the original language, verbatim. Null if they are unknown or not quoted.',
      resolve: ({ content }) => statementOf(content).quotation,
    }),
    translation: t.string({
      nullable: true,
      description: 'The English translation of the quoted words. Null if there is none.',
      resolve: ({ content }) => statementOf(content).translation,
    }),
    translator: t.string({
      nullable: true,
      description: 'The translator: a person, an agency or a program. Null if unknown.',
      resolve: ({ content }) => statementOf(content).translator,
    }),
  }),
});

DoctrineChangeRef.implement({
  description: 'The adoption, amendment, suspension, abandonment or reaffirmation of a policy or doctrine.',
  interfaces,
  fields: (t) => ({
    doctrine: t.field({
      type: DoctrineRef,
      description: 'The doctrine that changed.',
      resolve: ({ content, at }, _args, context) =>
        loadReference(context, 'doctrine', doctrineChangeOf(content).doctrineId, at),
    }),
    changeType: t.field({
      type: ChangeTypeEnum,
      description: 'The type of the change.',
      resolve: ({ content }) => doctrineChangeOf(content).changeType,
    }),
    before: t.string({
      nullable: true,
      description: 'The policy before the change, in a few sentences. Null if not recorded.',
      resolve: ({ content }) => doctrineChangeOf(content).before,
    }),
    after: t.string({
      nullable: true,
      description: 'The policy after the change, in a few sentences. Null if not recorded.',
      resolve: ({ content }) => doctrineChangeOf(content).after,
    }),
    effective: t.field({
      type: FuzzyDateRef,
      nullable: true,
      description: 'The date on which the change takes effect. Null if unknown.',
      resolve: ({ content }) => doctrineChangeOf(content).effective,
    }),
    approvedBy: t.field({
      type: [ActorRef],
      description: 'The actors who approved or signed it: the participants with the role APPROVER.',
      resolve: ({ content, at }, _args, context) =>
        loadReferences(
          context,
          'actor',
          content.participants.filter(({ role }) => role === 'APPROVER').map(({ actorId }) => actorId),
          at,
        ),
    }),
  }),
});

const PlaceRef = builder.objectRef<PlaceContent>('Place').implement({
  description: 'A named place, with its country and coordinates if known.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The usual name, e.g. `Kapustin Yar`.' }),
    countryCode: t.exposeString('countryCode', {
      nullable: true,
      description:
        'The country code in ISO 3166-1 alpha-2, e.g. `RU`. Null if unknown or outside any country.',
    }),
    latitude: t.exposeFloat('latitude', {
      nullable: true,
      description: 'The latitude in degrees north (WGS 84), -90 to 90. Null if unknown.',
    }),
    longitude: t.exposeFloat('longitude', {
      nullable: true,
      description: 'The longitude in degrees east (WGS 84), -180 to 180. Null if unknown.',
    }),
    precision: t.expose('precision', {
      type: PlacePrecisionEnum,
      description: 'The precision of the place.',
    }),
  }),
});

const QuantityRef = builder.objectRef<QuantityContent>('Quantity').implement({
  description: 'A number reported for an event, with the range that the evidence supports.',
  fields: (t) => ({
    name: t.exposeString('name', {
      description: 'The name of what is counted or measured, e.g. `missiles`.',
    }),
    unit: t.exposeString('unit', {
      nullable: true,
      description: 'The unit, e.g. `km`. Null for counts.',
    }),
    low: t.exposeFloat('low', {
      nullable: true,
      description: 'The lowest value that the evidence supports. Null if unknown.',
    }),
    best: t.exposeFloat('best', { nullable: true, description: 'The best estimate. Null if unknown.' }),
    high: t.exposeFloat('high', {
      nullable: true,
      description: 'The highest value that the evidence supports. Null if unknown.',
    }),
  }),
});

// `Development` resolves to the type of the kind, so a mismatch is a bug.
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
