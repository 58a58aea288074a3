import { countMentions, type Mention, type NoteBound, readMentions } from '../../domain/desk/mentions.js';
import { builder } from '../builder.js';
import { LOADED, pageCost, priced } from '../cost.js';
import { createPage, type PageQuery } from '../page.js';
import type { Order } from '../page-cursor.js';
import { connectionTypes } from '../relay.js';
import { loadNote, NoteRef } from '../types/desk/note.js';

const NEWEST_FIRST: Order<Mention> = {
  name: 'mention',
  columns: [{ field: 'noteId', type: 'uuid', direction: 'desc', value: ({ noteId }) => noteId }],
};

const MentionRef = builder.objectRef<Mention>('Mention').implement({
  description: 'A note that mentions you.',
  fields: (t) => ({
    note: t.field({
      ...priced(LOADED),
      type: NoteRef,
      description: 'The note.',
      resolve: async ({ noteId }, _args, context) => {
        const note = await loadNote(context, noteId);
        if (!note) throw new Error(`The note ${noteId} is mentioned and cannot be read.`);
        return note;
      },
    }),
    readAt: t.expose('readAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When you marked it as read. Null if it is unread.',
    }),
  }),
});

builder.queryField('mentions', (t) =>
  t.connection(
    {
      ...priced(pageCost),
      type: MentionRef,
      nullable: true,
      authScopes: { editor: true },
      description: 'The notes that mention you by the name of your token, newest first. Editors only.',
      args: {
        unread: t.arg.boolean({
          required: true,
          defaultValue: false,
          description: 'Whether to leave out those you have marked as read.',
        }),
      },
      resolve: (_root, { unread, ...args }, { db, viewer }) => {
        const query = { name: viewer.name ?? '', isUnread: unread };
        return createPage({
          args,
          order: NEWEST_FIRST,
          find: (page) => readMentions(db, query, { ...page, ...within(page) }),
          count: (limit) => countMentions(db, query, limit),
        });
      },
    },
    ...connectionTypes('Mention', 'mentions'),
  ),
);

const within = ({ bounds, columns }: PageQuery) => ({
  direction: columns[0]?.direction ?? 'desc',
  bounds: bounds.map(({ values, isAfter, isInclusive }): NoteBound => {
    return { noteId: String(values[0]), isAfter, isInclusive };
  }),
});
