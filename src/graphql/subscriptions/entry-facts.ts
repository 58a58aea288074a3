import DataLoader from 'dataloader';
import { LRUCache } from 'lru-cache';
import type { Database } from '../../database/open.js';
import type { DevelopmentContent } from '../../domain/development/content/content.js';
import { findMatchedBefore } from '../../domain/filter/matched-before.js';
import type { DevelopmentFilter } from '../../domain/filter/types.js';
import { matchTexts, type ShownRevision } from '../../domain/search/query.js';
import type { SearchText } from '../../domain/search/text.js';
import type { DevelopmentEntry } from '../../feed/log.js';

/** The search texts that match the development after and before an entry. */
interface EntryTexts {
  readonly after: ReadonlySet<string>;
  readonly before: ReadonlySet<string>;
}

/** The facts about entries that filters ask the database for, shared by all groups. */
export interface EntryFacts {
  /** Returns the countries of the actors in the entry, at most a second old. */
  countries(entry: DevelopmentEntry): Promise<ReadonlyMap<string, string>>;
  texts(entry: DevelopmentEntry, texts: readonly SearchText[]): Promise<EntryTexts>;
  /**
   * Returns whether the filter matched the development at any point before the entry. Calls with the same filter object
   * in one turn of the event loop share a statement.
   */
  matchedBefore(entry: DevelopmentEntry, filter: DevelopmentFilter): Promise<boolean>;
}

/** How long countries are reused, in milliseconds, and how many entries have theirs in memory. */
const KEPT_FOR = 1_000;
const MAX_ENTRIES = 500;
/** Pairs of a text and an entry in one statement. It takes some milliseconds. */
const MAX_PAIRS = 2_000;

export function createEntryFacts(db: Database): EntryFacts {
  const countries = new LRUCache<bigint, ReadonlyMap<string, string>, DevelopmentEntry>({
    max: MAX_ENTRIES,
    ttl: KEPT_FOR,
    // Concurrent fetches of an entry share one statement.
    fetchMethod: (_position, _stale, { context: entry }) => countriesIn(db, entry),
  });
  // Asked for by all groups in one turn of the event loop: a statement each would hold up the others.
  const loader = new DataLoader(
    async (asked: readonly AskedTexts[]) => {
      const found: EntryTexts[] = [];
      for (const some of inStatements(asked)) found.push(...(await findTexts(db, some)));
      return found;
    },
    { cache: false, batchScheduleFn: setImmediate },
  );
  const earlier = new DataLoader((asked: readonly AskedFilter[]) => findEarlier(db, asked), {
    cache: false,
    batchScheduleFn: setImmediate,
  });
  return {
    countries: (entry) => countries.forceFetch(entry.position, { context: entry }),
    texts: (entry, texts) => loader.load({ entry, texts }),
    matchedBefore: (entry, filter) => earlier.load({ entry, filter }),
  };
}

interface AskedTexts {
  readonly entry: DevelopmentEntry;
  readonly texts: readonly SearchText[];
}

/** Splits what is asked for so that the texts of each statement, times its entries, are bounded. */
function inStatements(asked: readonly AskedTexts[]): AskedTexts[][] {
  const statements: AskedTexts[][] = [];
  const entries = new Set<bigint>();
  const texts = new Set<string>();
  for (const one of asked) {
    entries.add(one.entry.position);
    for (const { text } of one.texts) texts.add(text);
    const last = statements.at(-1);
    if (last && entries.size * texts.size <= MAX_PAIRS) {
      last.push(one);
    } else {
      statements.push([one]);
      entries.clear();
      texts.clear();
      entries.add(one.entry.position);
      for (const { text } of one.texts) texts.add(text);
    }
  }
  return statements;
}

async function findTexts(db: Database, asked: readonly AskedTexts[]): Promise<EntryTexts[]> {
  const texts = new Map(asked.flatMap((one) => one.texts.map((text) => [text.text, text])));
  const entries = new Map(asked.map(({ entry }) => [entry.position, entry]));
  const revisions = [...entries.values()].flatMap(({ developmentId, revision }): ShownRevision[] => [
    { developmentId, revision },
    { developmentId, revision: revision - 1 },
  ]);
  const found = await matchTexts(db, [...texts.values()], revisions);
  const indexes = new Map([...entries.keys()].map((position, index) => [position, 2 * index]));
  const none: ReadonlySet<string> = new Set();
  return asked.map(({ entry: { position } }) => {
    const index = indexes.get(position) ?? 0;
    return { after: found[index] ?? none, before: found[index + 1] ?? none };
  });
}

interface AskedFilter {
  readonly entry: DevelopmentEntry;
  readonly filter: DevelopmentFilter;
}

/** Asks for each filter once. */
async function findEarlier(db: Database, asked: readonly AskedFilter[]): Promise<boolean[]> {
  const found = new Map<DevelopmentFilter, ReadonlySet<bigint>>();
  for (const filter of new Set(asked.map((one) => one.filter))) {
    const entries = asked.filter((one) => one.filter === filter).map(({ entry }) => entry);
    found.set(filter, await findMatchedBefore(db, filter, entries));
  }
  return asked.map(({ entry, filter }) => found.get(filter)?.has(entry.position) ?? false);
}

async function countriesIn(db: Database, { before, after }: DevelopmentEntry): Promise<Map<string, string>> {
  const contents = [before, after].flatMap((state) => (state ? [state.snapshot as DevelopmentContent] : []));
  const actors = await db.actor.findMany({
    where: { id: { in: contents.flatMap((it) => it.participants.map(({ actorId }) => actorId)) } },
    select: { id: true, countryCode: true },
  });
  return new Map(actors.flatMap(({ id, countryCode }) => (countryCode ? [[id, countryCode]] : [])));
}
