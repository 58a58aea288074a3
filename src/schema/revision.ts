import { builder } from './builder.js';
import { DevelopmentStatusEnum } from './enums.js';

/** What the schema calls the fields that a snapshot keeps by id. */
const FIELD_NAMES: Readonly<Record<string, string>> = {
  doctrineId: 'doctrine',
  doctrineIds: 'doctrines',
  topicIds: 'topics',
  treatyIds: 'treaties',
  weaponSystemIds: 'weaponSystems',
};

builder.prismaObject('Revision', {
  name: 'Revision',
  description: 'A development as it stood after a change; revisions are never altered.',
  fields: (t) => ({
    number: t.exposeInt('number'),
    status: t.expose('status', {
      type: DevelopmentStatusEnum,
      description: 'What the development was after it.',
    }),
    changedFields: t.stringList({
      description: 'The names of the fields that it changed; all that were filled, for the first.',
      resolve: ({ changedFields }) => changedFields.map((field) => FIELD_NAMES[field] ?? field),
    }),
    editor: t.exposeString('editor'),
    reason: t.exposeString('reason', { nullable: true }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime' }),
  }),
});
