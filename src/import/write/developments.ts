import { Growth } from '../../database/analyze.js';
import { type Authorship, commitNew } from '../../domain/development/commit.js';
import { newState } from '../../domain/development/record.js';
import { insertPlanned, type Planned } from '../../domain/references/find-or-plan.js';
import { isConflict, writeMany } from '../../domain/write.js';
import { type Prepared, prepare } from '../check/compose-rows.js';
import { PlannedPlaces } from '../check/reference-lookup.js';
import type { Candidate } from '../check/resolve-names.js';
import { columnsOf } from '../mapping/columns.js';
import { checkDevelopment } from '../mapping/map-row.js';
import type { DevelopmentMapping } from '../mapping/mapping.js';
import { WantedThings } from '../mapping/named-references.js';
import { problemOf } from '../read/row.js';
import { noTally, type Tally } from '../report/tally.js';
import { type Batch, type Course, goodRows, type Refused, stopWhereTold, type Writing } from './batches.js';
import { type Reached, saveProgress } from './import-progress.js';

/**
 * Writes the good rows a block at a time: each commits with its positions of the feed and with how far the
 * import has come. The next block is prepared while the database writes the one before.
 *
 * @returns Whether all are written: with `abort`, a row that somebody made bad meanwhile ends it before its block.
 * @throws {ImportStoppedError} For all that keeps it from going on. The blocks before stay.
 */
export async function writeDevelopments(
  writing: Writing<DevelopmentMapping>,
  course: Course,
): Promise<boolean> {
  const { problems, progress, onError } = writing;
  const blocks = new Blocks(writing);
  const growth = new Growth(writing.writer.db);
  const batches = goodRows(writing);
  const next = async () => {
    const { value, done } = await batches.next();
    return done ? undefined : blocks.prepare(value);
  };
  let upcoming = next();
  try {
    for (let block = await upcoming; block; block = await upcoming) {
      stopWhereTold(writing, course);
      upcoming = next();
      upcoming.catch(() => {}); // It is seen to in the next round.
      if (!(onError === 'abort' && block.refused.length > 0) && !(await blocks.commit(block, course))) {
        // Somebody wrote what the block was going to: it is prepared anew, and so is the one after it.
        const later = await upcoming;
        blocks.forget();
        block = await blocks.prepare(block.batch);
        if (block.refused.length === 0 || onError === 'skip') await blocks.commit(block, course, true);
        upcoming = later ? blocks.prepare(later.batch) : Promise.resolve(undefined);
        upcoming.catch(() => {});
      }
      for (const { problems: found } of block.refused) problems.add(found);
      await problems.flush();
      if (course.rows < block.batch.end) return false;
      await growth.by(block.contents.length);
      progress.rows(course.rows);
    }
    return true;
  } catch (error) {
    throw course.stopped(error);
  } finally {
    await upcoming.catch(() => {});
  }
}

/** A block on its way to the database. */
interface Block extends Pick<Prepared, 'contents'> {
  readonly batch: Batch;
  readonly planned: readonly Planned[];
  readonly refused: Refused;
  readonly tally: Tally;
}

/** Prepares blocks and writes them; one may be prepared while the one before it is written. */
class Blocks {
  readonly #writing: Writing<DevelopmentMapping>;
  readonly #wanted = new WantedThings();
  readonly #places: PlannedPlaces;
  readonly #authorship: Authorship;
  /** The slugs of the block that was prepared last: it may not be in the record yet. */
  #slugs: ReadonlySet<string> = new Set();

  constructor(writing: Writing<DevelopmentMapping>) {
    this.#writing = writing;
    this.#places = new PlannedPlaces(writing.writer.db);
    this.#authorship = { editor: writing.writer.editor, reason: writing.mapping.reason ?? null };
  }

  async prepare(batch: Batch): Promise<Block> {
    const { mapping, writer } = this.#writing;
    this.#wanted.startBatch();
    const { candidates, unfit } = this.#check(batch);
    const slugs = this.#slugs;
    const { contents, alreadyThere, refused } = await prepare(writer.db, candidates, {
      mapping,
      wanted: this.#wanted,
      places: this.#places,
      isGivenOut: (slug) => slugs.has(slug),
      choosesSlugs: true,
    });
    this.#slugs = new Set(contents.map(({ slug }) => slug));
    const planned = this.#places.takePlanned();
    const all = [...unfit, ...refused];
    const madeOf = (owner: Planned['owner']) => planned.filter((thing) => thing.owner === owner).length;
    const made = { actors: madeOf('Actor'), topics: madeOf('Topic'), sources: madeOf('Source') };
    const tally = { ...noTally(), recorded: contents.length, alreadyThere, bad: all.length, made };
    return { batch, contents, planned, refused: all, tally };
  }

  /**
   * Writes a block in one transaction.
   *
   * @param isLast Whether to throw where somebody came before.
   * @returns Whether it is written; false, where somebody came before with what it was going to write.
   */
  async commit(block: Block, course: Course, isLast = false): Promise<boolean> {
    const { writer, identity, mapping } = this.#writing;
    const { batch, contents, planned, tally } = block;
    const reached: Reached = course.after(batch, tally);
    try {
      await writeMany(writer, async (tx) => {
        const now = new Date();
        await insertPlanned(tx, planned);
        const states = contents.map((content) => newState(content, mapping.publish, now));
        const { feed } = states.length > 0 ? await commitNew(tx, states, this.#authorship) : { feed: [] };
        await saveProgress(tx, identity, reached);
        return feed;
      });
    } catch (error) {
      if (isLast || !isConflict(error)) throw error;
      return false;
    }
    course.moveTo(reached, batch);
    return true;
  }

  /** Looks everything up again. */
  forget(): void {
    this.#places.forget();
    this.#slugs = new Set();
  }

  /** Makes the fields of the rows once more, as the check did: to keep them all would take memory. */
  #check({ rows }: Batch): { candidates: Candidate[]; unfit: Refused } {
    const { mapping } = this.#writing;
    const candidates: Candidate[] = [];
    const unfit: Refused[number][] = [];
    for (const row of rows) {
      const { id, fields, defects } = checkDevelopment(mapping, row, this.#wanted);
      if (id !== undefined && fields) candidates.push({ row, id, fields });
      else {
        const problems = defects.map((defect) =>
          problemOf(row, id, defect, columnsOf(mapping, defect.field)),
        );
        unfit.push({ row, problems });
      }
    }
    return { candidates, unfit };
  }
}
