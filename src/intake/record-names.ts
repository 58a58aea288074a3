import type { Database } from '../database/open.js';
import { Gazetteer, type GazetteerEntry } from './extract/names/gazetteer.js';

/**
 * Reads all names of the record into a gazetteer. Those of a merged reference lead to the one that stands for it. One
 * statement for each kind of reference, and one for the merges.
 */
export async function recordNames(db: Database): Promise<Gazetteer> {
  const [actors, treaties, systems, doctrines, merged] = await Promise.all([
    db.actor.findMany({
      select: {
        ...{ id: true, kind: true, slug: true, name: true, countryCode: true },
        names: { select: { name: true } },
      },
    }),
    db.treaty.findMany({ select: { slug: true, name: true, abbreviation: true } }),
    db.weaponSystem.findMany({
      select: { id: true, slug: true, name: true, aliases: { select: { name: true } } },
    }),
    db.doctrine.findMany({ select: { id: true, slug: true, name: true } }),
    db.mergedReference.findMany(),
  ]);
  const namesOf = (names: readonly { readonly name: string }[]) => names.map(({ name }) => name);
  const survivors = new Map(merged.map(({ id, survivorId }) => [id, survivorId]));
  const mergeable = [
    ...actors.map(({ names, ...actor }) => ({ ...actor, names: namesOf(names) })),
    ...systems.map(({ aliases, ...system }) => ({
      ...system,
      kind: 'WEAPON_SYSTEM' as const,
      names: namesOf(aliases),
    })),
    ...doctrines.map((doctrine) => ({ ...doctrine, kind: 'DOCTRINE' as const, names: [] })),
  ];
  const entries: GazetteerEntry[] = [
    ...joinMerged(mergeable, survivors),
    ...treaties.map(({ slug, name, abbreviation }) => ({
      kind: 'TREATY' as const,
      slug,
      name,
      names: abbreviation === null ? [] : [abbreviation],
    })),
  ];
  return new Gazetteer(entries);
}

type MergeableEntry = GazetteerEntry & { readonly id: string };

/** Gives the names of merged entries to the entries that stand for them. */
function joinMerged(
  entries: readonly MergeableEntry[],
  survivors: ReadonlyMap<string, string>,
): GazetteerEntry[] {
  const inherited = new Map<string, string[]>();
  for (const { id, name, names } of entries) {
    const survivor = survivors.get(id);
    if (survivor !== undefined) inherited.set(survivor, [...(inherited.get(survivor) ?? []), name, ...names]);
  }
  return entries
    .filter(({ id }) => !survivors.has(id))
    .map(({ id, ...entry }) => ({ ...entry, names: [...entry.names, ...(inherited.get(id) ?? [])] }));
}
