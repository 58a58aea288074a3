import { Growth } from '../../database/analyze.js';
import type { Transaction } from '../../database/open.js';
import { commitNew } from '../../domain/development/write/commit.js';
import { newState } from '../../domain/development/write/record.js';
import { insertReferences, type NewReference } from '../../domain/references/create-many.js';
import { isConflict, writeMany } from '../../domain/write.js';
import { type ComposedRows, RowComposer } from '../compose/rows-to-developments.js';
import type { DevelopmentMapping } from '../mapping/mapping.js';
import { type MadeCounts, noTally } from '../report/tally.js';
import { type Checked, type Checking, checkRows } from './check-rows.js';
import { type Batch, goodRows, stopIfAborted, type Writing } from './good-rows.js';
import { type ImportPosition, saveProgress } from './import-progress.js';

/** Checks rows of developments: their values, ids and slugs that repeat, and references. Writes nothing. */
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

/**
 * Writes the good rows block by block. Each block commits with its positions in the feed and with the progress of the
 * import. The next block is composed while the database writes the one before.
 *
 * @returns False if a row became bad meanwhile and `onError` is `abort`: it ends before the block of that row.
 * @throws {ImportStoppedError} For any other failure. The blocks before stay.
 */
export async function writeDevelopments(
  writing: Writing<DevelopmentMapping>,
  position: ImportPosition,
): Promise<boolean> {
  const { writer, problems, progress, onError } = writing;
  const composer = new RowComposer(writer.db, writing.mapping, true);
  const growth = new Growth(writer.db);
  const batches = goodRows(writing);
  const compose = async (batch: Batch): Promise<Block> => ({
    batch,
    ...(await composer.compose(batch.rows.map((row) => composer.mapper.map(row)))),
  });
  const next = async () => {
    const { value, done } = await batches.next();
    return done ? undefined : compose(value);
  };
  let upcoming = next();
  try {
    for (let block = await upcoming; block; block = await upcoming) {
      stopIfAborted(writing, position);
      upcoming = next();
      upcoming.catch(() => {}); // The next turn of the loop awaits it.
      const isRefused = () => onError === 'abort' && (block?.refused.length ?? 0) > 0;
      if (!isRefused() && !(await commit(writing, block, position))) {
        // Another writer came first. Compose the block again, and the one after it, from what is there now.
        const later = await upcoming;
        composer.forget();
        block = await compose(block.batch);
        if (!isRefused()) await commit(writing, block, position, true);
        upcoming = later ? compose(later.batch) : Promise.resolve(undefined);
        upcoming.catch(() => {});
      }
      for (const { problems: found } of block.refused) problems.add(found);
      await problems.flush();
      if (position.rows < block.batch.end) return false;
      await growth.by(block.contents.length);
      progress.rows(position.rows);
    }
    return true;
  } catch (error) {
    throw position.stopped(error);
  } finally {
    await upcoming.catch(() => {});
  }
}

/** A batch of rows on its way to the database. */
interface Block extends ComposedRows {
  readonly batch: Batch;
}

/**
 * Writes a block in one transaction.
 *
 * @param isLast Throw on a conflict.
 * @returns False on a conflict with another writer; nothing is written.
 */
async function commit(
  { writer, identity, mapping }: Writing<DevelopmentMapping>,
  { batch, contents, created, alreadyThere, refused }: Block,
  position: ImportPosition,
  isLast = false,
): Promise<boolean> {
  const tally = { ...noTally(), recorded: contents.length, alreadyThere, made: countCreated(created) };
  const reached = position.after(batch, { tally, refused });
  const authorship = { editor: writer.editor, reason: mapping.reason ?? null };
  try {
    await writeMany(writer, async (tx) => {
      const now = new Date();
      await insertReferences(tx, created);
      const states = contents.map((content) => newState(content, mapping.publish, now));
      const { feed } = await commitNew(tx, states, authorship);
      await saveProgress(tx, identity, reached);
      return feed;
    });
  } catch (error) {
    if (isLast || !isConflict(error)) throw error;
    return false;
  }
  position.moveTo(reached, batch);
  return true;
}

/** Counts new references by type. */
function countCreated(created: readonly NewReference[]): MadeCounts {
  const count = (owner: NewReference['owner']) =>
    created.filter((reference) => reference.owner === owner).length;
  return { actors: count('Actor'), topics: count('Topic'), sources: count('Source') };
}
