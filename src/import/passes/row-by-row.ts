import type { Database, Transaction } from '../../database/open.js';
import type { Authorship } from '../../domain/development/write/commit.js';
import { write } from '../../domain/write.js';
import type { NewFeedEntry } from '../../feed/position.js';
import { IMPORT_EDITOR } from '../compose/revise-rows.js';
import type { DirectMapping } from '../mapping/mapping.js';
import {
  ActorMapper,
  LinkMapper,
  type MappedRow,
  ReferenceMapper,
  type RowMapper,
} from '../mapping/row-mapper.js';
import type { BatchResult } from '../report/problems.js';
import { upsertActors } from './actors.js';
import { type Checked, type Checking, checkRows } from './check-rows.js';
import { goodRows, stopIfAborted, type Writing } from './good-rows.js';
import { type ImportPosition, nameOf, saveProgress } from './import-progress.js';
import { linkRows } from './links.js';
import { upsertReferences } from './references.js';

/** The result of a batch, with the feed entries of what it wrote. */
interface DirectResult extends BatchResult {
  readonly feed?: readonly NewFeedEntry[];
}

/** Writes rows one after the other, and refuses bad ones. */
type WriteRows = (
  tx: Transaction,
  rows: readonly MappedRow<never>[],
  authorship: Authorship,
) => Promise<DirectResult>;

/** Returns how the rows of a mapping are mapped and written. */
function writerOf(mapping: DirectMapping): {
  readonly mapper: RowMapper<unknown>;
  readonly writeRows: WriteRows;
} {
  switch (mapping.record) {
    case 'actor': {
      const mapper = new ActorMapper(mapping);
      return { mapper, writeRows: (tx, rows, authorship) => upsertActors(tx, mapper, rows, authorship) };
    }
    case 'link': {
      const mapper = new LinkMapper(mapping);
      return { mapper, writeRows: (tx, rows, authorship) => linkRows(tx, mapper, rows, authorship) };
    }
    default: {
      const mapper = new ReferenceMapper(mapping);
      return { mapper, writeRows: (tx, rows, authorship) => upsertReferences(tx, mapper, rows, authorship) };
    }
  }
}

/** Thrown inside a transaction to roll it back. */
class Rollback extends Error {}

const A_DAY = 24 * 60 * 60 * 1_000;

/**
 * Checks rows of references and links. They are written in a transaction that rolls back, because a row may find what one
 * before it made.
 */
export async function checkDirect(db: Database, checking: Checking<DirectMapping>): Promise<Checked> {
  const { mapper, writeRows } = writerOf(checking.mapping);
  const authorship = { editor: IMPORT_EDITOR, reason: null };
  let checked: Checked | undefined;
  const check = async (tx: Transaction) => {
    checked = await checkRows(checking, mapper, (rows) =>
      writeRows(tx, rows as readonly MappedRow<never>[], authorship),
    );
    throw new Rollback();
  };
  await db.$transaction(check, { timeout: A_DAY }).catch((error: unknown) => {
    if (!(error instanceof Rollback)) throw error;
  });
  if (!checked) throw new Error('The check ended without a result.');
  return checked;
}

/** How long a block may take, in milliseconds: on a slow disk, next to a vacuum. */
const BLOCK_TIMEOUT = 10 * 60 * 1_000;

/** Writes the good rows block by block, as `writeDevelopments` does. */
export async function writeDirect(
  writing: Writing<DirectMapping>,
  position: ImportPosition,
): Promise<boolean> {
  const { writer, mapping, problems, progress, identity, onError, from } = writing;
  const { mapper, writeRows } = writerOf(mapping);
  const reason = ('reason' in mapping ? mapping.reason : undefined) ?? null;
  const authorship = { editor: IMPORT_EDITOR, reason, act: nameOf(identity) };
  try {
    for await (const batch of goodRows(writing)) {
      stopIfAborted(writing, position);
      let result: BatchResult | undefined;
      let isKept = true;
      const request = { operation: 'import', input: null, timeout: BLOCK_TIMEOUT };
      await write(writer, request, async (tx) => {
        const rows: readonly MappedRow[] = batch.rows.map((row) => mapper.map(row));
        const written = await writeRows(tx, rows as readonly MappedRow<never>[], authorship);
        result = written;
        if (onError === 'abort' && result.refused.length > 0) throw new Rollback();
        await saveProgress(tx, identity, position.after(batch, result));
        return { result: {}, feed: written.feed ?? [], references: true };
      }).catch((error: unknown) => {
        if (!(error instanceof Rollback)) throw error;
        isKept = false;
      });
      for (const { problems: found } of result?.refused ?? []) problems.add(found);
      await problems.flush();
      if (!isKept || !result) return false;
      position.moveTo(position.after(batch, result), batch);
      progress.rows(position.rows - from);
    }
    return true;
  } catch (error) {
    throw position.stopped(error);
  }
}
