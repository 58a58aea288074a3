import {
  approveDraft,
  assignDraft,
  discardDraft,
  requestChanges,
  submitForReview,
} from '../../../domain/review/acts.js';
import { schedulePublication } from '../../../domain/review/schedule.js';
import { builder } from '../../builder.js';
import { ERRORS } from '../../errors/groups.js';
import { type InputFields, writeFields } from '../../inputs/development.js';
import { addMutation } from '../define-mutation.js';

const SEEN =
  'The revision you have seen. If there is a newer one, the mutation returns RevisionConflictError.';

const actFields = (t: InputFields) => ({
  slug: t.string({ required: true, description: 'The slug of the draft.' }),
  expectedRevision: t.int({ description: SEEN }),
  ...writeFields(t),
});

const note = (t: InputFields) => ({
  note: t.string({ description: 'A note for the other editors. At most 5,000 characters.' }),
});

const ASSIGNEE = 'The editor to assign it to: the name of a token, or of a JWT with its prefix `jwt:`.';

addMutation('submitForReview', {
  description: 'Submits a draft for review. It is IN_REVIEW then.',
  input: builder.inputType('SubmitForReviewInput', {
    description: 'The draft to submit.',
    fields: (t) => ({
      ...actFields(t),
      ...note(t),
      assignee: t.string({ description: `${ASSIGNEE} Stays the same by default.` }),
    }),
  }),
  argument: 'The draft to submit.',
  success: 'The draft is submitted.',
  errors: ERRORS.act,
  write: (writer, { slug, assignee, ...options }) => submitForReview(writer, slug, { assignee }, options),
});

addMutation('assign', {
  description: 'Assigns a draft to an editor, or to nobody.',
  input: builder.inputType('AssignInput', {
    description: 'The draft to assign.',
    fields: (t) => ({
      ...actFields(t),
      ...note(t),
      assignee: t.string({ description: `${ASSIGNEE} Null for nobody.` }),
    }),
  }),
  argument: 'The draft to assign.',
  success: 'The draft is assigned.',
  errors: ERRORS.act,
  write: (writer, { slug, assignee, ...options }) => assignDraft(writer, slug, { assignee }, options),
});

addMutation('approve', {
  description:
    'Approves a revision of a draft that somebody else wrote. An edit withdraws the approval. It publishes nothing by itself.',
  input: builder.inputType('ApproveInput', {
    description: 'The draft to approve.',
    fields: (t) => ({
      ...actFields(t),
      ...note(t),
      expectedRevision: t.int({ required: true, description: `${SEEN} The approval stands for it alone.` }),
    }),
  }),
  argument: 'The draft to approve.',
  success: 'The draft is approved.',
  errors: ERRORS.approve,
  write: (writer, { slug, ...options }) => approveDraft(writer, slug, options),
});

const FieldNoteInput = builder.inputType('FieldNoteInput', {
  description: 'A note on a field.',
  fields: (t) => ({
    field: t.string({ required: true, description: 'The name of the field in inputs, e.g. `headline`.' }),
    text: t.string({ required: true, description: 'The note. 1 to 2,000 characters.' }),
  }),
});

addMutation('requestChanges', {
  description: 'Asks the author of a draft for changes. The draft is CHANGES_REQUESTED then.',
  input: builder.inputType('RequestChangesInput', {
    description: 'The draft to change, and what to change.',
    fields: (t) => ({
      ...actFields(t),
      ...note(t),
      fields: t.field({ type: [FieldNoteInput], description: 'Notes on fields. At most 50.' }),
    }),
  }),
  argument: 'The draft to change. It needs a note or notes on fields.',
  success: 'The changes are requested.',
  errors: ERRORS.act,
  write: (writer, { slug, fields, ...options }) => requestChanges(writer, slug, { fields }, options),
});

addMutation('discardDraft', {
  description: 'Discards a draft for good. Editors still see it among the drafts with the state DISCARDED.',
  input: builder.inputType('DiscardDraftInput', {
    description: 'The draft to discard.',
    fields: (t) => ({
      ...actFields(t),
      reason: t.string({ required: true, description: 'The reason. 1 to 1,000 characters.' }),
    }),
  }),
  argument: 'The draft to discard.',
  success: 'The draft is discarded.',
  errors: ERRORS.act,
  write: (writer, { slug, reason, ...options }) => discardDraft(writer, slug, { reason }, options),
});

addMutation('schedulePublication', {
  description:
    'Puts a draft under embargo: the server publishes it at that instant. Null lifts the embargo. If the record requires review, the draft must be approved first.',
  input: builder.inputType('SchedulePublicationInput', {
    description: 'The draft, and the end of its embargo.',
    fields: (t) => ({
      ...actFields(t),
      ...note(t),
      publishAt: t.field({
        type: 'DateTime',
        description: 'When to publish it: an instant in the next ten years. Null lifts the embargo.',
      }),
    }),
  }),
  argument: 'The draft, and the end of its embargo.',
  success: 'The embargo is set or lifted.',
  errors: ERRORS.schedule,
  write: (writer, { slug, publishAt, ...options }) =>
    schedulePublication(writer, slug, { publishAt }, options),
});
