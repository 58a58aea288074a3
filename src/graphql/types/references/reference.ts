import { brandWithType } from '@pothos/core';
import { REFERENCE_MODELS, rowOf, type ShownRevision } from '../../../domain/references/history/row.js';
import type { ReferenceKind } from '../../../generated/prisma/enums.js';
import { builder } from '../../builder.js';
import type { Context } from '../../context.js';
import { loadReference } from '../../loaders.js';
import { ActorRef } from './actor.js';
import { DoctrineRef } from './doctrine.js';
import { SourceRef } from './source.js';
import { TopicRef } from './topic.js';
import { TreatyRef } from './treaty.js';
import { WeaponSystemRef } from './weapon-system.js';

export const ReferenceRef = builder.unionType('Reference', {
  description: 'An object that developments refer to.',
  types: [ActorRef, DoctrineRef, SourceRef, TopicRef, TreatyRef, WeaponSystemRef],
});

const TYPE_NAMES = {
  ACTOR: 'Actor',
  SOURCE: 'Source',
  TOPIC: 'Topic',
  TREATY: 'Treaty',
  WEAPON_SYSTEM: 'WeaponSystem',
  DOCTRINE: 'Doctrine',
} as const satisfies Record<ReferenceKind, string>;

/** Loads a member of the union {@link ReferenceRef}. */
export async function loadAnyReference(context: Context, kind: ReferenceKind, id: string): Promise<never> {
  return branded(kind, { ...(await loadReference(context, REFERENCE_MODELS[kind], id, undefined)) });
}

/** Returns a member of the union {@link ReferenceRef} as a revision has it. */
export const shownReference = (kind: ReferenceKind, id: string, shown: ShownRevision): never =>
  branded(kind, rowOf(REFERENCE_MODELS[kind], id, shown));

function branded(kind: ReferenceKind, row: object): never {
  brandWithType(row, TYPE_NAMES[kind] as never);
  return row as never;
}
