import { readMarker } from '../../domain/erasure/marker.js';
import { encodeCursor } from '../../feed/cursor.js';
import type { FeedHead } from '../../feed/head.js';
import type { builder } from '../builder.js';
import { ErasureGroundEnum } from '../types/enums/erasure.js';

/** Describes the cursor of an item. */
export const CURSOR = 'The feed position after this item. Pass it as `after` to resume.';

interface ErasedItem {
  readonly at: FeedHead;
  readonly entry: { readonly reason: string | null };
}

type Fields = PothosSchemaTypes.ObjectFieldBuilder<typeof builder.$inferSchemaTypes, ErasedItem>;

/** The fields of an item that tells of an erasure, beside what is left. */
export const erasedFields = (t: Fields) => ({
  cursor: t.field({ type: 'Cursor', description: CURSOR, resolve: ({ at }) => encodeCursor(at) }),
  ground: t.field({
    type: ErasureGroundEnum,
    nullable: true,
    description: 'The ground of the erasure.',
    resolve: ({ entry }) => readMarker(entry.reason)?.ground ?? null,
  }),
  day: t.field({
    type: 'Date',
    nullable: true,
    description: 'The day of the erasure, in UTC.',
    resolve: ({ entry }) => readMarker(entry.reason)?.day ?? null,
  }),
});
