import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import type { ReferenceKind } from '../../../generated/prisma/client.js';
import { Prisma } from '../../../generated/prisma/client.js';
import { CONTENTS, type ReferenceContents } from '../../references/history/content.js';
import { erasedReference } from '../../references/history/erased.js';
import { type Findable, findableActor, replaceKeys } from '../../references/named/keys.js';
import { nameVector } from '../../search/vector.js';
import type { Family } from './family.js';

/** Makes the rows of references what their erasure leaves of them. */
export async function blankReferences(tx: Transaction, { kind, members }: Family): Promise<void> {
  for (const { id } of members) {
    const [row] = await read<{ content: never }>(
      tx,
      Prisma.sql`SELECT content FROM (${CONTENTS[kind]}) AS it WHERE id = ${id}::uuid`,
    );
    if (!row) throw new Error(`The record has no ${kind} with the id ${id}.`);
    await replaceKeys(tx, id, await BLANK[kind](tx, id, erasedReference(kind, id, row.content) as never));
  }
}

/** Writes the rows of a content that has no lists. Returns what it is found by. */
type Blank<K extends ReferenceKind> = (
  tx: Transaction,
  id: string,
  content: ReferenceContents[K],
) => Promise<Findable>;

const BLANK: { readonly [K in ReferenceKind]: Blank<K> } = {
  ACTOR: async (tx, id, { names: _, mergedIntoId: __, ...columns }) => {
    await tx.actorName.deleteMany({ where: { actorId: id } });
    await tx.actor.update({ where: { id }, data: { ...columns, nameWords: nameVector(columns.name) } });
    return findableActor({ ...columns, others: [] });
  },
  SOURCE: async (tx, id, { names: _, published: __, mergedIntoId: ___, ...columns }) => {
    await tx.sourceName.deleteMany({ where: { sourceId: id } });
    const noDate = {
      ...{ publishedEdtf: null, publishedEarliest: null, publishedLatest: null, publishedPrecision: null },
    };
    const words = { titleWords: nameVector(columns.title), publisherWords: null };
    await tx.source.update({ where: { id }, data: { ...columns, ...noDate, ...words } });
    return { owner: 'Source', names: [columns.title], url: null, wikidataId: null };
  },
  TOPIC: async (tx, id, { names: _, mergedIntoId: __, ...columns }) => {
    await tx.topicName.deleteMany({ where: { topicId: id } });
    await tx.topic.update({ where: { id }, data: { ...columns, nameWords: nameVector(columns.name) } });
    return { owner: 'Topic', names: [columns.name], wikidataId: null };
  },
  TREATY: async (tx, id, { slug, name, abbreviation, summary }) => {
    await tx.treatyParty.deleteMany({ where: { treatyId: id } });
    await tx.treatyStatus.deleteMany({ where: { treatyId: id } });
    const words = { nameWords: nameVector(name), abbreviationWords: null };
    await tx.treaty.update({ where: { id }, data: { slug, name, abbreviation, summary, ...words } });
    return { owner: 'Treaty', names: [name] };
  },
  WEAPON_SYSTEM: async (tx, id, { aliases: _, mergedIntoId: __, classes, delivery, ...columns }) => {
    await tx.weaponSystemAlias.deleteMany({ where: { weaponSystemId: id } });
    const lists = { classes: [...classes], delivery: [...delivery] };
    await tx.weaponSystem.update({
      where: { id },
      data: { ...columns, ...lists, nameWords: nameVector(columns.name) },
    });
    return { owner: 'WeaponSystem', names: [columns.name] };
  },
  DOCTRINE: async (tx, id, { slug, name, summary, actorId }) => {
    await tx.doctrine.update({
      where: { id },
      data: { slug, name, summary, actorId, nameWords: nameVector(name) },
    });
    return { owner: 'Doctrine', names: [name] };
  },
};
