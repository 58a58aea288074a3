import type { Database } from '../database/open.js';
import { readReferenceVersion } from '../feed/head.js';
import type { Gazetteer } from './extract/names/gazetteer.js';

/** The names of a version of the reference data, while they are being read too. */
interface Known {
  readonly version: bigint;
  readonly gazetteer: Promise<Gazetteer>;
}

/**
 * Keeps the names of the record for suggestions. They are read again once the reference data has another version, so an
 * editor who adds a name finds it in the next suggestions, on every instance. Concurrent calls share one reading.
 */
export class RecordNamesCache {
  #known: Known | undefined;

  async read(db: Database): Promise<Gazetteer> {
    // Before the names: a change in between leaves newer names under an older version, which are read once more.
    const version = await readReferenceVersion(db);
    if (this.#known?.version === version) return this.#known.gazetteer;
    const known = { version, gazetteer: load(db) };
    // A call that saw an older version does not replace the names of a newer one.
    if (this.#known === undefined || this.#known.version < version) this.#known = known;
    try {
      return await known.gazetteer;
    } catch (error) {
      // The next call tries again.
      if (this.#known === known) this.#known = undefined;
      throw error;
    }
  }
}

async function load(db: Database): Promise<Gazetteer> {
  // It loads the lists of words, which most servers never use.
  const { recordNames } = await import('./record-names.js');
  return recordNames(db);
}
