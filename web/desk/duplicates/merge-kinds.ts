import type { DuplicateKind } from '../address.js';

/** The mutation that merges entries of each kind. Treaties cannot be merged. */
export const MERGE_MUTATIONS = {
  ACTOR: 'mergeActors',
  SOURCE: 'mergeSources',
  TOPIC: 'mergeTopics',
  WEAPON_SYSTEM: 'mergeWeaponSystems',
  DOCTRINE: 'mergeDoctrines',
  DEVELOPMENT: 'mergeDevelopments',
} as const;

export type MergeKind = keyof typeof MERGE_MUTATIONS;

export const isMergeable = (kind: DuplicateKind): kind is MergeKind => kind in MERGE_MUTATIONS;
