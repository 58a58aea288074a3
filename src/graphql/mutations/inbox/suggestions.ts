import { acceptSuggestion } from '../../../intake/inbox/suggestion/accept.js';
import { addToDevelopment } from '../../../intake/inbox/suggestion/add-to-development.js';
import { builder } from '../../builder.js';
import { intakeOf } from '../../context.js';
import { ERRORS } from '../../errors/groups.js';
import {
  changeFields,
  developmentFields,
  doctrineChangeFields,
  eventFields,
  type InputFields,
  recordFields,
  statementFields,
} from '../../inputs/development.js';
import { itemIdIn } from '../../types/inbox/item.js';
import { addChangeMutation, addMutation } from '../define-mutation.js';

const slugField = (t: InputFields) => ({
  slug: t.string({ description: 'The readable key. Generated from the headline by default.' }),
});

const EventEdits = builder.inputType('SuggestedEventInput', {
  description: 'An event in place of a suggested draft.',
  fields: (t) => ({ ...slugField(t), ...developmentFields(t, true), ...eventFields(t, true) }),
});

const StatementEdits = builder.inputType('SuggestedStatementInput', {
  description: 'A statement in place of a suggested draft.',
  fields: (t) => ({ ...slugField(t), ...developmentFields(t, true), ...statementFields(t) }),
});

const DoctrineChangeEdits = builder.inputType('SuggestedDoctrineChangeInput', {
  description: 'A doctrine change in place of a suggested draft.',
  fields: (t) => ({ ...slugField(t), ...developmentFields(t, true), ...doctrineChangeFields(t, true) }),
});

const suggestionFields = (t: InputFields) => ({
  item: t.id({ required: true, description: 'The `id` of the article.' }),
  key: t.id({ required: true, description: 'The `key` of the suggestion.' }),
});

const EDITED = 'as you want it, whole. At most one of `statement`, `event` and `doctrineChange`.';

addMutation('acceptSuggestion', {
  description:
    'Records the development that an article suggests, with a citation of its words. The source is found or made. The draft and the mark on the suggestion commit together.',
  input: builder.inputType('AcceptSuggestionInput', {
    description:
      'A suggestion to accept. Without `statement`, `event` or `doctrineChange` it is recorded as suggested.',
    fields: (t) => {
      const { publish, reason, idempotencyKey } = recordFields(t);
      return {
        ...suggestionFields(t),
        statement: t.field({ type: StatementEdits, description: `The statement ${EDITED}` }),
        event: t.field({ type: EventEdits, description: `The event ${EDITED}` }),
        doctrineChange: t.field({
          type: DoctrineChangeEdits,
          description: `The doctrine change ${EDITED}`,
        }),
        ...{ publish, reason, idempotencyKey },
      };
    },
  }),
  argument: 'The suggestion to accept.',
  success: 'The development is recorded.',
  errors: ERRORS.acceptSuggestion,
  write: (writer, { item, key, statement, event, doctrineChange, ...options }, context) =>
    acceptSuggestion(writer, intakeOf(context).names, {
      ...{ item: itemIdIn(item), key, ...options },
      edits: { STATEMENT: statement, EVENT: event, DOCTRINE_CHANGE: doctrineChange },
    }),
});

addChangeMutation('addSuggestionToDevelopment', {
  description:
    'Adds a suggestion to a development of the record in one act: a citation of its words, with a claim if its date competes. No second development is made.',
  input: builder.inputType('AddSuggestionToDevelopmentInput', {
    description: 'A suggestion, and the development that it is about.',
    fields: (t) => ({ ...changeFields(t), ...suggestionFields(t) }),
  }),
  success: 'The development has the citation.',
  errors: ERRORS.addSuggestion,
  write: (writer, slug, { item, key }, options, context) =>
    addToDevelopment(writer, intakeOf(context).names, slug, { item: itemIdIn(item), key }, options),
});
