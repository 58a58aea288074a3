import type { Offer } from '../../../intake/inbox/suggestion/offer.js';
import { offer, readArticles } from '../../../intake/inbox/suggestion/offer.js';
import { builder } from '../../builder.js';
import { batched, intakeOf } from '../../context.js';
import { LOADED, priced, SUGGESTIONS_COST } from '../../cost.js';
import { loadView } from '../../loaders.js';
import { showDevelopments } from '../budget.js';
import { InboxActEnum, SuggestionGradeEnum, SuggestionKindEnum } from '../enums/inbox.js';
import { InboxItemRef } from './item.js';

/** Articles whose suggestions are made at once. */
const ARTICLES = 50;

const loadOffers = batched(ARTICLES, async (context, ids: readonly string[]) => {
  const { db } = context;
  const articles = await readArticles(db, ids);
  const offers = await offer(db, intakeOf(context).names, articles);
  const known = new Map(articles.map(({ id }, at) => [id, offers[at]]));
  return ids.map((id) => known.get(id) ?? []);
});

type Matched = Offer & { readonly match: NonNullable<Offer['match']> };

const MatchRef = builder.objectRef<Matched>('SuggestionMatch').implement({
  description: 'A development of the record, or a draft, that a suggestion looks like.',
  fields: (t) => ({
    development: t.field({
      ...priced(LOADED),
      type: 'Development',
      nullable: true,
      description: 'The development. Null if it was erased meanwhile.',
      resolve: async ({ match }, _args, context) => {
        showDevelopments(context, 1);
        return (await loadView(context, { id: match.developmentId, at: undefined })) ?? null;
      },
    }),
    score: t.float({
      description: 'How much alike they are, from 0 to 1. Below 0.45 there is no match.',
      resolve: ({ match }) => match.score,
    }),
    claimedDate: t.string({
      nullable: true,
      description:
        'The date of the suggestion in EDTF, if it competes with that of the development. `addSuggestionToDevelopment` adds it as a claim.',
      resolve: ({ match }) => match.claim?.value ?? null,
    }),
  }),
});

type Marked = Offer & { readonly mark: NonNullable<Offer['mark']> };

const UseRef = builder.objectRef<Marked>('SuggestionUse').implement({
  description: 'What an editor made of a suggestion.',
  fields: (t) => ({
    act: t.field({ type: InboxActEnum, description: 'The act.', resolve: ({ mark }) => mark.act }),
    editor: t.string({
      description: 'The name of the token of the editor.',
      resolve: ({ mark }) => mark.editor,
    }),
    at: t.field({
      type: 'DateTime',
      description: 'The time of the act.',
      resolve: ({ mark }) => mark.recordedAt,
    }),
    development: t.field({
      ...priced(LOADED),
      type: 'Development',
      nullable: true,
      description: 'The development that it became or was added to. Null if it was dismissed.',
      resolve: async ({ mark: { developmentId } }, _args, context) => {
        if (developmentId === null) return null;
        showDevelopments(context, 1);
        return (await loadView(context, { id: developmentId, at: undefined })) ?? null;
      },
    }),
  }),
});

const SuggestionRef = builder.objectRef<Offer>('InboxSuggestion').implement({
  description:
    'Something that the text of an article suggests. Nothing is recorded until an editor accepts it.',
  fields: (t) => ({
    key: t.id({
      description:
        'The key within the article: of its kind, rule, place and the text. The same each time while the text is the same.',
      resolve: ({ key }) => key,
    }),
    kind: t.field({
      type: SuggestionKindEnum,
      description: 'The kind.',
      resolve: ({ suggestion }) => suggestion.kind,
    }),
    fields: t.field({
      type: 'JSON',
      description: 'The fields of its kind, as docs/intake.md lists them.',
      resolve: ({ suggestion }) => suggestion.fields,
    }),
    excerpt: t.string({
      description: 'The words that it rests on: literally the text from `start` to `end`.',
      resolve: ({ suggestion }) => suggestion.excerpt,
    }),
    start: t.int({
      description: 'The place of the first character of the excerpt in the text, in UTF-16 code units.',
      resolve: ({ suggestion }) => suggestion.start,
    }),
    end: t.int({
      description: 'The place behind the last character of the excerpt.',
      resolve: ({ suggestion }) => suggestion.end,
    }),
    rule: t.string({
      description: 'The name of the rule that made it, e.g. `quote-then-speaker`.',
      resolve: ({ suggestion }) => suggestion.rule,
    }),
    grade: t.field({
      type: SuggestionGradeEnum,
      description: 'How sure the rule is.',
      resolve: ({ suggestion }) => suggestion.grade,
    }),
    draft: t.field({
      type: 'JSON',
      nullable: true,
      description:
        'The development that `acceptSuggestion` records, in the format of the inputs that record one. Its source may not be in the record yet. Null for names, dates and links.',
      resolve: ({ draft }) => draft,
    }),
    match: t.field({
      type: MatchRef,
      nullable: true,
      description: 'What it looks like in the record. Null if it looks new.',
      resolve: (offered) => (offered.match ? (offered as Matched) : null),
    }),
    use: t.field({
      type: UseRef,
      nullable: true,
      description: 'What an editor made of it. Null if nobody has decided.',
      resolve: (offered) => (offered.mark ? (offered as Marked) : null),
    }),
  }),
});

builder.objectFields(InboxItemRef, (t) => ({
  suggestions: t.field({
    ...priced(SUGGESTIONS_COST),
    type: [SuggestionRef],
    description:
      'The suggestions from the text, in its order, without dismissed ones. Empty after the text was deleted.',
    args: {
      kind: t.arg({
        type: [SuggestionKindEnum],
        description: 'Return only these kinds. STATEMENT, EVENT and DOCTRINE_CHANGE by default.',
      }),
    },
    resolve: async ({ id, hasText }, { kind }, context) => {
      const kinds: readonly string[] = kind?.length ? kind : ['STATEMENT', 'EVENT', 'DOCTRINE_CHANGE'];
      const offers = hasText ? await loadOffers(context, id) : [];
      return offers.filter(
        ({ suggestion, mark }) => kinds.includes(suggestion.kind) && mark?.act !== 'DISMISSED',
      );
    },
  }),
}));
