import { canEdit } from '../../../domain/access.js';
import type { FieldNote } from '../../../domain/review/events.js';
import {
  type EventRow,
  MAX_EVENTS,
  type ReviewRow,
  readEvents,
  readReviews,
} from '../../../domain/review/reviews.js';
import { builder } from '../../builder.js';
import { batched } from '../../context.js';
import { LOADED, priced } from '../../cost.js';
import { isPresent } from '../../node-id.js';
import { ReviewActEnum, ReviewStateEnum } from '../enums/review.js';

/** The reviews of a page. */
const AT_ONCE = 1_000;

/** Loads the review of a development. */
const loadReview = batched(AT_ONCE, async ({ db }, ids: readonly string[]) => {
  const known = new Map((await readReviews(db, ids)).map((row) => [row.developmentId, row]));
  return ids.map((id) => known.get(id));
});

const loadEvents = batched(100, async ({ db }, ids: readonly string[]) => {
  const known = new Map<string, EventRow[]>();
  for (const event of await readEvents(db, [...new Set(ids)])) {
    known.set(event.developmentId, [...(known.get(event.developmentId) ?? []), event]);
  }
  return ids.map((id) => known.get(id) ?? []);
});

interface Note extends FieldNote {
  readonly event: EventRow;
}

const ReviewNoteRef = builder.objectRef<Note>('ReviewNote').implement({
  description: 'A note of a reviewer on a field.',
  fields: (t) => ({
    field: t.exposeString('field', { description: 'The name of the field in inputs, e.g. `headline`.' }),
    text: t.exposeString('text', { description: 'The note.' }),
    by: t.string({ description: 'The name of the reviewer.', resolve: ({ event }) => event.actor }),
    at: t.field({
      type: 'DateTime',
      description: 'The time of the note.',
      resolve: ({ event }) => event.recordedAt,
    }),
    revision: t.int({
      description: 'The revision that the note is about.',
      resolve: ({ event }) => event.revision,
    }),
  }),
});

const notesOf = (event: EventRow): Note[] => event.fieldNotes.map((note) => ({ ...note, event }));

const ReviewEventRef = builder.objectRef<EventRow>('ReviewEvent').implement({
  description: 'An act in the history of a review.',
  fields: (t) => ({
    key: t.exposeID('key', { description: 'The key within the review.' }),
    act: t.expose('act', { type: ReviewActEnum, description: 'The act.' }),
    by: t.exposeString('actor', { description: 'The name of the token of its author.' }),
    at: t.expose('recordedAt', { type: 'DateTime', description: 'The time of the act.' }),
    revision: t.exposeInt('revision', { description: 'The revision of the development at that time.' }),
    note: t.exposeString('note', { nullable: true, description: 'The note. Null if there is none.' }),
    notes: t.field({
      type: [ReviewNoteRef],
      description: 'The notes on fields.',
      resolve: (event) => notesOf(event),
    }),
    assignee: t.exposeString('assignee', {
      nullable: true,
      description: 'The editor whom it was assigned to. Null for other acts, and for nobody.',
    }),
    publishAt: t.expose('publishAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The end of the embargo that was set. Null for other acts.',
    }),
  }),
});

const ReviewRef = builder.objectRef<ReviewRow>('DraftReview').implement({
  description: 'The review of a development that is or was a draft. Only editors see it.',
  fields: (t) => ({
    state: t.expose('state', { type: ReviewStateEnum, description: 'The state.' }),
    author: t.exposeString('author', { description: 'The name of the token that recorded the draft.' }),
    assignee: t.exposeString('assignee', {
      nullable: true,
      description: 'The editor whom it is assigned to. Null for nobody.',
    }),
    reviewers: t.field({
      ...priced(LOADED),
      type: ['String'],
      description: 'The editors who approved it or asked for changes, each once, the latest first.',
      resolve: async ({ developmentId }, _args, context) => {
        const events = await loadEvents(context, developmentId);
        const acts = events.filter(({ act }) => act === 'APPROVED' || act === 'CHANGES_REQUESTED');
        return [...new Set(acts.map(({ actor }) => actor))];
      },
    }),
    approvedBy: t.exposeString('approvedBy', {
      nullable: true,
      description: 'The editor whose approval stands. Null without one.',
    }),
    approvedRevision: t.exposeInt('approvedRevision', {
      nullable: true,
      description: 'The revision that the approval stands for. Null without one.',
    }),
    submittedAt: t.expose('submittedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The time at which it was last submitted for review. Null if it was not.',
    }),
    publishAt: t.expose('publishAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'The end of the embargo, at which the server publishes a SCHEDULED draft. In another state it stands until the draft is approved again. Null without an embargo.',
    }),
    scheduledBy: t.exposeString('scheduledBy', {
      nullable: true,
      description: 'The editor who set the embargo. Null without one.',
    }),
    changedAt: t.expose('changedAt', {
      type: 'DateTime',
      description: 'The time of the latest edit of the draft or act of its review.',
    }),
    notes: t.field({
      ...priced(LOADED),
      type: [ReviewNoteRef],
      description: 'The notes on fields of the latest request for changes.',
      resolve: async ({ developmentId }, _args, context) => {
        const events = await loadEvents(context, developmentId);
        const latest = events.find(({ act }) => act === 'CHANGES_REQUESTED');
        return latest ? notesOf(latest) : [];
      },
    }),
    history: t.field({
      ...priced(LOADED),
      type: [ReviewEventRef],
      description: `The acts of the review, newest first. At most ${MAX_EVENTS}.`,
      resolve: ({ developmentId }, _args, context) => loadEvents(context, developmentId),
    }),
  }),
});

builder.interfaceField('Development', 'review', (t) =>
  t.field({
    ...priced(LOADED),
    type: ReviewRef,
    nullable: true,
    description:
      'The review of the draft. Null for readers, in the past, and for a development that was published at once.',
    resolve: async (view, _args, context) =>
      canEdit(context.viewer) && isPresent(context, view.at)
        ? ((await loadReview(context, view.id)) ?? null)
        : null,
  }),
);
