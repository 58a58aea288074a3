import { canEdit } from '../../../domain/access.js';
import { type NoteRow, readNotes, readNotesOn } from '../../../domain/desk/notes.js';
import { builder } from '../../builder.js';
import { batched } from '../../context.js';
import { LOADED, priced, READ_COST } from '../../cost.js';
import { loadView } from '../../loaders.js';

/** Developments whose notes are read in one statement. */
const AT_ONCE = 100;
/** The notes that a development usually has, for the price of the list. */
const USUAL_NOTES = 10;

/** Loads a note by id; undefined if there is none. */
export const loadNote = batched(1_000, async ({ db }, ids: readonly string[]) => {
  const notes = new Map((await readNotes(db, ids)).map((note) => [note.id, note]));
  return ids.map((id) => notes.get(id));
});

const loadNotesOn = batched(AT_ONCE, async ({ db }, developmentIds: readonly string[]) => {
  const notes = await readNotesOn(db, developmentIds);
  return developmentIds.map((id) => notes.filter(({ developmentId }) => developmentId === id));
});

export const NoteRef = builder.objectRef<NoteRow>('Note').implement({
  description: 'A note of an editor on a draft or a published development. Readers never see it.',
  fields: (t) => ({
    key: t.id({
      description: 'The key of the note, for `replyTo` and `resolveNote`.',
      resolve: ({ id }) => id,
    }),
    development: t.field({
      ...priced(LOADED),
      type: 'Development',
      description: 'The development that it is on, as it is now.',
      resolve: async ({ developmentId }, _args, context) => {
        const view = await loadView(context, { id: developmentId, at: undefined });
        if (!view) throw new Error(`The development ${developmentId} has a note and cannot be read.`);
        return view;
      },
    }),
    field: t.exposeString('field', {
      nullable: true,
      description:
        'The field that it is about, as in `changedFields`, e.g. `headline`. Null if it is about the whole.',
    }),
    text: t.exposeString('text', { description: 'The text. `@name` and `@"a name"` mention an editor.' }),
    author: t.exposeString('author', { description: 'The editor: the name of the token.' }),
    mentions: t.exposeStringList('mentions', {
      description: 'The names that the text mentions, in alphabetical order. At most 20.',
    }),
    replyTo: t.id({
      nullable: true,
      description: 'The key of the first note of its conversation. Null if it begins one.',
      resolve: ({ replyToId }) => replyToId,
    }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'The time of the note.' }),
    resolvedAt: t.expose('resolvedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time at which it was resolved. Null while it is open.',
    }),
    resolvedBy: t.exposeString('resolvedBy', {
      nullable: true,
      description: 'The editor who resolved it. Null while it is open.',
    }),
  }),
});

builder.interfaceField('Development', 'notes', (t) =>
  t.field({
    ...priced({ points: READ_COST, times: USUAL_NOTES }),
    type: [NoteRef],
    nullable: true,
    description:
      "The editors' notes, the first one first, at most 500. Null for readers. They are on the development, not on a revision: `asOf` does not change them.",
    args: {
      open: t.arg.boolean({
        required: true,
        defaultValue: false,
        description: 'Whether to leave out notes that are resolved.',
      }),
    },
    resolve: async ({ id }, { open }, context) => {
      if (!canEdit(context.viewer)) return null;
      const notes = await loadNotesOn(context, id);
      return open ? notes.filter(({ resolvedAt }) => resolvedAt === null) : notes;
    },
  }),
);
