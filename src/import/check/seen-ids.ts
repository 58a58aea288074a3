import type { Defect, Row } from '../read/row.js';
import { SeenKeys } from './seen-keys.js';

/** Finds ids that repeat within the files. */
export class SeenIds {
  readonly #files: readonly string[];
  readonly #seen = new SeenKeys();

  constructor(files: readonly string[]) {
    this.#files = files;
  }

  /** Records the id of a row. Returns a defect if an earlier row has it. */
  note(id: string, { file, line }: Row): Defect[] {
    const first = this.#seen.add(id, line * this.#files.length + this.#files.indexOf(file));
    if (first === undefined) return [];
    const known = this.#files[first % this.#files.length];
    const place = `${known}, line ${Math.floor(first / this.#files.length)}`;
    const reason = `The id stands in ${place} already; that row is kept.`;
    return [{ field: 'id', value: id, reason, kind: 'REPEATED_ID' }];
  }
}
