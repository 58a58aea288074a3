import type { Database } from '../database/open.js';
import type { ActorName, TreatyParty, TreatyStatus, WeaponSystemAlias } from '../generated/prisma/client.js';
import type { Context } from './context.js';
import { batched } from './context.js';

/** How many things the parts are loaded of by one statement. */
const AT_ONCE = 1_000;

/**
 * Loads the parts of things: what a request asks for at one time by one statement.
 *
 * @param find Finds the parts of all the things with these ids, those of each in their order.
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

/** An actor's names beside the usual one, by language and name. */
export const loadNames = partsOf<ActorName>(
  (db, ids) =>
    db.actorName.findMany({
      where: { actorId: { in: ids } },
      orderBy: [{ language: 'asc' }, { name: 'asc' }],
    }),
  ({ actorId }) => actorId,
);

/** A treaty's parties, in the editors' order. */
export const loadParties = partsOf<TreatyParty>(
  (db, ids) => db.treatyParty.findMany({ where: { treatyId: { in: ids } }, orderBy: { ordinal: 'asc' } }),
  ({ treatyId }) => treatyId,
);

/** A treaty's standing over time, oldest first. */
export const loadStates = partsOf<TreatyStatus>(
  (db, ids) =>
    db.treatyStatus.findMany({
      where: { treatyId: { in: ids } },
      orderBy: [{ sinceEarliest: 'asc' }, { state: 'asc' }, { sinceEdtf: 'asc' }],
    }),
  ({ treatyId }) => treatyId,
);

/** A weapon system's other names, by language and name. */
export const loadAliases = partsOf<WeaponSystemAlias>(
  (db, ids) =>
    db.weaponSystemAlias.findMany({
      where: { weaponSystemId: { in: ids } },
      orderBy: [{ language: 'asc' }, { name: 'asc' }],
    }),
  ({ weaponSystemId }) => weaponSystemId,
);
