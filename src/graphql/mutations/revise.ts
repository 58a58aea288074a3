import {
  publishDevelopment,
  retractDevelopment,
  reviseDevelopment,
} from '../../domain/development/revise.js';
import { builder } from '../builder.js';
import { ERRORS } from '../errors.js';
import {
  changeFields,
  developmentFields,
  doctrineChangeFields,
  eventFields,
  type InputFields,
  statementFields,
} from '../inputs/developments.js';
import { DevelopmentRef } from '../types/development-ref.js';
import { DoctrineChangeRef, EventRef, StatementRef } from '../types/kinds.js';
import { changeResult } from './change-result.js';
import { reload, writerOf } from './writer.js';

const renamingFields = (t: InputFields) => ({
  ...changeFields(t),
  newSlug: t.string({
    description:
      'Another readable key for it. Those that it had go on leading to it, and no other development gets them.',
  }),
});

const ReviseEventInput = builder.inputType('ReviseEventInput', {
  description: 'Changes to an event: a field left out stays as it is; null empties one that may be empty.',
  fields: (t) => ({ ...renamingFields(t), ...developmentFields(t, false), ...eventFields(t, false) }),
});

const ReviseStatementInput = builder.inputType('ReviseStatementInput', {
  description: 'Changes to a statement: a field left out stays as it is; null empties one that may be empty.',
  fields: (t) => ({ ...renamingFields(t), ...developmentFields(t, false), ...statementFields(t) }),
});

const ReviseDoctrineChangeInput = builder.inputType('ReviseDoctrineChangeInput', {
  description:
    'Changes to a doctrine change: a field left out stays as it is; null empties one that may be empty.',
  fields: (t) => ({
    ...renamingFields(t),
    ...developmentFields(t, false),
    ...doctrineChangeFields(t, false),
  }),
});

const PublishDevelopmentInput = builder.inputType('PublishDevelopmentInput', {
  description: 'The draft to publish.',
  fields: (t) => changeFields(t),
});

const RetractDevelopmentInput = builder.inputType('RetractDevelopmentInput', {
  description: 'The development to withdraw.',
  fields: (t) => ({
    ...changeFields(t),
    reason: t.string({ required: true, description: 'Why, for all to read; 1 to 1,000 characters.' }),
    successor: t.string({ description: 'The slug of the published development that stands in its place.' }),
  }),
});

builder.mutationFields((t) => ({
  reviseEvent: t.field({
    type: EventRef,
    description: 'Revises an event; a published one is told of in the feed.',
    errors: {
      ...ERRORS.revise,
      union: { name: 'ReviseEventResult', description: 'The event revised, or why not.' },
    },
    args: { input: t.arg({ type: ReviseEventInput, required: true, description: 'What to change.' }) },
    resolve: async (_root, { input }, context) => {
      const { slug, reason, expectedRevision, idempotencyKey, ...fields } = input;
      const options = { reason, expectedRevision, idempotencyKey };
      return reload(context, await reviseDevelopment(writerOf(context), 'EVENT', slug, fields, options));
    },
  }),
  reviseStatement: t.field({
    type: StatementRef,
    description: 'Revises a statement; a published one is told of in the feed.',
    errors: {
      ...ERRORS.revise,
      union: { name: 'ReviseStatementResult', description: 'The statement revised, or why not.' },
    },
    args: { input: t.arg({ type: ReviseStatementInput, required: true, description: 'What to change.' }) },
    resolve: async (_root, { input }, context) => {
      const { slug, reason, expectedRevision, idempotencyKey, ...fields } = input;
      const options = { reason, expectedRevision, idempotencyKey };
      return reload(context, await reviseDevelopment(writerOf(context), 'STATEMENT', slug, fields, options));
    },
  }),
  reviseDoctrineChange: t.field({
    type: DoctrineChangeRef,
    description: 'Revises a doctrine change; a published one is told of in the feed.',
    errors: {
      ...ERRORS.revise,
      union: { name: 'ReviseDoctrineChangeResult', description: 'The doctrine change revised, or why not.' },
    },
    args: {
      input: t.arg({ type: ReviseDoctrineChangeInput, required: true, description: 'What to change.' }),
    },
    resolve: async (_root, { input }, context) => {
      const { slug, reason, expectedRevision, idempotencyKey, ...fields } = input;
      const options = { reason, expectedRevision, idempotencyKey };
      return reload(
        context,
        await reviseDevelopment(writerOf(context), 'DOCTRINE_CHANGE', slug, fields, options),
      );
    },
  }),
  publishDevelopment: t.field({
    type: DevelopmentRef,
    description: 'Makes a draft part of the public record.',
    errors: changeResult('PublishDevelopment', 'it is published', ERRORS.publish),
    args: {
      input: t.arg({ type: PublishDevelopmentInput, required: true, description: 'What to publish.' }),
    },
    resolve: async (_root, { input }, context) => {
      const { slug, ...options } = input;
      return reload(context, await publishDevelopment(writerOf(context), slug, options));
    },
  }),
  retractDevelopment: t.field({
    type: DevelopmentRef,
    description: 'Withdraws a published development: it stays as a tombstone, with the reason.',
    errors: changeResult('RetractDevelopment', 'it is withdrawn', ERRORS.change),
    args: {
      input: t.arg({ type: RetractDevelopmentInput, required: true, description: 'What to withdraw.' }),
    },
    resolve: async (_root, { input }, context) => {
      const { slug, ...options } = input;
      return reload(context, await retractDevelopment(writerOf(context), slug, options));
    },
  }),
}));
