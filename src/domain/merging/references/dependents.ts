import type { Transaction } from '../../../database/open.js';
import type {
  DoctrineContent,
  TreatyContent,
  WeaponSystemContent,
} from '../../references/history/content.js';
import type { ReferenceOwner } from '../../references/lookup.js';
import type { MergePair } from './replace.js';

/** References of one type. */
export interface SomeReferences {
  readonly owner: ReferenceOwner;
  /** Ascending. */
  readonly ids: readonly string[];
}

/** Finds the references that refer to a reference: a party, the actor of a doctrine, the source of a name. */
export async function findDependents(
  tx: Transaction,
  { kind, from: { id } }: Pick<MergePair, 'kind' | 'from'>,
): Promise<SomeReferences[]> {
  const idsOf = (rows: readonly { id: string }[]) => rows.map((row) => row.id);
  if (kind === 'ACTOR') {
    const treaties = await tx.$queryRaw<{ id: string }[]>`
      SELECT treaty_id::text AS id FROM treaty_party WHERE actor_id = ${id}::uuid ORDER BY treaty_id`;
    const doctrines = await tx.$queryRaw<{ id: string }[]>`
      SELECT id::text AS id FROM doctrine WHERE actor_id = ${id}::uuid ORDER BY id`;
    return [
      { owner: 'Treaty', ids: idsOf(treaties) },
      { owner: 'Doctrine', ids: idsOf(doctrines) },
    ];
  }
  if (kind !== 'SOURCE') return [];
  const systems = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT weapon_system_id::text AS id FROM weapon_system_alias WHERE source_id = ${id}::uuid ORDER BY 1`;
  return [{ owner: 'WeaponSystem', ids: idsOf(systems) }];
}

/** Makes the rows of references refer to the survivor. A treaty has it as a party once. */
export async function replaceInDependents(tx: Transaction, { kind, from, into }: MergePair): Promise<void> {
  if (kind === 'ACTOR') {
    // The party that stands first stays.
    await tx.$executeRaw`
      UPDATE treaty_party AS kept SET ordinal = least(kept.ordinal, gone.ordinal)
      FROM treaty_party AS gone
      WHERE kept.treaty_id = gone.treaty_id AND kept.actor_id = ${into.id}::uuid AND gone.actor_id = ${from.id}::uuid`;
    await tx.$executeRaw`
      DELETE FROM treaty_party AS gone USING treaty_party AS kept
      WHERE kept.treaty_id = gone.treaty_id AND kept.actor_id = ${into.id}::uuid AND gone.actor_id = ${from.id}::uuid`;
    await tx.$executeRaw`UPDATE treaty_party SET actor_id = ${into.id}::uuid WHERE actor_id = ${from.id}::uuid`;
    await tx.$executeRaw`UPDATE doctrine SET actor_id = ${into.id}::uuid WHERE actor_id = ${from.id}::uuid`;
  }
  if (kind === 'SOURCE') {
    await tx.$executeRaw`
      UPDATE weapon_system_alias SET source_id = ${into.id}::uuid WHERE source_id = ${from.id}::uuid`;
  }
}

/** Makes the row of a reference refer to what a content of it refers to. Nothing else of the row changes. */
export async function restoreReferring(
  tx: Transaction,
  owner: ReferenceOwner,
  id: string,
  content: object,
): Promise<void> {
  if (owner === 'Treaty') {
    const { partyIds } = content as TreatyContent;
    await tx.treatyParty.deleteMany({ where: { treatyId: id } });
    await tx.treatyParty.createMany({
      data: partyIds.map((actorId, ordinal) => ({ treatyId: id, actorId, ordinal })),
    });
  } else if (owner === 'Doctrine') {
    await tx.doctrine.update({ where: { id }, data: { actorId: (content as DoctrineContent).actorId } });
  } else if (owner === 'WeaponSystem') {
    for (const { name, language, sourceId } of (content as WeaponSystemContent).aliases) {
      await tx.weaponSystemAlias.updateMany({
        where: { weaponSystemId: id, name, language: language ?? '' },
        data: { sourceId },
      });
    }
  }
}
