import type { RecordInput } from '../../../domain/development/content/input.js';
import { type RecordOptions, recordDevelopment } from '../../../domain/development/write/record.js';
import { proposeDevelopment } from '../../../domain/proposals/propose-new.js';
import type { Writer } from '../../../domain/write.js';
import type { DevelopmentKind } from '../../../generated/prisma/enums.js';
import { builder } from '../../builder.js';
import { ERRORS } from '../../errors/groups.js';
import {
  developmentFields,
  doctrineChangeFields,
  eventFields,
  recordFields,
  statementFields,
} from '../../inputs/development.js';
import { DoctrineChangeRef, EventRef, StatementRef } from '../../types/development/kinds.js';
import { addMutation } from '../define-mutation.js';

/** Separates the options from the fields of the development. */
const record =
  <K extends DevelopmentKind>(kind: K) =>
  (
    writer: Writer,
    { publish, reason, idempotencyKey, overrideReview, ...fields }: RecordInput<K> & RecordOptions,
  ) =>
    writer.role === 'CONTRIBUTOR'
      ? proposeDevelopment(writer, kind, fields as RecordInput<K>, { reason, idempotencyKey })
      : recordDevelopment(writer, kind, fields as RecordInput<K>, {
          ...{ publish, reason, idempotencyKey, overrideReview },
        });

addMutation('recordEvent', {
  type: EventRef,
  description: 'Records an event, as a draft or published. For a contributor it becomes a proposal.',
  input: builder.inputType('RecordEventInput', {
    description: 'A new event.',
    fields: (t) => ({ ...recordFields(t), ...developmentFields(t, true), ...eventFields(t, true) }),
  }),
  argument: 'The new event.',
  success: 'The event is recorded.',
  errors: ERRORS.record,
  isForContributors: true,
  write: record('EVENT'),
});

addMutation('recordStatement', {
  type: StatementRef,
  description: 'Records a statement, as a draft or published. For a contributor it becomes a proposal.',
  input: builder.inputType('RecordStatementInput', {
    description: 'A new statement. Its speakers are participants with the role SPEAKER.',
    fields: (t) => ({ ...recordFields(t), ...developmentFields(t, true), ...statementFields(t) }),
  }),
  argument: 'The new statement.',
  success: 'The statement is recorded.',
  errors: ERRORS.record,
  isForContributors: true,
  write: record('STATEMENT'),
});

addMutation('recordDoctrineChange', {
  type: DoctrineChangeRef,
  description: 'Records a doctrine change, as a draft or published. For a contributor it becomes a proposal.',
  input: builder.inputType('RecordDoctrineChangeInput', {
    description: 'A new doctrine change. Actors who approved it are participants with the role APPROVER.',
    fields: (t) => ({ ...recordFields(t), ...developmentFields(t, true), ...doctrineChangeFields(t, true) }),
  }),
  argument: 'The new doctrine change.',
  success: 'The doctrine change is recorded.',
  errors: ERRORS.record,
  isForContributors: true,
  write: record('DOCTRINE_CHANGE'),
});
