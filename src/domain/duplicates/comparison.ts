import { createHash } from 'node:crypto';
import { canonical } from '../development/content/content.js';
import type { NameReason } from '../references/named/likeness.js';

/** Why two entries may be one thing. */
export type DuplicateReasonType =
  | NameReason
  | 'WIKIDATA_ITEM'
  | 'ISO_CODE'
  | 'SAME_ADDRESS'
  | 'SHARED_PARTICIPATIONS'
  | 'SHARED_ACTORS'
  | 'SAME_HEADLINE'
  | 'NEAR_HEADLINE'
  | 'SAME_QUOTATION'
  | 'SAME_SOURCE'
  | 'SAME_EXCERPT';

/** Why they may be two things all the same. */
export type DuplicateDoubtType = 'DIFFERENT_COUNTRY' | 'TOGETHER' | 'SEVERAL';

export interface DuplicateReason {
  readonly type: DuplicateReasonType;
  /** In words, in lower case and without a full stop. */
  readonly text: string;
  /** What was compared of the first entry, and of the other one. Null if it is the same for both. */
  readonly one: string | null;
  readonly other: string | null;
}

export interface DuplicateDoubt {
  readonly type: DuplicateDoubtType;
  readonly text: string;
}

/** How two entries are alike. */
export interface Comparison {
  /** From 0 to 1. */
  readonly score: number;
  readonly reasons: readonly DuplicateReason[];
  readonly doubts: readonly DuplicateDoubt[];
}

export type Strength = 'LOW' | 'MEDIUM' | 'HIGH';

/** Comparisons with less are not suggested. */
export const LEAST_SCORE = 0.45;

export function strengthOf({ score }: Comparison): Strength {
  if (score >= 0.85) return 'HIGH';
  return score >= 0.65 ? 'MEDIUM' : 'LOW';
}

/** Returns the comparison with a doubt, which costs a part of its score. */
export const doubted = (comparison: Comparison, doubt: DuplicateDoubt, cost: number): Comparison => ({
  ...comparison,
  score: rounded(comparison.score - cost),
  doubts: [...comparison.doubts, doubt],
});

/** Scores have two digits, so that equal comparisons have equal scores. */
export const rounded = (score: number): number => Math.round(Math.min(Math.max(score, 0), 1) * 100) / 100;

/** Returns a hash of what was compared of two entries, in the order of their ids. */
export const comparedHash = (one: unknown, other: unknown): string =>
  createHash('sha256')
    .update(canonical([one, other]))
    .digest('base64url');
