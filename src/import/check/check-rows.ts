import { createHash } from 'node:crypto';
import type { Transaction } from '../../database/open.js';
import { MappingError } from '../errors.js';
import { readId } from '../mapping/apply.js';
import { columnsOf } from '../mapping/columns.js';
import { hasPath, pathsIn } from '../mapping/evaluate.js';
import { checkDevelopment } from '../mapping/map-row.js';
import type { DevelopmentMapping, Mapping } from '../mapping/mapping.js';
import { WantedThings } from '../mapping/named-references.js';
import { type Defect, problemOf, type Row } from '../read/row.js';
import type { RowFile } from '../read/rows.js';
import type { Problems } from '../report/problems.js';
import type { Progress } from '../report/progress.js';
import { noTally, type Tally } from '../report/tally.js';
import { prepare } from './compose-rows.js';
import { ImaginedPlaces } from './reference-lookup.js';
import type { Candidate } from './resolve-names.js';
import { RowMarks, SeenKeys } from './seen-keys.js';

/** What checking all rows came to. */
export interface Checked {
  readonly rows: number;
  /** Which rows have problems, by their numbers from 0 through all files. */
  readonly bad: RowMarks;
  readonly warnings: readonly string[];
  /** What writing the good rows would come to; the bad ones are counted. */
  readonly tally: Tally;
  /** SHA-256 of what the files hold. */
  readonly fingerprint: string;
}

/** What checking goes by. */
export interface Checking<M extends Mapping = Mapping> {
  readonly mapping: M;
  readonly files: readonly RowFile[];
  readonly progress: Progress;
  readonly problems: Problems;
  /** How many rows are checked at once. */
  readonly batchSize: number;
  /** Rows before this one are in the record, or left out of it, since an earlier run: only their ids count. */
  readonly from: number;
}

/** The rows of the files with their numbers, all of which are read. */
export async function* numberedRows(
  { files, progress }: Pick<Checking, 'files' | 'progress'>,
  onChunk: (chunk: Uint8Array) => void = () => {},
): AsyncGenerator<{ readonly row: Row; readonly number: number; readonly file: RowFile }> {
  let number = 0;
  for (const file of files) {
    const rows = file.rows((chunk) => {
      onChunk(chunk);
      progress.bytes(chunk.length);
    });
    for await (const row of rows) {
      yield { row, number, file };
      number += 1;
    }
  }
}

/**
 * Reads and checks every row: what it says, ids and slugs that repeat, and what only the record shows, as it is
 * now. Writes nothing.
 */
export async function checkDevelopments(
  db: Transaction,
  checking: Checking<DevelopmentMapping>,
): Promise<Checked> {
  const { mapping, progress, problems, batchSize, from } = checking;
  const marks = new RowMarks();
  const tally = noTally();
  const unseen = new UnseenPaths(mapping);
  const ids = new SeenIds(checking.files);
  const slugs = new SeenKeys();
  const places = new ImaginedPlaces(db);
  const wanted = new WantedThings();
  const hash = createHash('sha256');
  const preparing = {
    mapping,
    wanted,
    places,
    isGivenOut: (slug: string) => slugs.has(slug),
    choosesSlugs: mapping.fields['slug'] !== undefined,
  };
  let rows = 0;
  let batch: (Candidate & { number: number })[] = [];

  const finish = async () => {
    const { contents, alreadyThere, refused } = await prepare(db, batch, preparing);
    const numbers = new Map(batch.map(({ row, number }) => [row, number]));
    for (const { row, problems: found } of refused) {
      marks.add(numbers.get(row) ?? 0);
      problems.add(found);
    }
    if (preparing.choosesSlugs) for (const { slug } of contents) slugs.add(slug, 1);
    tally.alreadyThere += alreadyThere;
    tally.recorded += contents.length;
    batch = [];
    wanted.startBatch();
    await problems.flush();
    progress.rows(rows);
  };

  for await (const { row, number, file } of numberedRows(checking, (chunk) => hash.update(chunk))) {
    rows = number + 1;
    if (!row.defect) unseen.note(row, file);
    if (number < from) {
      const id = readId(mapping, row);
      if (id !== undefined) ids.note(id, row);
    } else {
      const { id, fields, defects } = checkDevelopment(mapping, row, wanted);
      const all = [...(id === undefined ? [] : ids.note(id, row)), ...defects];
      if (id !== undefined && fields && all.length === 0) batch.push({ row, id, fields, number });
      else {
        marks.add(number);
        problems.add(all.map((defect) => problemOf(row, id, defect, columnsOf(mapping, defect.field))));
      }
    }
    if (rows % batchSize === 0) await finish();
  }
  await finish();
  const counts = { ...tally, bad: marks.count, made: places.made };
  return {
    rows,
    bad: marks,
    warnings: unseen.warnings(rows),
    tally: counts,
    fingerprint: hash.digest('hex'),
  };
}

/** Knows where each id of a row stands first. */
export class SeenIds {
  readonly #files: readonly string[];
  readonly #seen = new SeenKeys();

  constructor(files: readonly RowFile[]) {
    this.#files = files.map(({ path }) => path);
  }

  /** Notes the id of a row; a defect, where an earlier row has it. */
  note(id: string, { file, line }: Row): Defect[] {
    const first = this.#seen.add(id, line * this.#files.length + this.#files.indexOf(file));
    if (first === undefined) return [];
    const known = this.#files[first % this.#files.length];
    const place = `${known}, line ${Math.floor(first / this.#files.length)}`;
    const reason = `The id stands in ${place} already; that row is kept.`;
    return [{ field: 'id', value: id, reason, kind: 'REPEATED_ID' }];
  }
}

/** Knows which of the mapping's paths no row has had yet. */
export class UnseenPaths {
  readonly #unseen: Set<string>;

  constructor(mapping: Mapping) {
    this.#unseen = new Set(pathsIn({ ...mapping, absent: [], reason: undefined }));
  }

  /** @throws {MappingError} For a column that a CSV does not have: a slip. In JSON a key may be left out. */
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
