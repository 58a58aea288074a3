import { datesAgree } from '../../domain/dates/agreement.js';
import { analyse } from '../../domain/search/analyse.js';
import type { DevelopmentSuggestion, Suggestion } from './types.js';

/** A development of the record, as far as suggestions are compared with it. */
export interface KnownDevelopment {
  readonly slug: string;
  readonly kind: 'STATEMENT' | 'EVENT' | 'DOCTRINE_CHANGE';
  /** The type of an event or of a doctrine change. Null for statements. */
  readonly type: string | null;
  readonly headline: string;
  readonly summary: string;
  /** The words quoted. Null if there are none. */
  readonly words: string | null;
  /** The slugs of its speaker and participants. */
  readonly actors: readonly string[];
  /** The slugs of its treaties, weapon systems and doctrines. */
  readonly about: readonly string[];
  /** As EDTF. */
  readonly occurred: string | null;
}

/** A suggestion that looks like a development of the record. */
export interface Meeting {
  /** The key of the suggestion. */
  readonly key: string;
  readonly slug: string;
  /** From 0 to 1. */
  readonly score: number;
  /** What to do instead of a new development: cite the article, or also claim its date. */
  readonly act: 'CITE' | 'CLAIM';
  readonly claim: { readonly field: 'occurred'; readonly value: string } | null;
}

/** Below it a suggestion is something new. */
const MIN_SCORE = 0.45;

/** Finds the development that each suggestion looks like, the best one of each. Pure: the caller reads the record. */
export function meetRecord(
  suggestions: readonly Suggestion[],
  developments: readonly KnownDevelopment[],
): Meeting[] {
  const known = developments.map((development) => ({
    development,
    stems: stemsOf(`${development.headline}. ${development.summary}. ${development.words ?? ''}`),
  }));
  return suggestions.flatMap((suggestion): Meeting[] => {
    if (suggestion.kind === 'NAME' || suggestion.kind === 'DATE' || suggestion.kind === 'LINK') return [];
    const stems = stemsOf(suggestion.excerpt);
    const names = namesIn(suggestion, suggestions);
    const best = known
      .map(({ development, stems: other }) => ({
        development,
        score: scoreOf(suggestion, stems, names, development, other),
      }))
      .reduce<{ development: KnownDevelopment; score: number } | undefined>(
        (a, b) => (a === undefined || b.score > a.score ? b : a),
        undefined,
      );
    if (!best || best.score < MIN_SCORE) return [];
    const { occurred } = suggestion.fields;
    const competes =
      occurred !== null &&
      best.development.occurred !== null &&
      !datesAgree(occurred, best.development.occurred);
    return [
      {
        key: suggestion.key,
        slug: best.development.slug,
        score: Math.round(best.score * 100) / 100,
        act: competes ? 'CLAIM' : 'CITE',
        claim: competes ? { field: 'occurred', value: occurred } : null,
      },
    ];
  });
}

const stemsOf = (text: string): ReadonlySet<string> =>
  new Set(analyse(text, { isProse: true }).terms.map((term) => term.text));

/** The slugs of the names within a suggestion. */
const namesIn = (
  { start, end }: DevelopmentSuggestion,
  suggestions: readonly Suggestion[],
): ReadonlySet<string> =>
  new Set(
    suggestions.flatMap((one) =>
      one.kind === 'NAME' && one.fields.slug !== null && one.start >= start && one.end <= end
        ? [one.fields.slug]
        : [],
    ),
  );

function scoreOf(
  suggestion: DevelopmentSuggestion,
  stems: ReadonlySet<string>,
  names: ReadonlySet<string>,
  development: KnownDevelopment,
  other: ReadonlySet<string>,
): number {
  if (suggestion.kind !== development.kind) return 0;
  const words = shared(stems, other);
  const date = datesOf(suggestion.fields.occurred, development.occurred);
  if (suggestion.kind === 'STATEMENT') {
    const slug = suggestion.fields.speaker?.slug ?? null;
    // Others may say the same: without a known speaker only the words count.
    const isSpeaker = slug !== null && development.actors.includes(slug);
    if (slug !== null && !isSpeaker) return 0;
    return words * 0.7 + (isSpeaker ? 0.2 : 0) + date * 0.1;
  }
  const type = suggestion.kind === 'EVENT' ? suggestion.fields.eventType : suggestion.fields.changeType;
  if (type !== development.type) return 0;
  const actors = suggestion.fields.participants.flatMap(({ slug }) => slug ?? []);
  const first = actors[0];
  // Russia’s withdrawal is not the United States’: who acts is named first.
  if (first !== undefined && development.actors.length > 0 && !development.actors.includes(first)) return 0;
  const isNamed =
    suggestion.kind === 'DOCTRINE_CHANGE' && shared(stemsOf(suggestion.fields.doctrine), other) === 1;
  const about = isNamed || development.about.some((slug) => names.has(slug));
  return words * 0.5 + (first === undefined ? 0 : 0.2) + (about ? 0.2 : 0) + date * 0.1;
}

/** How many of the terms of the shorter text the other has. */
function shared(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [few, many] = one.size <= other.size ? [one, other] : [other, one];
  if (few.size === 0) return 0;
  let count = 0;
  for (const term of few) if (many.has(term)) count += 1;
  return count / few.size;
}

function datesOf(one: string | null, other: string | null): number {
  if (one === null || other === null) return 0.5;
  return datesAgree(one, other) ? 1 : 0;
}
