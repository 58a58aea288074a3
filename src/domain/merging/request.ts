import { z } from 'zod';
import { text } from '../input.js';
import { MergeRefusedError } from './errors.js';

const expected = z.int().positive().nullish();

/** The fields of every merge. */
export const mergeInput = z.strictObject({
  from: z.string(),
  into: z.string(),
  reason: text(1_000),
  expectedRevisions: z.strictObject({ from: expected, into: expected }).nullish(),
  overrideReview: z.boolean().nullish(),
});

export type MergeInput = z.input<typeof mergeInput> & { readonly idempotencyKey?: string | null | undefined };

/** A merge that was made. */
export type MadeMerge = {
  readonly id: string;
  /** The survivor. */
  readonly intoId: string;
  /** The merged entry and its revision: the last entry of the merge in the feed. */
  readonly fromId: string;
  readonly revision: number;
};

/** It writes up to 2,000 developments in one transaction. */
export const MERGE_TIMEOUT = 60_000;

/** A merge that revises more developments than `most` is refused. */
export interface MergeBounds {
  readonly most: number;
}

export const MERGE_BOUNDS: MergeBounds = { most: 2_000 };

/** @throws {MergeRefusedError} If a side is at another revision than its editor has seen. */
export function refuseNewer(
  side: 'from' | 'into',
  { slug, revision }: { readonly slug: string; readonly revision: number },
  expected: number | null | undefined,
): void {
  if (expected == null || expected === revision) return;
  const text = `"${slug}" is at revision ${revision}, not ${expected}. Preview the merge again, then retry with that revision.`;
  throw new MergeRefusedError({ refusal: 'NEWER_REVISION', text }, `expectedRevisions.${side}`);
}
