import type { SqlTransaction } from '../../database/bulk-write.js';
import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { type History, readHistories } from '../../domain/development/read/histories.js';
import { commitRevisions } from '../../domain/development/write/commit-many.js';
import { type UndoStep, undoOf, undoStep } from '../../domain/development/write/undo-act.js';
import { type BulkWriter, writeMany } from '../../domain/write.js';
import { Prisma } from '../../generated/prisma/client.js';
import { saveSaid, UNDONE } from '../compose/known-rows.js';
import { IMPORT_EDITOR } from '../compose/revise-rows.js';
import { withoutIdsOf } from '../passes/missing-rows.js';
import { type Run, refuseUnknownRun } from './runs.js';

/** The result of undoing a run. */
export interface UndoReport {
  /** Developments that the run made, now retracted. */
  retracted: number;
  /** Developments that have their content of before the run again. */
  reverted: number;
  /** Drafts that the run made. They stay drafts, and the next import takes them over. */
  drafts: number;
  /** Developments that an earlier undo of the run dealt with. */
  undoneBefore: number;
  /** Slugs of developments that stay, with the reason. */
  readonly kept: { readonly slug: string; readonly reason: string }[];
}

const BLOCK = 500;

/**
 * Undoes a run of an import, block by block: retracts the developments that it made and reverts those that it revised.
 * Developments that have changed since stay as they are.
 *
 * The ids of retracted developments are free, so that a corrected file can be imported. References that the run made stay.
 *
 * @param dryRun Report, and write nothing.
 * @throws {UnknownRunError}
 */
export async function undoRun(
  writer: BulkWriter,
  run: Run,
  { dryRun = false, batchSize = BLOCK }: { readonly dryRun?: boolean; readonly batchSize?: number } = {},
): Promise<UndoReport> {
  const name = `${run.dataset}@${run.number}`;
  const report: UndoReport = { retracted: 0, reverted: 0, drafts: 0, undoneBefore: 0, kept: [] };
  const authorship = { editor: IMPORT_EDITOR, reason: `Undo of the import ${name}.`, act: undoOf(name) };
  for await (const ids of developmentsOf(writer.db, name, batchSize)) {
    const histories = await readHistories(writer.db, ids);
    const steps = [...histories.values()].map((history) => ({ history, step: stepFor(history, name, run) }));
    if (!dryRun) {
      await writeMany(writer, async (tx) => {
        const changes = steps.flatMap(({ step }) => ('change' in step ? step.change : []));
        const { feed } = await commitRevisions(tx, changes, authorship);
        await forgetRows(tx, run, steps);
        return feed;
      });
    }
    for (const { history, step } of steps) {
      if (step.kind === 'kept') report.kept.push({ slug: history.state.content.slug, reason: step.reason });
      else report[step.kind] += 1;
    }
  }
  if (report.retracted + report.reverted + report.drafts + report.undoneBefore + report.kept.length === 0) {
    await refuseUnknownRun(writer.db, run);
  }
  if (!dryRun) await forgetProgress(writer.db, run);
  return report;
}

/** How to take back what the run did to a development. */
const stepFor = (history: History, name: string, { dataset }: Run): UndoStep =>
  undoStep(history, name, {
    reinstates: false,
    whenRetracted: 'retracted by the run; import its row again to record it anew',
    release: (content) => withoutIdsOf(dataset, content),
  });

/** Lets the next import take over drafts, and compare the rows of reverted developments. */
async function forgetRows(
  tx: SqlTransaction,
  { dataset }: Run,
  steps: readonly { readonly history: History; readonly step: UndoStep }[],
): Promise<void> {
  const rows = steps.flatMap(({ history, step: { kind } }) =>
    kind === 'drafts' || kind === 'reverted'
      ? history.state.content.externalIds
          .filter((id) => id.dataset === dataset)
          .map(({ value }) => ({ value, said: kind === 'drafts' ? UNDONE : null }))
      : [],
  );
  await saveSaid(tx, dataset, rows);
}

/** The rest of a run that is undone cannot be resumed. */
async function forgetProgress(db: Transaction, { dataset, number }: Run): Promise<void> {
  await db.importProgress.updateMany({ where: { dataset, run: number }, data: { content: 'undone' } });
}

/** Reads the ids of the developments that a run wrote, in their order: one pass over the index of revisions. */
async function* developmentsOf(db: Transaction, name: string, limit: number): AsyncGenerator<string[]> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const rows = await read<{ id: string }>(
      db,
      Prisma.sql`
        SELECT development_id::text AS id FROM revision
        WHERE act = ${name} AND development_id > ${after}::uuid
        GROUP BY development_id ORDER BY development_id LIMIT ${limit}`,
    );
    if (rows.length > 0) yield rows.map(({ id }) => id);
    if (rows.length < limit) return;
    after = rows.at(-1)?.id ?? after;
  }
}
