import type { DevelopmentContent } from '../../domain/development/content.js';
import type { DevelopmentFacts } from '../../domain/filter/types.js';
import type { DevelopmentPick } from '../../domain/reads.js';
import type { FeedEntry, RevisionState } from '../../feed/log.js';
import type { ReadSet } from './read-set.js';

/**
 * Those that were made from something, found by what they were made from: a change costs what it touches. Lists
 * alone have to be asked one by one, those with the same filter once.
 */
export interface Dependents<Dependent extends { readonly reads: ReadSet }> {
  add(dependent: Dependent): void;
  remove(dependent: Dependent): void;
  /** Those that the changes can make others. Changes come in their order, and none is left out. */
  onChange(entries: readonly FeedEntry[]): Set<Dependent>;
  /** Those that were made from what developments refer to. */
  onReferences(): Iterable<Dependent>;
}

/** How many filters are held against changes at a time: beyond, all lists are taken to be touched. */
const MAX_TESTS = 20_000;

export function createDependents<Dependent extends { readonly reads: ReadSet }>(): Dependents<Dependent> {
  const byId = new Index<Dependent>();
  const byLinked = new Index<Dependent>();
  const byFreeSlug = new Index<Dependent>();
  const byPick = new Index<Dependent>();
  const picks = new Map<string, DevelopmentPick>();
  const onAnything = new Set<Dependent>();
  const onReferences = new Set<Dependent>();
  /** Those that asked for a moment that has not passed. */
  const onTime = new Set<Dependent>();

  const touchedLists = function* (entries: readonly FeedEntry[]): Iterable<Dependent> {
    if (picks.size * entries.length > MAX_TESTS) {
      yield* byPick.all();
      return;
    }
    const facts = entries.flatMap(factsOf);
    for (const [key, pick] of picks) if (facts.some(pick.takes)) yield* byPick.get(key);
  };

  const touched = function* (entries: readonly FeedEntry[]): Iterable<Dependent> {
    if (entries.length === 0) return;
    yield* onAnything;
    for (const entry of entries) {
      yield* byId.get(entry.developmentId);
      for (const id of linkedBy(entry)) yield* byLinked.get(id);
      // A draft may have had other slugs, which lead to it now.
      if (entry.change === 'PUBLISHED' && entry.revision > 1) yield* byFreeSlug.all();
      else yield* byFreeSlug.get(contentOf(entry.after).slug);
    }
    const [first] = entries;
    for (const dependent of onTime) {
      const { latestMoment } = dependent.reads;
      if (latestMoment && first && first.toldAt <= latestMoment) yield dependent;
      else onTime.delete(dependent); // No change is told of at an earlier time than this one.
    }
    yield* touchedLists(entries);
  };

  return {
    add: (dependent) => {
      const { reads } = dependent;
      byId.add(reads.ids, dependent);
      byLinked.add(reads.linked, dependent);
      byFreeSlug.add(reads.freeSlugs, dependent);
      byPick.add(reads.picks.keys(), dependent);
      for (const [key, pick] of reads.picks) if (!picks.has(key)) picks.set(key, pick);
      if (reads.readFeed) onAnything.add(dependent);
      if (reads.readReferences) onReferences.add(dependent);
      if (reads.latestMoment) onTime.add(dependent);
    },
    remove: (dependent) => {
      const { reads } = dependent;
      byId.remove(reads.ids, dependent);
      byLinked.remove(reads.linked, dependent);
      byFreeSlug.remove(reads.freeSlugs, dependent);
      byPick.remove(reads.picks.keys(), dependent);
      for (const key of reads.picks.keys()) if (!byPick.has(key)) picks.delete(key);
      for (const set of [onAnything, onReferences, onTime]) set.delete(dependent);
    },
    onChange: (entries) => new Set(touched(entries)),
    onReferences: () => onReferences,
  };
}

class Index<Dependent> {
  readonly #byKey = new Map<string, Set<Dependent>>();

  has(key: string): boolean {
    return this.#byKey.has(key);
  }

  get(key: string): Iterable<Dependent> {
    return this.#byKey.get(key) ?? [];
  }

  *all(): Iterable<Dependent> {
    for (const dependents of this.#byKey.values()) yield* dependents;
  }

  add(keys: Iterable<string>, dependent: Dependent): void {
    for (const key of keys) {
      const known = this.#byKey.get(key);
      if (known) known.add(dependent);
      else this.#byKey.set(key, new Set([dependent]));
    }
  }

  remove(keys: Iterable<string>, dependent: Dependent): void {
    for (const key of keys) {
      const known = this.#byKey.get(key);
      known?.delete(dependent);
      if (known?.size === 0) this.#byKey.delete(key);
    }
  }
}

/** A development as a change left it, and as readers knew it before. */
function statesOf({ before, after }: FeedEntry): RevisionState[] {
  return before ? [before, after] : [after];
}

const contentOf = ({ snapshot }: RevisionState) => snapshot as DevelopmentContent;

function linkedBy(entry: FeedEntry): Set<string> {
  return new Set(statesOf(entry).flatMap((state) => contentOf(state).links.map(({ toId }) => toId)));
}

// Filters on countries and texts are not held against facts.
const UNKNOWN = { countries: new Map<string, string>(), texts: new Set<string>() };

function factsOf(entry: FeedEntry): DevelopmentFacts[] {
  return statesOf(entry).map((state) => ({
    content: contentOf(state),
    status: state.status,
    recordedAt: entry.recordedAt,
    ...UNKNOWN,
  }));
}
