import type { ParticipantContent } from '../../../domain/development/content/content.js';
import type { DevelopmentView } from '../../../domain/development/read/view.js';
import { nameIn } from '../../../domain/references/name-in-language.js';
import { builder } from '../../builder.js';
import { loadReference } from '../../loaders.js';
import { namesOf } from '../../related-loaders.js';
import { ParticipantRoleEnum } from '../enums/development.js';
import { ActorKindEnum } from '../enums/references.js';
import { AlternativeNameRef } from './alternative-name.js';
import { addReferenceQueries, NAME_LANGUAGE, REFERENCE_NODE } from './reference-queries.js';

export const ActorRef = builder.prismaNode('Actor', {
  name: 'Actor',
  description: 'A person, state, organisation, alliance or news outlet.',
  ...REFERENCE_NODE,
  fields: (t) => ({
    slug: t.exposeString('slug'),
    kind: t.expose('kind', { type: ActorKindEnum }),
    name: t.string({
      description: `The usual name, in English if there is one, or with \`language\` the preferred name in that language.`,
      args: { language: t.arg.string({ description: NAME_LANGUAGE }) },
      resolve: async (row, { language }, context) =>
        language ? nameIn(language, row.name, await namesOf(context, 'actor', row)) : row.name,
    }),
    description: t.exposeString('description', { nullable: true }),
    countryCode: t.exposeString('countryCode', { nullable: true }),
    countryCode3: t.exposeString('countryCode3', { nullable: true }),
    wikidataId: t.exposeString('wikidataId', { nullable: true }),
    names: t.field({
      type: [AlternativeNameRef],
      description: 'Alternative names and names in other languages, in order of preference.',
      resolve: (row, _args, context) => namesOf(context, 'actor', row),
    }),
  }),
});

addReferenceQueries({
  ref: ActorRef,
  rows: ({ actor }) => actor,
  one: 'actor',
  all: 'actors',
  noun: ['actor', 'actors'],
  example: 'sergei-ryabkov',
  names: 'the usual name and all others',
});

/** A participant, with the position from which its development is viewed. */
type Participation = ParticipantContent & Pick<DevelopmentView, 'at'>;

/** Returns the participants of a development that a condition holds for. */
export const participationsOf = (
  { content, at }: DevelopmentView,
  isWanted: (participant: ParticipantContent) => boolean,
): Participation[] => content.participants.filter(isWanted).map((participant) => ({ ...participant, at }));

export const ParticipationRef = builder.objectRef<Participation>('Participation').implement({
  description: 'The part of an actor in a development.',
  fields: (t) => ({
    role: t.expose('role', { type: ParticipantRoleEnum, description: 'The role of the actor.' }),
    capacity: t.exposeString('capacity', {
      nullable: true,
      description:
        'The office or function the actor held at the time, e.g. `Deputy Foreign Minister`. Null if unknown.',
    }),
    actor: t.field({
      type: ActorRef,
      description: 'The actor.',
      resolve: ({ actorId, at }, _args, context) => loadReference(context, 'actor', actorId, at),
    }),
  }),
});
