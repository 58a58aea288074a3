import { MappingError } from '../errors.js';
import { hasPath, pathsIn } from '../mapping/evaluate.js';
import type { Mapping } from '../mapping/mapping.js';
import type { Row } from '../read/row.js';
import type { RowFile } from '../read/rows.js';

/** Finds paths of the mapping that no row has. */
export class UnseenPaths {
  readonly #unseen: Set<string>;

  constructor(mapping: Mapping) {
    this.#unseen = new Set(pathsIn({ ...mapping, absent: [], reason: undefined }));
  }

  /** @throws {MappingError} For a column that a CSV does not have. In JSON, a row may leave a key out. */
  note(row: Row, { path: file, hasColumns }: RowFile): void {
    for (const path of this.#unseen) {
      if (hasPath(path, row.values)) this.#unseen.delete(path);
      else if (hasColumns) {
        const columns = Object.keys(row.values).join(', ');
        throw new MappingError(`for ${file}`, [`${path}: the file has no such column; it has ${columns}.`]);
      }
    }
  }

  warnings(rows: number): string[] {
    return rows === 0 ? [] : [...this.#unseen].map((path) => `No row has ${path}, which the mapping names.`);
  }
}
