import { insertMany, type SqlTransaction } from '../database/bulk-write.js';
import { findableActor, findableSource, findableTopic, keysOf } from '../domain/references/named/keys.js';
import { nameVector } from '../domain/search/vector.js';
import type { ReferenceKind } from './format.js';

type Row = Readonly<Record<string, unknown>>;

/** The lists in a reference's line, their tables, and the columns that name the reference. */
const LISTS = {
  actor: [['names', 'actor_name', 'actorId']],
  topic: [['names', 'topic_name', 'topicId']],
  source: [['names', 'source_name', 'sourceId']],
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
  await insertMany(tx, TABLES[kind], rows.map(withWords));
  for (const [name, table, key] of lists) {
    const isOrdered = name !== 'states';
    const items = things.flatMap((thing) =>
      ((thing[name] ?? []) as Row[]).map((item, place) => ({
        ...(isOrdered && { ordinal: place }), // Earlier exports give the place of a name by their order only.
        ...item,
        [key]: thing['id'],
      })),
    );
    await insertMany(tx, table, items.map(withWords));
  }
  await insertMany(
    tx,
    'reference_key',
    things.flatMap((thing) => keysIn(kind, thing).map((key) => ({ key, referenceId: thing['id'] }))),
  );
}

/** Returns the keys of a reference, which exports do not have. */
function keysIn(kind: ReferenceKind, thing: Row): string[] {
  const others = namesIn(thing, 'names');
  const named = <Named>() => ({ wikidataId: null, ...thing, others }) as unknown as Named;
  switch (kind) {
    case 'actor':
      return keysOf(findableActor(named()));
    case 'topic':
      return keysOf(findableTopic(named()));
    case 'source':
      return keysOf(findableSource(named()));
    case 'treaty':
      return keysOf({
        owner: 'Treaty',
        names: [thing['name'], thing['abbreviation'] ?? []].flat().map(String),
      });
    case 'weaponSystem':
      return keysOf({ owner: 'WeaponSystem', names: [String(thing['name']), ...namesIn(thing, 'aliases')] });
    case 'doctrine':
      return keysOf({ owner: 'Doctrine', names: [String(thing['name'])] });
  }
}

const namesIn = (thing: Row, list: string): string[] =>
  ((thing[list] ?? []) as Row[]).map(({ name }) => String(name));

/** The fields with names that a search finds. */
const NAMES = ['name', 'abbreviation', 'title', 'publisher'] as const;

/** Adds the words of names, which an export does not have. */
function withWords(row: Row): Row {
  const language = row['language'] as string | null | undefined;
  const names = NAMES.flatMap((field) => {
    const name = row[field] as string | null | undefined;
    // The language of a source is that of its text.
    return field in row
      ? [[`${field}Words`, nameVector(name, field === 'name' ? language : null)] as const]
      : [];
  });
  return { ...row, ...Object.fromEntries(names) };
}
