import type { DeskChange, DeskChanges } from '../../domain/desk/log.js';
import { readDeskHead } from '../../domain/desk/log.js';
import { encodeDeskCursor, parseDeskCursor } from '../../domain/desk/position.js';
import type { DevelopmentView } from '../../domain/development/read/view.js';
import { findMerge } from '../../domain/merging/acts.js';
import { countInboxByState } from '../../intake/inbox/items.js';
import { builder, requireEditor } from '../builder.js';
import type { Context } from '../context.js';
import { LIST_COST, LOADED, priced, SCAN_COST } from '../cost.js';
import { loadView } from '../loaders.js';
import { MAX_COUNTED } from '../queries/drafts.js';
import { InboxCountRef } from '../queries/inbox.js';
import { loadNote, NoteRef } from '../types/desk/note.js';
import { loadPresences, PresenceRef } from '../types/desk/presence.js';
import { MergeRef } from '../types/merging/merge.js';
import { loadProposal, ProposalRef } from '../types/review/proposal.js';
import { DeskPlan } from './desk-plan.js';

type Changed<Subject extends DeskChange['subject']> = Extract<DeskChange, { readonly subject: Subject }>;

const CURSOR = 'The position after this item. Pass it as `after` to resume.';

/** A change of one development, or beside it. */
type OnDevelopment = Exclude<DeskChange, Changed<'INBOX' | 'PROPOSAL' | 'MERGE'>>;

/** Editors see every development, so one that is not found is not in the record. */
async function viewOf(context: Context, { developmentId: id }: OnDevelopment): Promise<DevelopmentView> {
  const view = await loadView(context, { id, at: undefined });
  if (!view) throw new Error(`The development ${id} has changed and cannot be read.`);
  return view;
}

const DevelopmentRef = builder.objectRef<Changed<'DEVELOPMENT'>>('DeskDevelopmentChanged').implement({
  description:
    'A development was recorded, revised, published, retracted, or moved in the queue: a draft or a public one.',
  fields: (t) => ({
    development: t.field({
      ...priced(LOADED),
      type: 'Development',
      description: 'The development as it is now.',
      resolve: (change, _args, context) => viewOf(context, change),
    }),
  }),
});

const NoteChangedRef = builder.objectRef<Changed<'NOTE'>>('DeskNoteChanged').implement({
  description: 'A note was added, resolved, or opened again.',
  fields: (t) => ({
    note: t.field({
      ...priced(LOADED),
      type: NoteRef,
      description: 'The note as it is now.',
      resolve: async ({ noteId }, _args, context) => {
        const note = await loadNote(context, noteId);
        if (!note) throw new Error(`The note ${noteId} has changed and cannot be read.`);
        return note;
      },
    }),
    development: t.field({
      ...priced(LOADED),
      type: 'Development',
      description: 'The development that the note is on.',
      resolve: (change, _args, context) => viewOf(context, change),
    }),
  }),
});

const PresenceChangedRef = builder.objectRef<Changed<'PRESENCE'>>('DeskPresenceChanged').implement({
  description: 'An editor began or ended editing a development.',
  fields: (t) => ({
    development: t.field({
      ...priced(LOADED),
      type: 'Development',
      description: 'The development.',
      resolve: (change, _args, context) => viewOf(context, change),
    }),
    presence: t.field({
      ...priced(LOADED),
      type: [PresenceRef],
      description: 'The editors who are editing it now.',
      resolve: ({ developmentId }, _args, context) => loadPresences(context, developmentId),
    }),
  }),
});

const InboxChangedRef = builder.objectRef<DeskChange>('DeskInboxChanged').implement({
  description:
    'Articles arrived in the inbox, or an editor used, snoozed or dismissed some. Load its list again.',
  fields: (t) => ({
    counts: t.field({
      ...priced({ points: 4 * SCAN_COST, times: 4 }),
      type: [InboxCountRef],
      description: 'How many articles each state has now, 0 included.',
      resolve: (_change, _args, { db }) => countInboxByState(db, {}, MAX_COUNTED),
    }),
  }),
});

const ProposalChangedRef = builder.objectRef<Changed<'PROPOSAL'>>('DeskProposalChanged').implement({
  description: 'A proposal came, was assigned, or was decided.',
  fields: (t) => ({
    proposal: t.field({
      ...priced(LOADED),
      type: ProposalRef,
      description: 'The proposal as it is now.',
      resolve: async ({ proposalId }, _args, context) => {
        const proposal = await loadProposal(context, proposalId);
        if (!proposal) throw new Error(`The proposal ${proposalId} has changed and cannot be read.`);
        return proposal;
      },
    }),
  }),
});

const MergeChangedRef = builder.objectRef<Changed<'MERGE'>>('DeskMergeChanged').implement({
  description: 'Two entries were merged, or a merge was undone. It may have changed no development.',
  fields: (t) => ({
    merge: t.field({
      ...priced(LOADED),
      type: MergeRef,
      description: 'The merge as it is now.',
      resolve: async ({ mergeId }, _args, { db }) => {
        const merge = await findMerge(db, mergeId);
        if (!merge) throw new Error(`The merge ${mergeId} has changed and cannot be read.`);
        return merge;
      },
    }),
  }),
});

const TYPE_NAMES = {
  DEVELOPMENT: 'DeskDevelopmentChanged',
  NOTE: 'DeskNoteChanged',
  PRESENCE: 'DeskPresenceChanged',
  PROPOSAL: 'DeskProposalChanged',
  INBOX: 'DeskInboxChanged',
  MERGE: 'DeskMergeChanged',
} as const satisfies Record<DeskChange['subject'], string>;

const DeskChangeRef = builder.unionType('DeskChange', {
  description: 'Something on the desk that has changed, as it is now.',
  types: [
    DevelopmentRef,
    NoteChangedRef,
    PresenceChangedRef,
    ProposalChangedRef,
    InboxChangedRef,
    MergeChangedRef,
  ],
  resolveType: ({ subject }) => TYPE_NAMES[subject],
});

const DeskChangesRef = builder.objectRef<DeskChanges>('DeskChanges').implement({
  description: 'The changes of the desk since the item before.',
  fields: (t) => ({
    cursor: t.field({
      type: 'Cursor',
      description: CURSOR,
      resolve: ({ position }) => encodeDeskCursor(position),
    }),
    isIncomplete: t.exposeBoolean('isIncomplete', {
      description:
        'Whether changes are missing here: an import changed many, more than 1,000 things have changed, or the cursor is older than a day or of another database. Load your lists again.',
    }),
    changes: t.field({
      ...priced({ points: 1, times: LIST_COST }),
      type: [DeskChangeRef],
      description:
        'The changed things, each once, in the order of their latest changes. At most 1,000. Empty in the first item without `after`, and if `isIncomplete`.',
      resolve: ({ changes }) => changes,
    }),
  }),
});

builder.queryField('deskHead', (t) =>
  t.field({
    type: 'Cursor',
    nullable: true,
    authScopes: { editor: true },
    description:
      'The latest position of the desk, for `deskChanged`. Query it together with your lists, then subscribe after it: you miss no change. Editors only.',
    resolve: async (_root, _args, { db }) => encodeDeskCursor(await readDeskHead(db)),
  }),
);

builder.subscriptionField('deskChanged', (t) =>
  t.field({
    type: DeskChangesRef,
    description:
      'The changes of the desk, for screens: drafts and public developments, proposals, notes, merges, the inbox, and who is editing. Editors only. The first item comes at once, with the changes since `after`, if any. To resume, pass the cursor of the last item; over server-sent events it is also the event id, and a `Last-Event-ID` header overrides `after`.\n\nChanges of one thing are merged, and each thing is as it is now: this is no history. The log goes back a day. Public changes are in `feed` for ever.',
    args: {
      after: t.arg({
        type: 'Cursor',
        description: 'The cursor of the last item you have processed, or `deskHead`.',
      }),
    },
    subscribe: (_root, { after }, context) => {
      requireEditor(context, 'deskChanged');
      const cursor = context.resumeFrom ?? after;
      return new DeskPlan(cursor == null ? undefined : parseDeskCursor(cursor));
    },
    resolve: (changes) => changes,
  }),
);
