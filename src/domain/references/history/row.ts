import type { ReferenceKind } from '../../../generated/prisma/enums.js';
import { dateColumns } from '../../dates/fuzzy-date.js';
import type { ReferenceModel, ReferenceRows } from '../cache.js';
import type { ReferenceContents } from './content.js';

/** The model of each kind of reference, by Prisma's names. */
export const REFERENCE_MODELS = {
  ACTOR: 'actor',
  SOURCE: 'source',
  TOPIC: 'topic',
  TREATY: 'treaty',
  WEAPON_SYSTEM: 'weaponSystem',
  DOCTRINE: 'doctrine',
} as const satisfies Record<ReferenceKind, ReferenceModel>;

/** The content of a model's references. */
type ContentOf<M extends ReferenceModel> = {
  [Kind in ReferenceKind]: (typeof REFERENCE_MODELS)[Kind] extends M ? ReferenceContents[Kind] : never;
}[ReferenceKind];

/** A revision of a reference, and the feed position from which it is shown. */
export interface ShownRevision<M extends ReferenceModel = ReferenceModel> {
  readonly at: bigint;
  readonly number: number;
  readonly recordedAt: Date;
  readonly content: ContentOf<M>;
}

/** A row of a reference: as it is now, or as a revision has it. */
export type ReferenceRow<M extends ReferenceModel> = ReferenceRows[M] & {
  readonly shown?: ShownRevision<M>;
};

/** Returns the revision that a row shows; undefined for the present row. */
export const shownRevision = <M extends ReferenceModel = ReferenceModel>(
  row: object,
): ShownRevision<M> | undefined => (row as { readonly shown?: ShownRevision<M> }).shown;

/** Returns the position from which a row is shown; undefined for the present row. */
export const positionOf = (row: object): bigint | undefined => shownRevision(row)?.at;

/** Makes the row of a revision. */
export function rowOf<M extends ReferenceModel>(
  model: M,
  id: string,
  shown: ShownRevision<M>,
): ReferenceRow<M> {
  const { published, retrievedAt, ...content } = shown.content as Partial<ReferenceContents['SOURCE']> &
    object;
  const source = {
    retrievedAt: retrievedAt == null ? null : new Date(retrievedAt),
    ...dateColumns('published', published ?? null),
  };
  const row = { ...content, ...(model === 'source' && source), id, recordedAt: shown.recordedAt, shown };
  return row as unknown as ReferenceRow<M>;
}
