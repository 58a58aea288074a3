import type { ReferenceKind } from '../../generated/prisma/enums.js';
import { REFERENCE_KINDS, type ReferenceOwner } from '../references/lookup.js';

/** The types of references that can be merged. */
export type ReferenceMergeKind = Exclude<ReferenceKind, 'TREATY'>;

/** The types of entries that can be merged. */
export type MergeKind = ReferenceMergeKind | 'DEVELOPMENT';

/** The owner of the slugs of each kind. */
export const OWNER_OF = {
  ACTOR: 'Actor',
  SOURCE: 'Source',
  TOPIC: 'Topic',
  WEAPON_SYSTEM: 'WeaponSystem',
  DOCTRINE: 'Doctrine',
} as const satisfies Readonly<Record<ReferenceMergeKind, ReferenceOwner>>;

/** The table of each kind, and the column of `development` with the ids. */
export const tableOf = (kind: ReferenceMergeKind) => REFERENCE_KINDS[OWNER_OF[kind]];

const MERGE = 'merge:';

/** The name of a merge among the acts of revisions. */
export const mergeAct = (id: string): string => `${MERGE}${id}`;
