import { addCitation, linkDevelopments } from '../domain/development/evidence.js';
import { publishDevelopment, retractDevelopment, reviseDevelopment } from '../domain/development/revise.js';
import { builder } from './builder.js';
import { DevelopmentRef } from './development.js';
import { LinkRelationEnum } from './enums.js';
import { ERRORS } from './errors.js';
import {
  changeFields,
  citationFields,
  developmentFields,
  doctrineChangeFields,
  eventFields,
  statementFields,
} from './inputs.js';
import { DoctrineChangeRef, EventRef, StatementRef } from './kinds.js';
import { reload, writerOf } from './writer.js';

const ReviseEventInput = builder.inputType('ReviseEventInput', {
  description: 'Changes to an event: a field left out stays as it is; null empties one that may be empty.',
  fields: (t) => ({ ...changeFields(t), ...developmentFields(t, false), ...eventFields(t, false) }),
});

const ReviseStatementInput = builder.inputType('ReviseStatementInput', {
  description: 'Changes to a statement: a field left out stays as it is; null empties one that may be empty.',
  fields: (t) => ({ ...changeFields(t), ...developmentFields(t, false), ...statementFields(t) }),
});

const ReviseDoctrineChangeInput = builder.inputType('ReviseDoctrineChangeInput', {
  description:
    'Changes to a doctrine change: a field left out stays as it is; null empties one that may be empty.',
  fields: (t) => ({ ...changeFields(t), ...developmentFields(t, false), ...doctrineChangeFields(t, false) }),
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
  }),
});

const AddCitationInput = builder.inputType('AddCitationInput', {
  description: 'A citation to add to a development.',
  fields: (t) => ({ ...changeFields(t), ...citationFields(t) }),
});

const LinkDevelopmentsInput = builder.inputType('LinkDevelopmentsInput', {
  description: 'A link from the development `slug` to another.',
  fields: (t) => ({
    ...changeFields(t),
    to: t.string({ required: true, description: 'The slug of the other development.' }),
    relation: t.field({ type: LinkRelationEnum, required: true, description: 'How the first bears on it.' }),
    note: t.string({ description: 'What there is to say about the link; at most 1,000 characters.' }),
  }),
});

builder.mutationFields((t) => ({
  reviseEvent: t.prismaField({
    type: EventRef,
    description: 'Revises an event; a published one is told of in the feed.',
    errors: {
      ...ERRORS.revise,
      union: { name: 'ReviseEventResult', description: 'The event revised, or why not.' },
    },
    args: { input: t.arg({ type: ReviseEventInput, required: true, description: 'What to change.' }) },
    resolve: async (query, _root, { input }, context) => {
      const { slug, reason, expectedRevision, idempotencyKey, ...fields } = input;
      const options = { reason, expectedRevision, idempotencyKey };
      return reload(
        query,
        context,
        await reviseDevelopment(writerOf(context), 'EVENT', slug, fields, options),
      );
    },
  }),
  reviseStatement: t.prismaField({
    type: StatementRef,
    description: 'Revises a statement; a published one is told of in the feed.',
    errors: {
      ...ERRORS.revise,
      union: { name: 'ReviseStatementResult', description: 'The statement revised, or why not.' },
    },
    args: { input: t.arg({ type: ReviseStatementInput, required: true, description: 'What to change.' }) },
    resolve: async (query, _root, { input }, context) => {
      const { slug, reason, expectedRevision, idempotencyKey, ...fields } = input;
      const options = { reason, expectedRevision, idempotencyKey };
      return reload(
        query,
        context,
        await reviseDevelopment(writerOf(context), 'STATEMENT', slug, fields, options),
      );
    },
  }),
  reviseDoctrineChange: t.prismaField({
    type: DoctrineChangeRef,
    description: 'Revises a doctrine change; a published one is told of in the feed.',
    errors: {
      ...ERRORS.revise,
      union: { name: 'ReviseDoctrineChangeResult', description: 'The doctrine change revised, or why not.' },
    },
    args: {
      input: t.arg({ type: ReviseDoctrineChangeInput, required: true, description: 'What to change.' }),
    },
    resolve: async (query, _root, { input }, context) => {
      const { slug, reason, expectedRevision, idempotencyKey, ...fields } = input;
      const options = { reason, expectedRevision, idempotencyKey };
      return reload(
        query,
        context,
        await reviseDevelopment(writerOf(context), 'DOCTRINE_CHANGE', slug, fields, options),
      );
    },
  }),
  publishDevelopment: t.prismaField({
    type: DevelopmentRef,
    description: 'Makes a draft part of the public record.',
    errors: changeResult('PublishDevelopment', 'What to publish.'),
    args: {
      input: t.arg({ type: PublishDevelopmentInput, required: true, description: 'What to publish.' }),
    },
    resolve: async (query, _root, { input }, context) => {
      const { slug, ...options } = input;
      return reload(query, context, await publishDevelopment(writerOf(context), slug, options));
    },
  }),
  retractDevelopment: t.prismaField({
    type: DevelopmentRef,
    description: 'Withdraws a published development: it stays as a tombstone, with the reason.',
    errors: changeResult('RetractDevelopment', 'What to withdraw.'),
    args: {
      input: t.arg({ type: RetractDevelopmentInput, required: true, description: 'What to withdraw.' }),
    },
    resolve: async (query, _root, { input }, context) => {
      const { slug, ...options } = input;
      return reload(query, context, await retractDevelopment(writerOf(context), slug, options));
    },
  }),
  addCitation: t.prismaField({
    type: DevelopmentRef,
    description: 'Adds a citation, with the claims that it makes, to a development.',
    errors: changeResult('AddCitation', 'The citation.'),
    args: { input: t.arg({ type: AddCitationInput, required: true, description: 'The citation.' }) },
    resolve: async (query, _root, { input }, context) => {
      const { slug, reason, expectedRevision, idempotencyKey, ...citation } = input;
      const options = { reason, expectedRevision, idempotencyKey };
      return reload(query, context, await addCitation(writerOf(context), slug, citation, options));
    },
  }),
  linkDevelopments: t.prismaField({
    type: DevelopmentRef,
    description: 'Links a development to another that it bears on.',
    errors: changeResult('LinkDevelopments', 'The link.'),
    args: { input: t.arg({ type: LinkDevelopmentsInput, required: true, description: 'The link.' }) },
    resolve: async (query, _root, { input }, context) => {
      const { slug, reason, expectedRevision, idempotencyKey, ...link } = input;
      const options = { reason, expectedRevision, idempotencyKey };
      return reload(query, context, await linkDevelopments(writerOf(context), slug, link, options));
    },
  }),
}));

/** A development of any kind cannot stand in a union, so it is a field of the mutation's success type. */
function changeResult(name: string, what: string) {
  return {
    ...ERRORS.change,
    directResult: false,
    union: { name: `${name}Result`, description: 'The development changed, or why not.' },
    result: { name: `${name}Success`, description: `It is done: ${what}` },
    dataField: { name: 'development', description: 'The development as it is now.' },
  } as const;
}
