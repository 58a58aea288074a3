import type { Database } from '../database/open.js';
import { readReferenceVersion } from '../feed/log.js';
import type { Gazetteer } from './extract/names/gazetteer.js';

/**
 * Keeps the names of the record for suggestions. They are read again once the reference data has another version, so an
 * editor who adds a name finds it in the next suggestions, on every instance.
 */
export class RecordNamesCache {
  #known: { readonly version: bigint; readonly gazetteer: Gazetteer } | undefined;

  async read(db: Database): Promise<Gazetteer> {
    // Before the names: a change in between leaves newer names under an older version, which are read once more.
    const version = await readReferenceVersion(db);
    if (this.#known?.version === version) return this.#known.gazetteer;
    // It loads the lists of words, which most servers never use.
    const { recordNames } = await import('./record-names.js');
    const gazetteer = await recordNames(db);
    if (this.#known === undefined || this.#known.version < version) this.#known = { version, gazetteer };
    return gazetteer;
  }
}
