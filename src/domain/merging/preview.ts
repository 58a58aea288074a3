import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma, type ReviewMode } from '../../generated/prisma/client.js';
import { findSameBy } from '../duplicates/judge.js';
import type { MergeObstacle } from './errors.js';
import type { MergeKind } from './kinds.js';

/** A field of two entries. Values are in the format of inputs; null means empty. */
export interface ComparedField {
  readonly field: string;
  readonly from: unknown;
  readonly into: unknown;
  /** The value of the survivor after the merge. */
  readonly result: unknown;
  readonly isSame: boolean;
}

/** One of the two, with the number of its newest revision. */
interface PreviewedSide {
  readonly id: string;
  readonly revision: number;
}

/** What a merge would do. */
export interface MergePreview {
  readonly kind: MergeKind;
  readonly from: PreviewedSide;
  readonly into: PreviewedSide;
  readonly fields: readonly ComparedField[];
  /** How many developments it would revise, drafts included. */
  readonly developments: number;
  readonly drafts: number;
  /** How many other references it would revise. */
  readonly references: number;
  /** What would refuse it. Empty if nothing would. */
  readonly obstacles: readonly MergeObstacle[];
}

/** The two slugs of a merge. */
export interface MergeSlugs {
  readonly from: string;
  readonly into: string;
}

/** A merge as far as the review is concerned. The two are ids. */
interface ReviewedMerge {
  readonly kind: MergeKind;
  readonly from: string;
  readonly into: string;
  readonly editor: string;
}

/** Topics are not of substance, and drafts need no approval. */
export async function obstaclesOfReview(
  db: Transaction,
  { kind, from, into, editor }: ReviewedMerge,
): Promise<MergeObstacle[]> {
  const [policy] = await read<{ mode: ReviewMode }>(
    db,
    Prisma.sql`SELECT mode::text AS mode FROM review_policy`,
  );
  if (policy?.mode !== 'REQUIRED') return [];
  if ((await findSameBy(db, kind, from, into, editor)) !== undefined) return [];
  const text =
    'The record requires review. Let another editor judge that the two are the SAME, then merge them.';
  return [{ refusal: 'REVIEW_REQUIRED', text }];
}
