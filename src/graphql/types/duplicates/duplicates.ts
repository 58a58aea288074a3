import { brandWithType } from '@pothos/core';
import {
  type Comparison,
  type DuplicateDoubt,
  type DuplicateReason,
  strengthOf,
} from '../../../domain/duplicates/comparison.js';
import type { Judgement } from '../../../domain/duplicates/judgements.js';
import { OWNERS, type Suggestion, type SuggestionPage } from '../../../domain/duplicates/suggestion.js';
import type { ReferenceModel } from '../../../domain/references/cache.js';
import type { DuplicateKind } from '../../../generated/prisma/enums.js';
import { builder } from '../../builder.js';
import type { Context } from '../../context.js';
import { PAGED, priced } from '../../cost.js';
import { loadReference, loadView } from '../../loaders.js';
import { encodePageCursor } from '../../page-cursor.js';
import { TYPE_NAMES } from '../development/development.js';
import { DoctrineChangeRef, EventRef, StatementRef } from '../development/kinds.js';
import {
  DuplicateDoubtEnum,
  DuplicateKindEnum,
  DuplicateReasonEnum,
  DuplicateVerdictEnum,
  StrengthEnum,
} from '../enums/duplicates.js';
import { ActorRef } from '../references/actor.js';
import { DoctrineRef } from '../references/doctrine.js';
import { SourceRef } from '../references/source.js';
import { TopicRef } from '../references/topic.js';
import { TreatyRef } from '../references/treaty.js';
import { WeaponSystemRef } from '../references/weapon-system.js';
import { placesOf } from './places.js';

export const DuplicateEntryRef = builder.unionType('DuplicateEntry', {
  description: 'An entry of the record that may be there twice.',
  types: [
    ActorRef,
    SourceRef,
    TopicRef,
    TreatyRef,
    WeaponSystemRef,
    DoctrineRef,
    EventRef,
    StatementRef,
    DoctrineChangeRef,
  ],
});

const MODELS = {
  ACTOR: 'actor',
  SOURCE: 'source',
  TOPIC: 'topic',
  TREATY: 'treaty',
  WEAPON_SYSTEM: 'weaponSystem',
  DOCTRINE: 'doctrine',
} as const satisfies Record<keyof typeof OWNERS, ReferenceModel>;

/** Loads an entry by its id. */
export async function loadEntry(context: Context, kind: DuplicateKind, id: string): Promise<never> {
  if (kind === 'DEVELOPMENT') {
    const view = await loadView(context, { id, at: undefined });
    if (!view) throw new Error(`The development ${id} is compared and cannot be read.`);
    const shown = { ...view };
    brandWithType(shown, TYPE_NAMES[view.content.detail.kind] as never);
    return shown as never;
  }
  const row = { ...(await loadReference(context, MODELS[kind], id, undefined)) };
  brandWithType(row, OWNERS[kind] as never);
  return row as never;
}

const ReasonRef = builder.objectRef<DuplicateReason>('DuplicateReason').implement({
  description: 'A reason to think that two entries are one thing.',
  fields: (t) => ({
    type: t.expose('type', { type: DuplicateReasonEnum, description: 'The reason, for programs.' }),
    text: t.exposeString('text', {
      description: 'The reason in words, without a full stop, e.g. `the same words in another order`.',
    }),
    one: t.exposeString('one', {
      nullable: true,
      description: 'What was compared of `one`, e.g. one of its names. Null if the text says it.',
    }),
    other: t.exposeString('other', {
      nullable: true,
      description: 'What was compared of `other`. Null if the text says it.',
    }),
  }),
});

const DoubtRef = builder.objectRef<DuplicateDoubt>('DuplicateDoubt').implement({
  description: 'A reason to think that two entries that are alike are two things.',
  fields: (t) => ({
    type: t.expose('type', { type: DuplicateDoubtEnum, description: 'The doubt, for programs.' }),
    text: t.exposeString('text', { description: 'The doubt in words, without a full stop.' }),
  }),
});

/** The fields that say how two entries are alike. */
type ComparisonFields<Shape> = PothosSchemaTypes.ObjectFieldBuilder<typeof builder.$inferSchemaTypes, Shape>;

export const comparisonFields = <Shape extends { readonly comparison: Comparison }>(
  t: ComparisonFields<Shape>,
) => ({
  strength: t.field({
    type: StrengthEnum,
    description: 'How strongly they are alike.',
    resolve: ({ comparison }) => strengthOf(comparison),
  }),
  score: t.float({
    description: 'How much they are alike, from 0 to 1. Always the same for the same entries.',
    resolve: ({ comparison }) => comparison.score,
  }),
  reasons: t.field({
    type: [ReasonRef],
    description: 'Why they may be one thing. Names give at most one reason: the best.',
    resolve: ({ comparison }) => comparison.reasons,
  }),
  doubts: t.field({
    type: [DoubtRef],
    description: 'Why they may be two things all the same. Each has lowered the score.',
    resolve: ({ comparison }) => comparison.doubts,
  }),
});

export const JudgementRef = builder.objectRef<Judgement>('DuplicateJudgement').implement({
  description: 'The judgement of an editor whether two entries are one thing.',
  fields: (t) => ({
    verdict: t.expose('verdict', { type: DuplicateVerdictEnum, description: 'The verdict.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'The reason. Null if none was given.' }),
    editor: t.exposeString('editor', { description: 'The name of the token that judged.' }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'The time of the judgement.' }),
    kind: t.expose('kind', { type: DuplicateKindEnum, description: 'The type of the two entries.' }),
    one: t.field({
      type: DuplicateEntryRef,
      description: 'The entry that was made first.',
      resolve: ({ kind, oneId }, _args, context) => loadEntry(context, kind, oneId),
    }),
    other: t.field({
      type: DuplicateEntryRef,
      description: 'The other entry.',
      resolve: ({ kind, otherId }, _args, context) => loadEntry(context, kind, otherId),
    }),
  }),
});

const SuggestionRef = builder.objectRef<Suggestion>('DuplicateSuggestion').implement({
  description: 'Two entries of the record that may be one thing, with the reasons.',
  fields: (t) => ({
    ...comparisonFields(t),
    one: t.field({
      type: DuplicateEntryRef,
      description: 'The entry that was made first.',
      resolve: ({ kind, oneId }, _args, context) => loadEntry(context, kind, oneId),
    }),
    other: t.field({
      type: DuplicateEntryRef,
      description: 'The other entry.',
      resolve: ({ kind, otherId }, _args, context) => loadEntry(context, kind, otherId),
    }),
    judgement: t.field({
      type: JudgementRef,
      nullable: true,
      description:
        'The judgement that the two are the SAME, if an editor made it and neither has changed since.',
      resolve: ({ judgement }) => judgement,
    }),
  }),
});

/** A page with the kind of its cursors. */
export interface KindPage extends SuggestionPage {
  readonly kind: DuplicateKind;
}

export const SuggestionPageRef = builder.objectRef<KindPage>('DuplicateSuggestionPage').implement({
  description: 'A page of suggestions.',
  fields: (t) => ({
    suggestions: t.field({
      ...priced(PAGED),
      type: [SuggestionRef],
      description: 'The suggestions. Fewer than `first` if the page compared as many entries as it may.',
      resolve: ({ suggestions }) => suggestions,
    }),
    endCursor: t.string({
      nullable: true,
      description: 'The `after` of the next page. Null if there was nothing to compare.',
      resolve: ({ end, kind }) => end && encodePageCursor(placesOf(kind), end),
    }),
    hasNextPage: t.exposeBoolean('hasMore', {
      description: 'Whether entries are left to compare. The next page can be empty.',
    }),
  }),
});
