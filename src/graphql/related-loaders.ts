import type { Database } from '../database/open.js';
import type { ActorName, TreatyParty, TreatyStatus, WeaponSystemAlias } from '../generated/prisma/client.js';
import type { Context } from './context.js';
import { batched } from './context.js';

/** The maximum number of owners in a statement. */
const AT_ONCE = 1_000;

/**
 * Creates a loader for the parts of objects. It batches the owners of a request into one statement.
 *
 * @param find Returns the parts of all owners with these ids. The parts of each owner are in order.
 */
function partsOf<Part>(
  find: (db: Database, ids: string[]) => Promise<Part[]>,
  ownerOf: (part: Part) => string,
): (context: Context, ownerId: string) => Promise<readonly Part[]> {
  return batched<string, readonly Part[]>(AT_ONCE, async ({ db }, ids) => {
    const found = new Map<string, Part[]>(ids.map((id) => [id, []]));
    for (const part of await find(db, [...found.keys()])) found.get(ownerOf(part))?.push(part);
    return ids.map((id) => found.get(id) ?? []);
  });
}

/** Loads an actor's additional names, in the editors' order. */
export const loadNames = partsOf<ActorName>(
  (db, ids) =>
    db.actorName.findMany({
      where: { actorId: { in: ids } },
      orderBy: [{ ordinal: 'asc' }, { name: 'asc' }, { language: 'asc' }],
    }),
  ({ actorId }) => actorId,
);

/** Loads a treaty's parties, in the editors' order. */
export const loadParties = partsOf<TreatyParty>(
  (db, ids) => db.treatyParty.findMany({ where: { treatyId: { in: ids } }, orderBy: { ordinal: 'asc' } }),
  ({ treatyId }) => treatyId,
);

/** Loads a treaty's states over time, oldest first. */
export const loadStates = partsOf<TreatyStatus>(
  (db, ids) =>
    db.treatyStatus.findMany({
      where: { treatyId: { in: ids } },
      orderBy: [{ sinceEarliest: 'asc' }, { state: 'asc' }, { sinceEdtf: 'asc' }],
    }),
  ({ treatyId }) => treatyId,
);

/** Loads a weapon system's additional names, in the editors' order. */
export const loadAliases = partsOf<WeaponSystemAlias>(
  (db, ids) =>
    db.weaponSystemAlias.findMany({
      where: { weaponSystemId: { in: ids } },
      orderBy: [{ ordinal: 'asc' }, { name: 'asc' }, { language: 'asc' }],
    }),
  ({ weaponSystemId }) => weaponSystemId,
);
