import type { Database } from '../database/open.js';
import type { FuzzyDate } from '../domain/dates/fuzzy-date.js';
import type { At } from '../domain/development/read/view.js';
import { shownRevision } from '../domain/references/history/row.js';
import type {
  ActorName,
  SourceName,
  TopicName,
  TreatyParty,
  TreatyStatus,
  WeaponSystemAlias,
} from '../generated/prisma/client.js';
import type { TreatyState } from '../generated/prisma/enums.js';
import type { Context } from './context.js';
import { batched } from './context.js';
import { fuzzyDateOf } from './types/fuzzy-date.js';

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

/** A name beside the usual one. The language is a BCP 47 tag, empty if unknown. */
interface OtherName {
  readonly name: string;
  readonly language: string;
}

/** A legal state of a treaty. */
export interface TreatyStateRow {
  readonly state: TreatyState;
  readonly since: FuzzyDate;
  readonly note: string | null;
}

/** Another name of a weapon system. */
export interface AliasRow extends OtherName {
  /** The position from which the weapon system is shown. */
  readonly at: At;
  readonly note: string | null;
  readonly sourceId: string | null;
}

const inLanguage = <Name extends { readonly language: string | null }>(one: Name) => ({
  ...one,
  language: one.language ?? '',
});

const IN_ORDER = [{ ordinal: 'asc' }, { name: 'asc' }, { language: 'asc' }] as const;

const loadNames = {
  actor: partsOf<ActorName>(
    (db, ids) => db.actorName.findMany({ where: { actorId: { in: ids } }, orderBy: [...IN_ORDER] }),
    ({ actorId }) => actorId,
  ),
  topic: partsOf<TopicName>(
    (db, ids) => db.topicName.findMany({ where: { topicId: { in: ids } }, orderBy: [...IN_ORDER] }),
    ({ topicId }) => topicId,
  ),
  source: partsOf<SourceName>(
    (db, ids) => db.sourceName.findMany({ where: { sourceId: { in: ids } }, orderBy: [...IN_ORDER] }),
    ({ sourceId }) => sourceId,
  ),
};

const loadParties = partsOf<TreatyParty>(
  (db, ids) => db.treatyParty.findMany({ where: { treatyId: { in: ids } }, orderBy: { ordinal: 'asc' } }),
  ({ treatyId }) => treatyId,
);

const loadStates = partsOf<TreatyStatus>(
  (db, ids) =>
    db.treatyStatus.findMany({
      where: { treatyId: { in: ids } },
      orderBy: [{ sinceEarliest: 'asc' }, { state: 'asc' }, { sinceEdtf: 'asc' }],
    }),
  ({ treatyId }) => treatyId,
);

const loadAliases = partsOf<WeaponSystemAlias>(
  (db, ids) =>
    db.weaponSystemAlias.findMany({
      where: { weaponSystemId: { in: ids } },
      orderBy: [...IN_ORDER],
    }),
  ({ weaponSystemId }) => weaponSystemId,
);

interface Row {
  readonly id: string;
}

/** Returns the additional names of an actor, topic or source, in the editors' order. */
export async function namesOf(
  context: Context,
  model: keyof typeof loadNames,
  row: Row,
): Promise<readonly OtherName[]> {
  const shown = shownRevision<'actor' | 'topic' | 'source'>(row);
  return shown ? shown.content.names.map(inLanguage) : loadNames[model](context, row.id);
}

/** Returns the ids of a treaty's parties, in the editors' order. */
export async function partyIdsOf(context: Context, row: Row): Promise<readonly string[]> {
  const shown = shownRevision<'treaty'>(row);
  return shown ? shown.content.partyIds : (await loadParties(context, row.id)).map(({ actorId }) => actorId);
}

/** Returns a treaty's states over time, oldest first. */
export async function statesOf(context: Context, row: Row): Promise<readonly TreatyStateRow[]> {
  const shown = shownRevision<'treaty'>(row);
  if (shown) return shown.content.states;
  return (await loadStates(context, row.id)).map((it) => ({
    state: it.state,
    since: fuzzyDateOf(it.sinceEdtf, it.sinceEarliest, it.sinceLatest, it.sincePrecision),
    note: it.note,
  }));
}

/** Returns a weapon system's additional names, in the editors' order. */
export async function aliasesOf(context: Context, row: Row): Promise<readonly AliasRow[]> {
  const shown = shownRevision<'weaponSystem'>(row);
  const aliases = shown ? shown.content.aliases.map(inLanguage) : await loadAliases(context, row.id);
  return aliases.map((alias) => ({ ...alias, at: shown?.at }));
}
