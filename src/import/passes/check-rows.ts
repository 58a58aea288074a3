import { createHash } from 'node:crypto';
import { SeenKeys } from '../compose/seen-keys.js';
import { MappingError } from '../errors.js';
import { isMeant, readId } from '../mapping/apply.js';
import { hasId, type Mapping } from '../mapping/mapping.js';
import type { MappedRow, RowMapper } from '../mapping/row-mapper.js';
import { hasPath, pathsIn } from '../mapping/values/evaluate.js';
import type { Defect, Row } from '../read/row.js';
import { numberedRows, type RowFile } from '../read/rows.js';
import type { BatchResult, Problems } from '../report/problems.js';
import type { Progress } from '../report/progress.js';
import { noTally, sumOf, type Tally } from '../report/tally.js';

/** The result of checking all rows. */
export interface Checked {
  readonly rows: number;
  /** The rows with problems, by their numbers from 0 through all files. */
  readonly bad: RowMarks;
  readonly warnings: readonly string[];
  /** The counts of writing the good rows, and the number of bad rows. */
  readonly tally: Tally;
  /** SHA-256 of the files' bytes. */
  readonly fingerprint: string;
  /** Whether the second pass has something to write. */
  readonly writes: boolean;
  /** The ids of all rows. */
  readonly ids: Pick<SeenIds, 'has'>;
  /** How many rows have no readable id. */
  readonly withoutId: number;
}

export interface Checking<M extends Mapping = Mapping> {
  readonly mapping: M;
  readonly files: readonly RowFile[];
  readonly progress: Progress;
  readonly problems: Problems;
  /** How many rows are checked at once. */
  readonly batchSize: number;
  /** An earlier run is done with the rows before this one: only their ids count. */
  readonly from: number;
}

/** Checks a batch against the record. Returns what writing the rows would do. */
type CheckBatch<Fields> = (rows: readonly MappedRow<Fields>[]) => Promise<BatchResult>;

/**
 * Reads and checks every row: its values, ids that repeat, and, with `checkBatch`, what only the record can tell.
 *
 * @throws {MappingError} For columns that a CSV does not have.
 */
export async function checkRows<Fields>(
  checking: Checking,
  mapper: RowMapper<Fields>,
  checkBatch: CheckBatch<Fields>,
): Promise<Checked> {
  const { mapping, progress, problems, batchSize, from } = checking;
  const marks = new RowMarks();
  const unseen = new UnseenPaths(mapping);
  const ids = new SeenIds(checking.files.map(({ path }) => path));
  const hash = createHash('sha256');
  let tally = noTally();
  let rows = 0;
  let writes = false;
  let withoutId = 0;
  let leftOut = 0;
  let batch: (MappedRow<Fields> & { readonly number: number })[] = [];

  const finishBatch = async () => {
    const result = await checkBatch(batch);
    const numbers = new Map(batch.map(({ row, number }): [Row, number] => [row, number]));
    for (const { row, problems: found } of result.refused) {
      marks.add(numbers.get(row) ?? 0);
      problems.add(found);
    }
    for (const { problems: found } of result.notices ?? []) problems.add(found);
    tally = sumOf(tally, result.tally);
    writes ||= result.writes ?? true;
    batch = [];
    await problems.flush();
    progress.rows(rows);
  };

  for await (const { row, number, file } of numberedRows(checking, (chunk) => hash.update(chunk))) {
    rows = number + 1;
    if (!row.defect) unseen.note(row, file);
    if (!isMeant(mapping, row)) {
      if (number >= from) leftOut += 1;
    } else if (number < from) {
      const id = hasId(mapping) ? readId(mapping, row) : mapper.map(row).id;
      if (id === undefined) withoutId += 1;
      else ids.note(id, row);
    } else {
      const mapped = mapper.map(row);
      const { id } = mapped;
      if (id === undefined) withoutId += 1;
      const defects = [...(id === undefined ? [] : ids.note(id, row)), ...mapped.defects];
      if (defects.length === 0) batch.push({ ...mapped, number });
      else {
        marks.add(number);
        problems.add(mapper.problems(mapped, defects));
      }
    }
    if (rows % batchSize === 0) await finishBatch();
  }
  await finishBatch();
  return {
    rows,
    bad: marks,
    warnings: unseen.warnings(rows),
    tally: { ...tally, leftOut, bad: marks.count },
    fingerprint: hash.digest('hex'),
    writes,
    ids,
    withoutId,
  };
}

/** Finds paths of the mapping that no row has. */
class UnseenPaths {
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

/** Finds ids that repeat within the files. */
class SeenIds {
  readonly #files: readonly string[];
  readonly #seen = new SeenKeys();

  constructor(files: readonly string[]) {
    this.#files = files;
  }

  has(id: string): boolean {
    return this.#seen.has(id);
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

/** A set of row numbers, from 0, with a bit each. */
class RowMarks {
  #bits = new Uint8Array(1024);
  #count = 0;

  /** How many rows are marked. */
  get count(): number {
    return this.#count;
  }

  add(row: number): void {
    if (this.has(row)) return;
    const at = row >> 3;
    if (at >= this.#bits.length) {
      const grown = new Uint8Array(Math.max(at + 1, this.#bits.length * 2));
      grown.set(this.#bits);
      this.#bits = grown;
    }
    this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (row & 7));
    this.#count += 1;
  }

  has(row: number): boolean {
    return ((this.#bits[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;
  }
}
