import { createHash } from 'node:crypto';
import type { Database, Transaction } from '../../database/open.js';
import type { NewReference } from '../../domain/references/create-many.js';
import { readId } from '../mapping/apply.js';
import type { ActorMapping, DevelopmentMapping, Mapping } from '../mapping/mapping.js';
import { ActorMapper, type MappedRow, type RowMapper } from '../mapping/row-mapper.js';
import type { Row } from '../read/row.js';
import { numberedRows, type RowFile } from '../read/rows.js';
import type { BatchResult, Problems } from '../report/problems.js';
import type { Progress } from '../report/progress.js';
import { type MadeCounts, noTally, sumOf, type Tally } from '../report/tally.js';
import { upsertActors } from '../write/upsert-actors.js';
import { RowComposer } from './compose-rows.js';
import { RowMarks, SeenIds } from './seen.js';
import { UnseenPaths } from './unseen-paths.js';

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

/** The part of a check that asks the record: returns what writing the rows would do. */
type CheckBatch<Fields> = (rows: readonly MappedRow<Fields>[]) => Promise<BatchResult>;

/**
 * Reads and checks every row: its values, ids and slugs that repeat, and what only the record can tell, as it is now.
 * Writes nothing.
 */
export async function checkDevelopments(
  db: Transaction,
  checking: Checking<DevelopmentMapping>,
): Promise<Checked> {
  const composer = new RowComposer(db, checking.mapping, checking.mapping.fields['slug'] !== undefined);
  return checkRows(checking, composer.mapper, async (rows) => {
    const { contents, created, alreadyThere, refused } = await composer.compose(rows);
    const tally = { ...noTally(), recorded: contents.length, alreadyThere, made: countCreated(created) };
    return { tally, refused };
  });
}

/** Thrown inside a transaction to roll it back. */
export class Rollback extends Error {}

const A_DAY = 24 * 60 * 60 * 1_000;

/** Checks rows of actors. They are written in a transaction that rolls back, because a row may find what one before it made. */
export async function checkActors(db: Database, checking: Checking<ActorMapping>): Promise<Checked> {
  const mapper = new ActorMapper(checking.mapping);
  let checked: Checked | undefined;
  const check = async (tx: Transaction) => {
    checked = await checkRows(checking, mapper, (rows) => upsertActors(tx, mapper, rows));
    throw new Rollback();
  };
  await db.$transaction(check, { timeout: A_DAY }).catch((error: unknown) => {
    if (!(error instanceof Rollback)) throw error;
  });
  if (!checked) throw new Error('The check ended without a result.');
  return checked;
}

/** Counts new references by what they are. */
export function countCreated(created: readonly NewReference[]): MadeCounts {
  const count = (owner: NewReference['owner']) =>
    created.filter((reference) => reference.owner === owner).length;
  return { actors: count('Actor'), topics: count('Topic'), sources: count('Source') };
}

async function checkRows<Fields>(
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
  let batch: (MappedRow<Fields> & { readonly number: number })[] = [];

  const finishBatch = async () => {
    const result = await checkBatch(batch);
    const numbers = new Map(batch.map(({ row, number }): [Row, number] => [row, number]));
    for (const { row, problems: found } of result.refused) {
      marks.add(numbers.get(row) ?? 0);
      problems.add(found);
    }
    tally = sumOf(tally, result.tally);
    batch = [];
    await problems.flush();
    progress.rows(rows);
  };

  for await (const { row, number, file } of numberedRows(checking, (chunk) => hash.update(chunk))) {
    rows = number + 1;
    if (!row.defect) unseen.note(row, file);
    if (number < from) {
      const id = mapping.record === 'actor' ? mapper.map(row).id : readId(mapping, row);
      if (id !== undefined) ids.note(id, row);
    } else {
      const mapped = mapper.map(row);
      const { id } = mapped;
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
    tally: { ...tally, bad: marks.count },
    fingerprint: hash.digest('hex'),
  };
}
