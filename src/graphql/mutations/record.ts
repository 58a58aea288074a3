import { recordDevelopment } from '../../domain/development/record.js';
import { builder } from '../builder.js';
import { ERRORS } from '../errors.js';
import {
  developmentFields,
  doctrineChangeFields,
  eventFields,
  recordFields,
  statementFields,
} from '../inputs/developments.js';
import { DoctrineChangeRef, EventRef, StatementRef } from '../types/kinds.js';
import { reload, writerOf } from './writer.js';

const RecordEventInput = builder.inputType('RecordEventInput', {
  description: 'A new event.',
  fields: (t) => ({ ...recordFields(t), ...developmentFields(t, true), ...eventFields(t, true) }),
});

const RecordStatementInput = builder.inputType('RecordStatementInput', {
  description: 'A new statement. Name its speakers as participants with role SPEAKER.',
  fields: (t) => ({ ...recordFields(t), ...developmentFields(t, true), ...statementFields(t) }),
});

const RecordDoctrineChangeInput = builder.inputType('RecordDoctrineChangeInput', {
  description: 'A new doctrine change. Name who approved it as participants with role APPROVER.',
  fields: (t) => ({ ...recordFields(t), ...developmentFields(t, true), ...doctrineChangeFields(t, true) }),
});

builder.mutationFields((t) => ({
  recordEvent: t.field({
    type: EventRef,
    description: 'Records an event, as a draft or published at once.',
    errors: {
      ...ERRORS.record,
      union: { name: 'RecordEventResult', description: 'The event recorded, or why not.' },
    },
    args: { input: t.arg({ type: RecordEventInput, required: true, description: 'The new event.' }) },
    resolve: async (_root, { input }, context) => {
      const { publish, reason, idempotencyKey, ...fields } = input;
      const options = { publish, reason, idempotencyKey };
      return reload(context, await recordDevelopment(writerOf(context), 'EVENT', fields, options));
    },
  }),
  recordStatement: t.field({
    type: StatementRef,
    description: 'Records a statement, as a draft or published at once.',
    errors: {
      ...ERRORS.record,
      union: { name: 'RecordStatementResult', description: 'The statement recorded, or why not.' },
    },
    args: { input: t.arg({ type: RecordStatementInput, required: true, description: 'The new statement.' }) },
    resolve: async (_root, { input }, context) => {
      const { publish, reason, idempotencyKey, ...fields } = input;
      const options = { publish, reason, idempotencyKey };
      return reload(context, await recordDevelopment(writerOf(context), 'STATEMENT', fields, options));
    },
  }),
  recordDoctrineChange: t.field({
    type: DoctrineChangeRef,
    description: 'Records a doctrine change, as a draft or published at once.',
    errors: {
      ...ERRORS.record,
      union: { name: 'RecordDoctrineChangeResult', description: 'The doctrine change recorded, or why not.' },
    },
    args: {
      input: t.arg({
        type: RecordDoctrineChangeInput,
        required: true,
        description: 'The new doctrine change.',
      }),
    },
    resolve: async (_root, { input }, context) => {
      const { publish, reason, idempotencyKey, ...fields } = input;
      const options = { publish, reason, idempotencyKey };
      return reload(context, await recordDevelopment(writerOf(context), 'DOCTRINE_CHANGE', fields, options));
    },
  }),
}));
