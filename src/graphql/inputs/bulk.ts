import { MAX_ITEMS } from '../../domain/bulk/input.js';
import { builder } from '../builder.js';
import { inputPriced, onlyPoints } from '../cost.js';
import { type InputFields, writeFields } from './development.js';

const BulkItemInput = builder.inputType('BulkItemInput', {
  description: 'A development to change.',
  fields: (t) => ({
    slug: t.string({ required: true, description: 'The slug of the development.' }),
    expectedRevision: t.int({
      required: true,
      description: 'The revision you have seen. A development with a newer one fails.',
    }),
  }),
});

const ChangeSourceInput = builder.inputType('ChangeSourceInput', {
  description: 'The source of citations, and the one that replaces it.',
  fields: (t) => ({
    from: t.string({ required: true, description: 'The slug of the source that citations have.' }),
    to: t.string({ required: true, description: 'The slug of the source that they get.' }),
  }),
});

const RegradeInput = builder.inputType('RegradeInput', {
  description:
    'New grades. The confidence is derived again in any case, from the reliability that the sources have now.',
  fields: (t) => ({
    source: t.string({ description: 'The slug of a source: only its citations get the credibility.' }),
    credibility: t.int({ description: 'The credibility of the citations, 1 to 6. Theirs stays if omitted.' }),
  }),
});

const AssignInput = builder.inputType('AssignInBulkInput', {
  description: 'The editor to assign the drafts to.',
  fields: (t) => ({
    assignee: t.string({ description: 'The name of the token of an editor. Nobody if omitted or null.' }),
  }),
});

const BulkActionInput = builder.inputType('BulkActionInput', {
  description: 'What to do with each development. Exactly one field.',
  isOneOf: true,
  fields: (t) => ({
    addTopics: t.stringList({ description: 'Add topics, by their slugs. 1 to 20.' }),
    removeTopics: t.stringList({ description: 'Remove topics, by their slugs. 1 to 20.' }),
    changeSource: t.field({ type: ChangeSourceInput, description: 'Replace the source of citations.' }),
    regrade: t.field({
      type: RegradeInput,
      description: 'Set the credibility of citations, and derive the confidence again.',
    }),
    assign: t.field({ type: AssignInput, description: 'Assign drafts to an editor, or to nobody.' }),
    approve: t.boolean({
      description:
        'Approve the revisions of drafts that another wrote. True. `reason` is the note in their histories.',
    }),
    publish: t.boolean({ description: 'Publish drafts. True.' }),
    retract: t.boolean({
      description: 'Withdraw published developments, for the `reason`. True. This cannot be undone.',
    }),
  }),
});

const bulkFields = (t: InputFields) => ({
  items: t.field({
    type: [BulkItemInput],
    required: true,
    description: `The developments, each once: 1 to ${MAX_ITEMS}. Revisions and items of the feed are in this order.`,
  }),
  action: t.field({ type: BulkActionInput, required: true, description: 'What to do with each of them.' }),
});

/** What a development costs, in a mutation ten times as much. */
const POINTS_PER_ITEM = 2;

/** Prices a bulk change by its rows. */
const byRows = inputPriced(({ items }: { readonly items: readonly unknown[] }) =>
  onlyPoints(POINTS_PER_ITEM * items.length),
);

export const BulkPreviewInput = builder.inputType('BulkPreviewInput', {
  ...byRows,
  description: 'A bulk change to try.',
  fields: bulkFields,
});

export const BulkChangeInput = builder.inputType('BulkChangeInput', {
  ...byRows,
  description: 'A change of many developments at once.',
  fields: (t) => ({
    ...bulkFields(t),
    reason: t.string({
      description:
        'The reason for the revisions. At most 1,000 characters. Required for retractions, and public.',
    }),
    skipFailing: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Whether to change the others if some cannot be changed. Otherwise none is.',
    }),
    ...writeFields(t),
  }),
});

export const UndoBulkInput = builder.inputType('UndoBulkInput', {
  description: 'A bulk change to undo.',
  fields: (t) => ({
    bulk: t.id({ required: true, description: 'The `key` of the bulk change.' }),
    reason: t.string({ description: 'The reason for the revisions. At most 1,000 characters.' }),
    ...writeFields(t),
  }),
});
