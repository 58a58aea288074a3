import { readCompared } from '../../domain/duplicates/references.js';
import {
  findSimilarReferences,
  type SimilarReference,
  withoutJudgedOf,
} from '../../domain/duplicates/similar-references.js';
import { suggestDevelopments } from '../../domain/duplicates/suggest-developments.js';
import { suggestReferences } from '../../domain/duplicates/suggest-references.js';
import { OWNERS } from '../../domain/duplicates/suggestion.js';
import { BadArgumentError } from '../../domain/errors.js';
import { isStorable, shown } from '../../domain/input.js';
import { parseSlug } from '../../domain/references/lookup.js';
import type { DuplicateKind } from '../../generated/prisma/enums.js';
import { builder } from '../builder.js';
import { DUPLICATES_COST, priced, RELATED_COST } from '../cost.js';
import { DEFAULT_PAGE, MAX_PAGE } from '../page.js';
import { decodePageCursor } from '../page-cursor.js';
import {
  comparisonFields,
  DuplicateEntryRef,
  loadEntry,
  SuggestionPageRef,
} from '../types/duplicates/duplicates.js';
import { placesOf } from '../types/duplicates/places.js';
import { DuplicateKindEnum } from '../types/enums/duplicates.js';
import { ActorKindEnum } from '../types/enums/references.js';

function checkFirst(first: number, most: number): number {
  if (first >= 1 && first <= most) return first;
  throw new BadArgumentError('first', `Expected first from 1 to ${most}; got ${first}.`);
}

builder.queryField('duplicateSuggestions', (t) =>
  t.field({
    ...priced(({ first }: { readonly first: number }) => ({
      points: DUPLICATES_COST,
      size: Math.max(first, 1),
    })),
    authScopes: { editor: true },
    type: SuggestionPageRef,
    nullable: true,
    description:
      'Pairs of entries that may be duplicates, for editors. References with the strongest reasons come first, and developments with the latest changes. Pairs that were judged NOT_SAME are omitted. A page reads a bounded part of the record, so continue while `hasNextPage` is true.',
    args: {
      kind: t.arg({ type: DuplicateKindEnum, required: true, description: 'The entries to compare.' }),
      first: t.arg.int({
        defaultValue: DEFAULT_PAGE,
        description: `The maximum number of suggestions, 1 to ${MAX_PAGE}.`,
      }),
      after: t.arg.string({ description: 'The `endCursor` of the page before, for the same kind.' }),
    },
    resolve: async (_root, { kind, first, after }, { db }) => {
      const size = checkFirst(first ?? DEFAULT_PAGE, MAX_PAGE);
      const place = after == null ? undefined : decodePageCursor(placesOf(kind), 'after', after);
      const page =
        kind === 'DEVELOPMENT'
          ? await suggestDevelopments(db, size, place)
          : await suggestReferences(db, kind, size, place);
      return { ...page, kind };
    },
  }),
);

type ReferenceKind = Exclude<DuplicateKind, 'DEVELOPMENT'>;

interface Similar extends SimilarReference {
  readonly kind: ReferenceKind;
}

const SimilarRef = builder.objectRef<Similar>('SimilarReference').implement({
  description: 'An entry of the record that is like the one asked about, with the reasons.',
  fields: (t) => ({
    ...comparisonFields(t),
    reference: t.field({
      type: DuplicateEntryRef,
      description: 'The entry of the record.',
      resolve: ({ kind, reference }, _args, context) => loadEntry(context, kind, reference.id),
    }),
  }),
});

const MOST_SIMILAR = 20;
const LONGEST_NAME = 500;

builder.queryField('similarReferences', (t) =>
  t.field({
    ...priced(({ first }: { readonly first: number }) => ({
      points: RELATED_COST,
      times: Math.max(first, 1),
    })),
    authScopes: { editor: true },
    type: [SimilarRef],
    nullable: true,
    description:
      'References of the record that are like one that you are about to save, the most alike first, for editors. The reasons call it `one`. Several with the same score are a choice: ask which is meant.',
    args: {
      kind: t.arg({
        type: DuplicateKindEnum,
        required: true,
        description: 'The type of the reference. DEVELOPMENT is refused.',
      }),
      name: t.arg.string({
        required: true,
        description: `Its name, or the title of a source. At most ${LONGEST_NAME} characters.`,
      }),
      names: t.arg.stringList({ description: 'Its other names. At most 20.' }),
      actorKind: t.arg({
        type: ActorKindEnum,
        description: 'The kind of the actor. Required for ACTOR: only actors of one kind are compared.',
      }),
      countryCode: t.arg.string({ description: 'The ISO 3166-1 alpha-2 code of the actor.' }),
      countryCode3: t.arg.string({ description: 'The ISO 3166-1 alpha-3 code of the state.' }),
      wikidataId: t.arg.string({ description: 'The Wikidata item, e.g. `Q159`.' }),
      url: t.arg.string({ description: 'The address of the source.' }),
      slug: t.arg.string({
        description:
          'The slug of the reference, if it is in the record. The result omits it and those that were judged NOT_SAME.',
      }),
      first: t.arg.int({ defaultValue: 5, description: `The maximum number, 1 to ${MOST_SIMILAR}.` }),
    },
    resolve: async (_root, args, { db }) => {
      const { kind, first, slug } = args;
      if (kind === 'DEVELOPMENT') {
        throw new BadArgumentError('kind', 'Expected a type of references; got DEVELOPMENT.');
      }
      if (kind === 'ACTOR' && args.actorKind == null) {
        throw new BadArgumentError('actorKind', 'Expected the kind of the actor; got none.');
      }
      const size = checkFirst(first ?? 5, MOST_SIMILAR);
      const [similar = []] = await findSimilarReferences(db, [
        {
          owner: OWNERS[kind],
          kind: kind === 'ACTOR' ? (args.actorKind ?? null) : null,
          names: namesOf(args.name, args.names ?? []),
          countryCode: args.countryCode ?? null,
          countryCode3: args.countryCode3 ?? null,
          wikidataId: args.wikidataId ?? null,
          url: args.url ?? null,
        },
      ]);
      const itself =
        slug == null ? new Map() : await readCompared(db, OWNERS[kind], { slugs: [parseSlug(slug)] });
      const open = await withoutJudgedOf(db, [...itself.values()][0], similar);
      return open.slice(0, size).map((it) => ({ ...it, kind }));
    },
  }),
);

function namesOf(name: string, others: readonly string[]): string[] {
  if (others.length > 20) {
    throw new BadArgumentError('names', `Expected at most 20 names; got ${others.length}.`);
  }
  const names = [name, ...others];
  const wrong = names.find((one) => one.length > LONGEST_NAME || !isStorable(one));
  if (wrong === undefined) return names;
  const expected = `at most ${LONGEST_NAME} characters of Unicode text, without NUL and lone surrogates`;
  throw new BadArgumentError('name', `Expected ${expected}; got ${shown(wrong)}.`);
}
