import type { Database, Transaction } from '../database/open.js';
import type { Prisma } from '../generated/prisma/client.js';
import type { DevelopmentFacts } from './filter/types.js';

/** A test for the developments that a list is of. */
export interface DevelopmentPick {
  /** Says what is picked: picks with the same key take the same. */
  readonly key: string;
  takes(facts: DevelopmentFacts): boolean;
}

/**
 * Learns what an answer is made from, so that the changes are known that can make it another one.
 *
 * What is noted in vain costs an execution; what is left out is a stale answer for ever. Drafts are not
 * part of it: they change without the feed, so answers for viewers who see them cannot be kept.
 */
export interface Reads {
  /** These developments as they are now, whether they were found or not. */
  developments(ids: Iterable<string>): void;
  /** All developments that link to one of these now. */
  linkingTo(ids: Iterable<string>): void;
  /** That no development is to be seen by this slug, now or as of a moment. */
  nothingAt(slug: string): void;
  /** All developments that the pick takes now, or how many they are. */
  picked(pick: DevelopmentPick): void;
  /** What had been told of up to a moment, which may be yet to come. */
  upTo(moment: Date): void;
  /** What any change in the feed can make another. */
  feed(): void;
  /** Actors, sources, treaties, weapon systems, doctrines or topics: they change without the feed. */
  references(): void;
}

/** The tables of what developments refer to, by their names in the client. Nothing that they relate to lies outside. */
export const REFERENCE_MODELS: ReadonlySet<string> = new Set<Uncapitalize<Prisma.ModelName>>([
  ...(['actor', 'actorName', 'doctrine', 'source', 'topic', 'treaty', 'treatyParty'] as const),
  ...(['treatyStatus', 'weaponSystem', 'weaponSystemAlias'] as const),
]);

interface Watched {
  readonly db: Transaction;
  readonly reads: Reads;
}

const watched = new WeakMap<Transaction, Watched>();

/**
 * The database for an execution whose reads are to be known. Where nothing else is said, whatever is read
 * through it is noted as all that there is: who knows better says so with {@link noting}. Statements on the
 * models of what developments refer to speak for themselves.
 */
export function watch(db: Database, reads: Reads): Database {
  const proxy = new Proxy(db, {
    get: (target, name) => {
      if (typeof name === 'string') {
        if (!REFERENCE_MODELS.has(name)) reads.feed();
        reads.references();
      }
      return Reflect.get(target, name, target);
    },
  });
  watched.set(proxy, { db, reads });
  return proxy;
}

/**
 * The database for a statement that reads what `note` says, and nothing else that can change. Without
 * `note`: nothing that can change, as revisions and what the feed has told of never do.
 *
 * What turns out only when the statement is answered is noted with {@link readsOf}.
 */
export function noting(db: Transaction, note?: (reads: Reads) => unknown): Transaction {
  const known = watched.get(db);
  if (!known) return db;
  note?.(known.reads);
  return known.db;
}

/** Who learns what is read through a database; undefined where nobody does. */
export function readsOf(db: Transaction): Reads | undefined {
  return watched.get(db)?.reads;
}
