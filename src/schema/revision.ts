import { builder } from './builder.js';
import { DevelopmentStatusEnum } from './enums.js';

builder.prismaObject('Revision', {
  name: 'Revision',
  description: 'A development as it stood after a change; revisions are never altered.',
  fields: (t) => ({
    number: t.exposeInt('number'),
    status: t.expose('status', {
      type: DevelopmentStatusEnum,
      description: 'What the development was after it.',
    }),
    changedFields: t.exposeStringList('changedFields', {
      description: 'The names of the fields that it changed; all that were filled, for the first.',
    }),
    editor: t.exposeString('editor'),
    reason: t.exposeString('reason', { nullable: true }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime' }),
  }),
});
