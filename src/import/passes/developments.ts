import { Growth } from '../../database/analyze.js';
import type { Transaction } from '../../database/open.js';
import { commitRevisions } from '../../domain/development/write/commit-many.js';
import { saveProposals } from '../../domain/proposals/propose.js';
import { type NewReference, writeNamedReferences } from '../../domain/references/named/create-many.js';
import { submitMany } from '../../domain/review/many.js';
import { isConflict, writeMany } from '../../domain/write.js';
import { saveSaid } from '../compose/known-rows.js';
import { IMPORT_EDITOR } from '../compose/revise-rows.js';
import { withdrawReplaced } from '../compose/row-proposals.js';
import { type ComposedRows, RowComposer } from '../compose/rows-to-developments.js';
import { Suggestions } from '../compose/suggestions.js';
import type { DevelopmentMapping } from '../mapping/mapping.js';
import { type MadeCounts, noTally, type Tally } from '../report/tally.js';
import { type Block, BlockComposer } from './block.js';
import { type Checked, type Checking, checkRows } from './check-rows.js';
import { goodRows, stopIfAborted, type Writing } from './good-rows.js';
import { type ImportPosition, saveProgress } from './import-progress.js';

/** Checks rows of developments: their values, ids and slugs that repeat, and references. Writes nothing. */
export async function checkDevelopments(
  db: Transaction,
  checking: Checking<DevelopmentMapping>,
): Promise<Checked> {
  const composer = new RowComposer(db, checking.mapping, checking.mapping.fields['slug'] !== undefined);
  const suggestions = new Suggestions(db);
  let isReviewed = false;
  const checked = await checkRows(checking, composer.mapper, async (rows) => {
    const composed = await composer.compose(rows);
    isReviewed ||= checking.mapping.publish && !composed.publishes && composed.contents.length > 0;
    const { refused, contents, said } = composed;
    const suggested = (await suggestions.of(composed)).map(({ candidate, notice }) => ({
      row: candidate.row,
      problems: composer.mapper.problems(candidate, [notice]),
    }));
    const writes = contents.length + said.length > 0;
    const notices = [...composed.notices, ...suggested];
    return { tally: tallyOf(composed), refused, notices, writes };
  });
  const warning = 'This record requires review: new developments are drafts that wait for another editor.';
  return isReviewed ? { ...checked, warnings: [...checked.warnings, warning] } : checked;
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
  const { writer, problems, progress, onError, from } = writing;
  const composer = new BlockComposer(writer.db, writing.mapping, writing.identity);
  const growth = new Growth(writer.db);
  const batches = goodRows(writing);
  const next = async () => {
    const { value, done } = await batches.next();
    return done ? undefined : composer.compose(value);
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
        block = await composer.compose(block.batch);
        if (!isRefused()) await commit(writing, block, position, true);
        upcoming = later ? composer.compose(later.batch) : Promise.resolve(undefined);
        upcoming.catch(() => {});
      }
      for (const { problems: found } of block.refused) problems.add(found);
      await problems.flush();
      if (position.rows < block.batch.end) return false;
      await growth.by(block.contents.length);
      progress.rows(position.rows - from);
    }
    return true;
  } catch (error) {
    throw position.stopped(error);
  } finally {
    await upcoming.catch(() => {});
  }
}

/**
 * Writes a block in one transaction.
 *
 * @param isLast Throw on a conflict.
 * @returns False on a conflict with another writer; nothing is written.
 */
async function commit(
  { writer, identity, mapping }: Writing<DevelopmentMapping>,
  block: Block,
  position: ImportPosition,
  isLast = false,
): Promise<boolean> {
  const { batch, made, authorship, changes, proposals, publishes, said, created, spellings, refused } = block;
  const reached = position.after(batch, { tally: tallyOf(block), refused });
  try {
    await writeMany(writer, async (tx) => {
      const named = await writeNamedReferences(tx, { created, spellings }, authorship);
      const { result, feed } = await made.commit(tx);
      if (mapping.publish && !publishes)
        await submitMany(tx, result, { actor: IMPORT_EDITOR, now: new Date() });
      const revised = await commitRevisions(tx, changes, authorship);
      await withdrawReplaced(tx, proposals.withdrawn);
      await saveProposals(tx, proposals.made);
      await saveSaid(tx, mapping.id.dataset, said);
      await saveProgress(tx, identity, reached);
      return [...named, ...feed, ...revised.feed];
    });
  } catch (error) {
    if (isLast || !isConflict(error)) throw error;
    return false;
  }
  position.moveTo(reached, batch);
  return true;
}

const tallyOf = ({ contents, changes, proposals, alreadyThere, created }: ComposedRows): Tally => ({
  ...noTally(),
  recorded: contents.length,
  changed: changes.length,
  proposed: proposals.made.length,
  alreadyThere,
  made: countCreated(created),
});

/** Counts new references by type. */
function countCreated(created: readonly NewReference[]): MadeCounts {
  const count = (owner: NewReference['owner']) =>
    created.filter((reference) => reference.owner === owner).length;
  return { actors: count('Actor'), topics: count('Topic'), sources: count('Source') };
}
