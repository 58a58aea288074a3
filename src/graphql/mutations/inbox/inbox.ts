import { addArticle } from '../../../intake/inbox/arrival/add-article.js';
import type { Arrival } from '../../../intake/inbox/arrival/save-arrival.js';
import { findInboxItems } from '../../../intake/inbox/items.js';
import { dismissItems, dismissSuggestion, MAX_ITEMS, snoozeItems } from '../../../intake/inbox/sort.js';
import { builder } from '../../builder.js';
import { intakeOf } from '../../context.js';
import { ERRORS } from '../../errors/groups.js';
import { type InputFields, writeFields } from '../../inputs/development.js';
import { InboxItemRef, itemIdIn, itemIdsIn } from '../../types/inbox/item.js';
import { argsOf, mutationOptions, successOf, writerOf } from '../define-mutation.js';

const AddedRef = builder.objectRef<Arrival>('AddArticleSuccess').implement({
  description: 'The inbox has the article.',
  fields: (t) => ({
    item: t.field({
      type: InboxItemRef,
      description: 'The article in the inbox.',
      resolve: async ({ item }, _args, { db, viewer }) => {
        const [found] = await findInboxItems(db, viewer, [item]);
        if (!found) throw new Error(`The inbox item ${item} was saved but cannot be read.`);
        return found;
      },
    }),
    isNew: t.exposeBoolean('isNew', {
      description:
        'Whether it is new. Otherwise the inbox had it already, by this address or with this text; `item.versions` has what differed.',
    }),
  }),
});

const FORM =
  'Give one of `html`, `markdown`, `text` and `pdf`, of at most `Viewer.maxArticleBytes`, or only a `url`.';

const AddArticleInput = builder.inputType('AddArticleInput', {
  description: `An article to add to the inbox. ${FORM}`,
  fields: (t) => ({
    html: t.string({ description: `The page as HTML. Only its main text is kept. ${FORM}` }),
    markdown: t.string({ description: `The article as Markdown. ${FORM}` }),
    text: t.string({ description: `The article as plain text. ${FORM}` }),
    pdf: t.string({
      description: `The article as a PDF in base64. ${FORM}`,
    }),
    url: t.string({
      description:
        'The address of the article. It is fetched if no document is given: HTML, Markdown, plain text or PDF, of at most 10 MB. Its address after redirects is kept, for the source of its citations. An article with the same address is a version of the one that the inbox has.',
    }),
    title: t.string({
      description:
        'The title, at most 300 characters. By default that of the page, or the first line of the text.',
    }),
    language: t.string({
      description:
        'The language as a BCP 47 tag, e.g. `ru`. By default the one that the page states, or the one that its words show.',
    }),
    publishedAt: t.field({
      type: 'DateTime',
      description: 'The time of its publication. By default the one that the page states.',
    }),
    ...writeFields(t),
  }),
});

builder.mutationField('addArticle', (t) =>
  t.field({
    ...mutationOptions('addArticle', {
      description: 'Adds an article to the inbox. Nothing is published, and readers never see it.',
      errors: ERRORS.plain,
    }),
    type: AddedRef,
    args: argsOf(t, { input: AddArticleInput, argument: 'The article to add.' }),
    resolve: (_root, { input }, context) => addArticle(writerOf(context), input, intakeOf(context)),
  }),
);

const itemsField = (t: InputFields) => ({
  items: t.idList({
    required: true,
    description: `The \`id\`s of the articles, at most ${MAX_ITEMS}. All of them are changed, or none.`,
  }),
});

/** The result of an act on articles: they are read back. */
const sortedRef = (mutation: string, description: string) =>
  builder.objectRef<readonly string[]>(successOf(mutation)).implement({
    description,
    fields: (t) => ({
      items: t.field({
        type: [InboxItemRef],
        description: 'The articles after the change.',
        resolve: (ids, _args, { db, viewer }) => findInboxItems(db, viewer, ids),
      }),
    }),
  });

const DismissInboxItemsInput = builder.inputType('DismissInboxItemsInput', {
  description: 'Articles to dismiss.',
  fields: (t) => ({
    ...itemsField(t),
    reason: t.string({ description: 'The reason, for other editors. At most 1,000 characters.' }),
    ...writeFields(t),
  }),
});

const DismissedRef = sortedRef('dismissInboxItems', 'The articles are dismissed.');

builder.mutationField('dismissInboxItems', (t) =>
  t.field({
    ...mutationOptions('dismissInboxItems', {
      description:
        'Dismisses articles of the inbox. `snoozeInboxItems` without a time makes them unread again.',
      errors: ERRORS.sort,
    }),
    type: DismissedRef,
    args: argsOf(t, { input: DismissInboxItemsInput, argument: 'The articles.' }),
    resolve: (_root, { input: { items, ...rest } }, context) =>
      dismissItems(writerOf(context), { ...rest, items: itemIdsIn(items) }),
  }),
);

const SnoozeInboxItemsInput = builder.inputType('SnoozeInboxItemsInput', {
  description: 'Articles to put off.',
  fields: (t) => ({
    ...itemsField(t),
    until: t.field({
      type: 'DateTime',
      description:
        'The time at which they are unread again, in the next year. Without it they are unread at once, dismissed ones too.',
    }),
    ...writeFields(t),
  }),
});

const SnoozedRef = sortedRef('snoozeInboxItems', 'The articles are put off, or unread again.');

builder.mutationField('snoozeInboxItems', (t) =>
  t.field({
    ...mutationOptions('snoozeInboxItems', {
      description: 'Puts articles of the inbox off until a time, or makes them unread again.',
      errors: ERRORS.sort,
    }),
    type: SnoozedRef,
    args: argsOf(t, { input: SnoozeInboxItemsInput, argument: 'The articles.' }),
    resolve: (_root, { input: { items, ...rest } }, context) =>
      snoozeItems(writerOf(context), { ...rest, items: itemIdsIn(items) }),
  }),
);

const DismissSuggestionInput = builder.inputType('DismissSuggestionInput', {
  description: 'A suggestion to dismiss.',
  fields: (t) => ({
    item: t.id({ required: true, description: 'The `id` of the article.' }),
    key: t.id({ required: true, description: 'The `key` of the suggestion.' }),
    ...writeFields(t),
  }),
});

const SuggestionDismissedRef = builder.objectRef<string>(successOf('dismissSuggestion')).implement({
  description: 'The suggestion is dismissed.',
  fields: (t) => ({
    item: t.field({
      type: InboxItemRef,
      description: 'The article.',
      resolve: async (id, _args, { db, viewer }) => {
        const [found] = await findInboxItems(db, viewer, [id]);
        if (!found) throw new Error(`The inbox item ${id} was changed but cannot be read.`);
        return found;
      },
    }),
  }),
});

builder.mutationField('dismissSuggestion', (t) =>
  t.field({
    ...mutationOptions('dismissSuggestion', {
      description:
        'Dismisses a suggestion. It is not offered again for this article, nor for a version with the same words.',
      errors: ERRORS.suggest,
    }),
    type: SuggestionDismissedRef,
    args: argsOf(t, { input: DismissSuggestionInput, argument: 'The suggestion.' }),
    resolve: (_root, { input: { item, ...rest } }, context) =>
      dismissSuggestion(writerOf(context), intakeOf(context).names, { ...rest, item: itemIdIn(item) }),
  }),
);
