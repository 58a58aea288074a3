import { insertMany, type SqlTransaction } from '../database/bulk-write.js';
import type { ReferenceKind } from './format.js';

type Row = Readonly<Record<string, unknown>>;

/** The lists in a reference's line, their tables, and the columns that name the reference. */
const LISTS = {
  actor: [['names', 'actor_name', 'actorId']],
  topic: [],
  source: [],
  treaty: [
    ['parties', 'treaty_party', 'treatyId'],
    ['states', 'treaty_status', 'treatyId'],
  ],
  weaponSystem: [['aliases', 'weapon_system_alias', 'weaponSystemId']],
  doctrine: [],
} as const satisfies Readonly<Record<ReferenceKind, readonly (readonly [string, string, string])[]>>;

const TABLES = {
  actor: 'actor',
  topic: 'topic',
  source: 'source',
  treaty: 'treaty',
  weaponSystem: 'weapon_system',
  doctrine: 'doctrine',
} as const;

/** Writes references of one kind as an export has them, with their lists. */
export async function restoreReferences(
  tx: SqlTransaction,
  kind: ReferenceKind,
  things: readonly Row[],
): Promise<void> {
  const lists = LISTS[kind];
  const names = lists.map(([name]): string => name);
  const rows = things.map((thing) =>
    Object.fromEntries(Object.entries(thing).filter(([field]) => !names.includes(field))),
  );
  await insertMany(tx, TABLES[kind], rows);
  for (const [name, table, key] of lists) {
    const isOrdered = name !== 'states';
    const items = things.flatMap((thing) =>
      ((thing[name] ?? []) as Row[]).map((item, place) => ({
        ...(isOrdered && { ordinal: place }), // Earlier exports give the place of a name by their order only.
        ...item,
        [key]: thing['id'],
      })),
    );
    await insertMany(tx, table, items);
  }
}
