import { createHash } from 'node:crypto';
import type { Database } from '../../database/open.js';
import { write } from '../../domain/write.js';
import { type Checked, type Checking, numberedRows, SeenIds, UnseenPaths } from '../check/check-rows.js';
import { RowMarks } from '../check/seen-keys.js';
import { columnsOf } from '../mapping/columns.js';
import { checkActor } from '../mapping/map-row.js';
import type { ActorMapping } from '../mapping/mapping.js';
import { WantedThings } from '../mapping/named-references.js';
import { type Problem, problemOf, type Row } from '../read/row.js';
import { noTally } from '../report/tally.js';
import { BLOCK_TIMEOUT, type Course, goodRows, stopWhereTold, type Writing } from './batches.js';
import { saveProgress } from './import-progress.js';
import { writeActors } from './write-actors.js';

/** Thrown inside a transaction to take it back. */
class TakenBack extends Error {}

const A_DAY = 24 * 60 * 60 * 1_000;

/**
 * Reads and checks every row, and what only the record shows: the actors are written in a transaction that is
 * taken back, since each row may meet what one before it made.
 */
export async function checkActors(db: Database, checking: Checking<ActorMapping>): Promise<Checked> {
  const { mapping, progress, problems, batchSize, from } = checking;
  const marks = new RowMarks();
  const unseen = new UnseenPaths(mapping);
  const ids = new SeenIds(checking.files);
  const hash = createHash('sha256');
  const tally = noTally();
  let rows = 0;
  const check = async (tx: Parameters<typeof writeActors>[0]) => {
    let batch: { row: Row; number: number }[] = [];
    const finish = async () => {
      const numbers = new Map(batch.map(({ row, number }) => [row, number]));
      const refuse = (row: Row, found: readonly Problem[]) => {
        marks.add(numbers.get(row) ?? 0);
        problems.add(found);
      };
      await writeActors(tx, mapping, [...numbers.keys()], { tally, refuse });
      batch = [];
      await problems.flush();
      progress.rows(rows);
    };
    for await (const { row, number, file } of numberedRows(checking, (chunk) => hash.update(chunk))) {
      rows = number + 1;
      if (!row.defect) unseen.note(row, file);
      const { id, defects } = checkActor(mapping, row, new WantedThings());
      const all = [...(id === undefined ? [] : ids.note(id, row)), ...defects];
      if (number < from) continue;
      if (all.length === 0) batch.push({ row, number });
      else {
        marks.add(number);
        problems.add(all.map((defect) => problemOf(row, id, defect, columnsOf(mapping, defect.field))));
      }
      if (rows % batchSize === 0) await finish();
    }
    await finish();
    throw new TakenBack();
  };
  await db.$transaction(check, { timeout: A_DAY }).catch((error: unknown) => {
    if (!(error instanceof TakenBack)) throw error;
  });
  const counts = { ...tally, bad: marks.count };
  return {
    rows,
    bad: marks,
    warnings: unseen.warnings(rows),
    tally: counts,
    fingerprint: hash.digest('hex'),
  };
}

/** Writes the good rows a block at a time, as `writeDevelopments` does; actors are not told in the feed. */
export async function writeActorBlocks(writing: Writing<ActorMapping>, course: Course): Promise<boolean> {
  const { writer, mapping, problems, progress, identity, onError } = writing;
  try {
    for await (const batch of goodRows(writing)) {
      stopWhereTold(writing, course);
      const tally = noTally();
      const refused: (readonly Problem[])[] = [];
      const refuse = (_: Row, found: readonly Problem[]) => refused.push(found);
      const request = { operation: 'import', input: null, timeout: BLOCK_TIMEOUT };
      const written = write(writer, request, async (tx) => {
        Object.assign(tally, noTally());
        refused.length = 0;
        await writeActors(tx, mapping, batch.rows, { tally, refuse });
        if (onError === 'abort' && refused.length > 0) throw new TakenBack();
        tally.bad = refused.length;
        await saveProgress(tx, identity, course.after(batch, tally));
        return { result: {}, feed: [], references: true };
      });
      const isKept = await written.then(
        () => true,
        (error: unknown) => {
          if (error instanceof TakenBack) return false;
          throw error;
        },
      );
      for (const found of refused) problems.add(found);
      await problems.flush();
      if (!isKept) return false;
      course.moveTo(course.after(batch, tally), batch);
      progress.rows(course.rows);
    }
    return true;
  } catch (error) {
    throw course.stopped(error);
  }
}
