import type { DuplicateKind } from '../../generated/prisma/enums.js';
import type { Comparable } from '../references/named/similar-keys.js';
import type { Comparison } from './comparison.js';
import type { Judgement } from './judgements.js';

/** The types of references by the kinds of suggestions. */
export const OWNERS = {
  ACTOR: 'Actor',
  SOURCE: 'Source',
  TOPIC: 'Topic',
  TREATY: 'Treaty',
  WEAPON_SYSTEM: 'WeaponSystem',
  DOCTRINE: 'Doctrine',
} as const satisfies Readonly<Record<Exclude<DuplicateKind, 'DEVELOPMENT'>, Comparable['owner']>>;

/** Two entries of the record that may be one thing. */
export interface Suggestion {
  readonly kind: DuplicateKind;
  readonly oneId: string;
  readonly otherId: string;
  readonly comparison: Comparison;
  /** The judgement on the pair as it is now. Never NOT_SAME: such pairs are not suggested. */
  readonly judgement: Judgement | null;
}

/** A place in the list of suggestions, for the next page. */
export type Place = readonly (string | number | Date)[];

export interface SuggestionPage {
  readonly suggestions: readonly Suggestion[];
  /** The place up to which the page has compared. Null if it has compared nothing. */
  readonly end: Place | null;
  readonly hasMore: boolean;
}
