import {
  publishDevelopment,
  retractDevelopment,
  reviseDevelopment,
} from '../../../domain/development/write/revise.js';
import { builder } from '../../builder.js';
import { ERRORS } from '../../errors/groups.js';
import {
  changeFields,
  developmentFields,
  doctrineChangeFields,
  eventFields,
  type InputFields,
  statementFields,
} from '../../inputs/development.js';
import { DoctrineChangeRef, EventRef, StatementRef } from '../../types/development/kinds.js';
import { addChangeMutation } from '../define-mutation.js';

const PATCH = 'Omitted fields keep their values. Null clears a field, if it can be empty.';

const renamingFields = (t: InputFields) => ({
  ...changeFields(t),
  newSlug: t.string({
    description:
      'A new readable key. The development stays reachable by its earlier slugs, which no other development can get.',
  }),
});

addChangeMutation('reviseEvent', {
  type: EventRef,
  description:
    'Revises an event. If it is published, the feed reports the revision. It becomes a proposal for a contributor, and where the record requires review.',
  input: builder.inputType('ReviseEventInput', {
    description: `Changes to an event. ${PATCH}`,
    fields: (t) => ({ ...renamingFields(t), ...developmentFields(t, false), ...eventFields(t, false) }),
  }),
  success: 'The event is revised.',
  errors: ERRORS.revise,
  isForContributors: true,
  write: (writer, slug, fields, options) => reviseDevelopment(writer, 'EVENT', slug, fields, options),
});

addChangeMutation('reviseStatement', {
  type: StatementRef,
  description:
    'Revises a statement. If it is published, the feed reports the revision. It becomes a proposal for a contributor, and where the record requires review.',
  input: builder.inputType('ReviseStatementInput', {
    description: `Changes to a statement. ${PATCH}`,
    fields: (t) => ({ ...renamingFields(t), ...developmentFields(t, false), ...statementFields(t) }),
  }),
  success: 'The statement is revised.',
  errors: ERRORS.revise,
  isForContributors: true,
  write: (writer, slug, fields, options) => reviseDevelopment(writer, 'STATEMENT', slug, fields, options),
});

addChangeMutation('reviseDoctrineChange', {
  type: DoctrineChangeRef,
  description:
    'Revises a doctrine change. If it is published, the feed reports the revision. It becomes a proposal for a contributor, and where the record requires review.',
  input: builder.inputType('ReviseDoctrineChangeInput', {
    description: `Changes to a doctrine change. ${PATCH}`,
    fields: (t) => ({
      ...renamingFields(t),
      ...developmentFields(t, false),
      ...doctrineChangeFields(t, false),
    }),
  }),
  success: 'The doctrine change is revised.',
  errors: ERRORS.revise,
  isForContributors: true,
  write: (writer, slug, fields, options) =>
    reviseDevelopment(writer, 'DOCTRINE_CHANGE', slug, fields, options),
});

addChangeMutation('publishDevelopment', {
  description: 'Publishes a draft.',
  input: builder.inputType('PublishDevelopmentInput', {
    description: 'The draft to publish.',
    fields: (t) => changeFields(t),
  }),
  success: 'The development is published.',
  errors: ERRORS.publish,
  write: (writer, slug, _, options) => publishDevelopment(writer, slug, options),
});

addChangeMutation('retractDevelopment', {
  description:
    'Withdraws a published development. It stays readable by slug and id, with the reason in `retraction`.',
  input: builder.inputType('RetractDevelopmentInput', {
    description: 'The development to withdraw.',
    fields: (t) => ({
      ...changeFields(t),
      reason: t.string({
        required: true,
        description: 'The public reason for the withdrawal. 1 to 1,000 characters.',
      }),
      successor: t.string({ description: 'The slug of the published development that replaces it.' }),
    }),
  }),
  success: 'The development is withdrawn.',
  errors: ERRORS.change,
  write: (writer, slug, { successor }, options) =>
    retractDevelopment(writer, slug, { ...options, successor }),
});
