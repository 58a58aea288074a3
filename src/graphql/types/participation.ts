import type { ParticipantContent } from '../../domain/development/content.js';
import { builder } from '../builder.js';
import { loadReference } from '../loaders.js';
import { ActorRef } from './actor.js';
import { ParticipantRoleEnum } from './enums.js';

export const ParticipationRef = builder.objectRef<ParticipantContent>('Participation').implement({
  description: 'That an actor had a part in a development.',
  fields: (t) => ({
    role: t.expose('role', { type: ParticipantRoleEnum, description: 'What the actor does in it.' }),
    capacity: t.exposeString('capacity', {
      nullable: true,
      description: 'The office or function held at that date, e.g. `Deputy Foreign Minister`.',
    }),
    actor: t.field({
      type: ActorRef,
      description: 'Who it is.',
      resolve: ({ actorId }, _args, context) => loadReference(context, 'actor', actorId),
    }),
  }),
});
