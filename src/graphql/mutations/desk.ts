import { markMentionsRead, unknownNames } from '../../domain/desk/mentions.js';
import { addNote, resolveNote } from '../../domain/desk/notes.js';
import { setPresence } from '../../domain/desk/presence.js';
import { builder } from '../builder.js';
import { ERRORS } from '../errors/groups.js';
import { type InputFields, writeFields } from '../inputs/development.js';
import { loadNote, NoteRef } from '../types/desk/note.js';
import { loadPresences, PresenceRef } from '../types/desk/presence.js';
import { addMutation, argsOf, mutationOptions, type SuccessFields, writerOf } from './define-mutation.js';

const madeNote = (description: string) => (t: SuccessFields) => ({
  note: t.field({
    type: NoteRef,
    description,
    resolve: async ({ written }, _args, context) => {
      const note = written.made === undefined ? undefined : await loadNote(context, written.made);
      if (!note) throw new Error('A note was written and cannot be read.');
      return note;
    },
  }),
});

const slugField = (t: InputFields) => ({
  slug: t.string({ required: true, description: 'The slug of the development.' }),
});

addMutation('addNote', {
  description: 'Adds a note for editors to a draft or a published development. Readers never see it.',
  input: builder.inputType('AddNoteInput', {
    description: 'A note to add to a development.',
    fields: (t) => ({
      ...slugField(t),
      text: t.string({
        required: true,
        description:
          'The text, 1 to 5,000 characters. `@name` mentions the editor whose token has that name, and `@"a name"` one with blanks. At most 20 mentions.',
      }),
      field: t.string({
        description:
          'The field that it is about, as in `changedFields`, e.g. `headline`. A reply without it is about the field of its conversation.',
      }),
      replyTo: t.id({
        description:
          'The `key` of a note on the same development that it replies to. It joins the conversation of that note.',
      }),
      ...writeFields(t),
    }),
  }),
  argument: 'The note to add.',
  success: 'The note is added. The development has not changed, so `cursor` is null.',
  made: (t) => ({
    ...madeNote('The added note.')(t),
    unknownMentions: t.stringList({
      description:
        'The mentioned names that no valid token of an editor has, for example misspelled ones. Omits names from JWTs, which the server does not know.',
      resolve: async ({ written }, _args, context) => {
        const note = written.made === undefined ? undefined : await loadNote(context, written.made);
        return unknownNames(context.db, note?.mentions ?? []);
      },
    }),
  }),
  errors: ERRORS.naming,
  write: (writer, { slug, idempotencyKey, ...input }) => addNote(writer, slug, input, { idempotencyKey }),
});

addMutation('resolveNote', {
  description: 'Marks a note as resolved, or as open again.',
  input: builder.inputType('ResolveNoteInput', {
    description: 'A note to resolve.',
    fields: (t) => ({
      note: t.id({ required: true, description: 'The `key` of the note.' }),
      resolved: t.boolean({
        required: true,
        defaultValue: true,
        description: 'Whether it is resolved. False opens it again.',
      }),
      ...writeFields(t),
    }),
  }),
  argument: 'The note to resolve.',
  success: 'The note is resolved, or open again. The development has not changed, so `cursor` is null.',
  made: madeNote('The note after the change.'),
  errors: ERRORS.plain,
  write: (writer, { note, resolved, idempotencyKey }) =>
    resolveNote(writer, { note, resolved }, { idempotencyKey }),
});

addMutation('setPresence', {
  description:
    'Tells other editors that you are editing a development, or have stopped. They see it in `Development.presence` and `deskChanged`. It ends 30 s after your last call: call it every 10 s.',
  input: builder.inputType('SetPresenceInput', {
    description: 'Whether you are editing a development.',
    fields: (t) => ({
      ...slugField(t),
      editing: t.boolean({ required: true, description: 'Whether you are editing it.' }),
      ...writeFields(t),
    }),
  }),
  argument: 'Whether you are editing a development.',
  success: 'Your presence is set. The development has not changed, so `cursor` is null.',
  made: (t) => ({
    presence: t.field({
      type: [PresenceRef],
      description: 'The editors who are editing it now, you included.',
      resolve: ({ view }, _args, context) => loadPresences(context, view.id),
    }),
  }),
  errors: ERRORS.naming,
  write: (writer, input) => setPresence(writer, input),
});

const MarkedRef = builder.objectRef<{ readonly marked: number }>('MarkMentionsReadSuccess').implement({
  description: 'The mentions are marked as read.',
  fields: (t) => ({
    marked: t.exposeInt('marked', { description: 'How many of them were unread.' }),
  }),
});

const MarkMentionsReadInput = builder.inputType('MarkMentionsReadInput', {
  description: 'The notes whose mentions of you are read.',
  fields: (t) => ({
    notes: t.idList({
      required: true,
      description: 'The keys of the notes, at most 500. Notes that do not mention you are passed over.',
    }),
    ...writeFields(t),
  }),
});

builder.mutationField('markMentionsRead', (t) =>
  t.field({
    ...mutationOptions('markMentionsRead', {
      description: 'Marks mentions of you as read.',
      errors: ERRORS.plain,
    }),
    type: MarkedRef,
    args: argsOf(t, { input: MarkMentionsReadInput, argument: 'The notes.' }),
    resolve: (_root, { input }, context) => markMentionsRead(writerOf(context), input),
  }),
);
