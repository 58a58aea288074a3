import { builder } from './builder.js';
import { ParticipantRoleEnum } from './enums.js';

export const ParticipationRef = builder.prismaObject('Participation', {
  name: 'Participation',
  description: 'That an actor had a part in a development.',
  fields: (t) => ({
    role: t.expose('role', { type: ParticipantRoleEnum }),
    capacity: t.exposeString('capacity', { nullable: true }),
    actor: t.relation('actor'),
  }),
});
