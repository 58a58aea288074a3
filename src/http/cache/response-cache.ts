import { LRUCache } from 'lru-cache';
import type { Database } from '../../database/open.js';
import { canEdit, type Viewer } from '../../domain/access.js';
import { watch } from '../../domain/reads.js';
import type { FeedEntry } from '../../feed/log.js';
import type { Tail } from '../../feed/tail.js';
import { createDependents, type Dependents } from './dependents.js';
import { createReadSet, type ReadSet } from './read-set.js';

/** What an execution reads, from before its first statement on; to be ended by `keep` or `drop`. */
export interface Recording {
  /** The database for the execution's context: what is read through it is noted. */
  watch(db: Database): Database;
}

export interface ResponseCacheFigures {
  readonly entries: number;
  /** What the entries take, in bytes: the answers, and about what it takes to know when to drop them. */
  readonly bytes: number;
  readonly hits: number;
  readonly misses: number;
  /** Entries dropped because of a change to what they were made from. */
  readonly dropped: number;
}

/**
 * Answers to questions that may be asked again, until something changes that they were made from.
 *
 * A kept answer is dropped before anything that the feed's subscribers on this instance are sent of the
 * change, and is not found from the moment on at which the change is known to have been committed.
 */
export interface ResponseCache<Answer> extends Disposable {
  /**
   * The kept answer for a question; undefined where there is none, or where there may be a change that was not
   * looked at yet.
   *
   * @param key All that an answer depends on, but the record: the document, the operation, the variables.
   */
  find(key: string): Answer | undefined;
  /**
   * Begins to watch what an execution reads; call it before the first statement.
   *
   * @returns undefined for a viewer who sees drafts: they change without the feed.
   */
  begin(viewer: Viewer): Recording | undefined;
  /**
   * Keeps an answer without errors.
   *
   * @param bytes What the answer takes.
   * @returns Whether it is kept: not where something that it was made from changed meanwhile, nor where it is too large.
   */
  keep(key: string, recording: Recording, answer: Answer, bytes: number): boolean;
  /** Ends a recording whose answer is not kept. */
  drop(recording: Recording): void;
  readonly figures: ResponseCacheFigures;
}

export interface ResponseCacheOptions {
  /** Must have been listened to by nobody who tells clients of changes: listeners hear in the order in which they came. */
  readonly tail: Pick<Tail, 'head' | 'isBehind' | 'onAdvance' | 'onReferenceChange'>;
  /** What the entries may take, in bytes. One may take an eighth of it. */
  readonly maxBytes: number;
}

/** How many entries of the feed may pass while an answer is made, for it to be kept. */
const MAX_PASSED = 1_000;

interface Kept<Answer> {
  readonly key: string;
  readonly answer: Answer;
  readonly bytes: number;
  readonly reads: ReadSet;
}

/** What became of the record while an answer was made. */
interface Running {
  readonly reads: ReadSet;
  readonly passed: FeedEntry[];
  referencesChanged: boolean;
  /** Whether it cannot be told any more what passed. */
  isLost: boolean;
}

export function createResponseCache<Answer>({ tail, maxBytes }: ResponseCacheOptions): ResponseCache<Answer> {
  const dependents: Dependents<Kept<Answer>> = createDependents();
  const kept = new LRUCache<string, Kept<Answer>>({
    maxSize: maxBytes,
    maxEntrySize: Math.max(1, Math.floor(maxBytes / 8)),
    sizeCalculation: ({ bytes }) => bytes,
    dispose: (entry) => dependents.remove(entry),
  });
  const running = new Map<Recording, Running>();
  const counts = { hits: 0, misses: 0, dropped: 0 };
  let { epoch } = tail.head;

  const dropAll = (entries: Iterable<Kept<Answer>>) => {
    for (const { key } of [...entries]) if (kept.delete(key)) counts.dropped += 1;
  };

  const stopAdvance = tail.onAdvance((entries) => {
    const isNewEpoch = entries.some((entry) => entry.epoch !== epoch);
    epoch = entries.at(-1)?.epoch ?? epoch;
    for (const it of running.values()) {
      if (isNewEpoch || it.passed.length + entries.length > MAX_PASSED) it.isLost = true;
      if (it.isLost) it.passed.length = 0;
      else it.passed.push(...entries);
    }
    dropAll(isNewEpoch ? kept.values() : dependents.onChange(entries));
  });
  const stopReferences = tail.onReferenceChange(() => {
    for (const it of running.values()) it.referencesChanged = true;
    dropAll(dependents.onReferences());
  });

  /** Whether what a recording has read is as it was. */
  const isCurrent = ({ reads, passed, referencesChanged, isLost }: Running): boolean => {
    if (isLost || (referencesChanged && reads.readReferences)) return false;
    const alone = createDependents<{ reads: ReadSet }>();
    alone.add({ reads });
    return alone.onChange(passed).size === 0;
  };

  return {
    find: (key) => {
      const entry = tail.isBehind ? undefined : kept.get(key);
      counts[entry ? 'hits' : 'misses'] += 1;
      return entry?.answer;
    },
    begin: (viewer) => {
      if (canEdit(viewer)) return undefined;
      const reads = createReadSet();
      const recording: Recording = {
        watch: (db) => {
          reads.isWatched = true;
          return watch(db, reads);
        },
      };
      running.set(recording, { reads, passed: [], referencesChanged: false, isLost: false });
      return recording;
    },
    keep: (key, recording, answer, bytes) => {
      const it = running.get(recording);
      running.delete(recording);
      if (!it?.reads.isWatched || !isCurrent(it)) return false;
      const entry = { key, answer, reads: it.reads, bytes: bytes + 2 * key.length + it.reads.bytes };
      kept.set(key, entry);
      if (kept.peek(key) !== entry) return false;
      dependents.add(entry);
      return true;
    },
    drop: (recording) => {
      running.delete(recording);
    },
    get figures() {
      return { ...counts, entries: kept.size, bytes: kept.calculatedSize };
    },
    [Symbol.dispose]: () => {
      stopAdvance();
      stopReferences();
      kept.clear();
      running.clear();
    },
  };
}
