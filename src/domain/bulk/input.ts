import { z } from 'zod';
import { listOf, slug, slugsOf, text } from '../input.js';
import type { ReviewAction } from './plan-review.js';

/** The most developments in one bulk change. */
export const MAX_ITEMS = 500;

/** A development to change, and the revision that the caller has seen. */
export interface BulkItem {
  readonly slug: string;
  readonly expectedRevision: number;
}

const items = listOf(z.strictObject({ slug, expectedRevision: z.int().positive() }), MAX_ITEMS)
  .min(1, 'Expected at least one development.')
  .refine(
    (given) => new Set(given.map((item) => item.slug)).size === given.length,
    'Expected each slug once.',
  );

const topics = slugsOf(20).refine((slugs) => slugs.length > 0, 'Expected at least one topic.');

const yes = z.literal(true, 'Expected true.');

/** The change to make. One object, not a union: its problems name the field that is wrong. */
const action = z
  .strictObject({
    addTopics: topics.optional(),
    removeTopics: topics.optional(),
    changeSource: z.strictObject({ from: slug, to: slug }).optional(),
    regrade: z
      .strictObject({
        source: slug.nullish(),
        credibility: z
          .int()
          .min(1, 'Expected a credibility from 1 to 6.')
          .max(6, 'Expected a credibility from 1 to 6.')
          .nullish(),
      })
      .optional(),
    assign: z.strictObject({ assignee: z.string().nullish() }).optional(),
    approve: yes.optional(),
    publish: yes.optional(),
    retract: yes.optional(),
  })
  .refine((given) => Object.keys(given).length === 1, 'Expected exactly one action.')
  .transform((given) => given as BulkAction);

/** An action, by its only field. */
export type BulkAction =
  | { readonly addTopics: readonly string[] }
  | { readonly removeTopics: readonly string[] }
  | { readonly changeSource: { readonly from: string; readonly to: string } }
  | { readonly regrade: { readonly source?: string | null; readonly credibility?: number | null } }
  | ReviewAction
  | { readonly publish: true }
  | { readonly retract: true };

export const previewInput = z.strictObject({ items, action });

export const changeInput = z.strictObject({
  items,
  action,
  reason: text(1_000).nullish(),
  skipFailing: z.boolean(),
});

export type PreviewInput = z.output<typeof previewInput>;
