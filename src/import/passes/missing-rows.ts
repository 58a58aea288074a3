import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { readHistories } from '../../domain/development/read/histories.js';
import { commitRevisions } from '../../domain/development/write/commit-many.js';
import { type NewProposal, saveProposals } from '../../domain/proposals/propose.js';
import { readReviewMode } from '../../domain/review/policy.js';
import { writeMany } from '../../domain/write.js';
import { Prisma } from '../../generated/prisma/client.js';
import { IMPORT_EDITOR } from '../compose/revise-rows.js';
import type { DevelopmentMapping } from '../mapping/mapping.js';
import type { Problem } from '../read/row.js';
import type { Problems } from '../report/problems.js';
import { noTally, type Tally } from '../report/tally.js';
import type { Checked } from './check-rows.js';
import { stopIfAborted, type Writing } from './good-rows.js';
import { type ImportPosition, nameOf, saveProgress } from './import-progress.js';

/** A development whose row the files no longer have. */
interface GoneRow {
  readonly value: string;
  readonly id: string;
  readonly slug: string;
  readonly status: 'DRAFT' | 'PUBLISHED';
  /** The editor of its newest revision. */
  readonly editor: string;
}

const PAGE = 5_000;

/**
 * Reports the developments of the data set whose rows are gone. Returns how many are to be retracted. If the record
 * requires review, an editor decides about each, and it is proposed instead.
 */
export async function checkMissing(
  db: Transaction,
  mapping: DevelopmentMapping,
  checked: Checked,
  problems: Problems,
): Promise<Pick<Tally, 'retracted' | 'proposed'>> {
  const isReviewed = (await readReviewMode(db)) === 'REQUIRED';
  let retracted = 0;
  let proposed = 0;
  for await (const rows of goneRows(db, mapping.id.dataset, checked)) {
    const gone = rows.filter((row) => isRetractable(mapping, row, checked));
    if (isReviewed) proposed += (await withoutProposal(db, gone)).length;
    else retracted += gone.length;
    for (const row of rows) {
      if (!gone.includes(row)) problems.add([noticeOf(mapping, row, checked)]);
    }
    await problems.flush();
  }
  return { retracted, proposed };
}

/** Retracts the developments whose rows are gone, block by block. Their ids are free for other developments. */
export async function retractMissing(
  writing: Writing<DevelopmentMapping>,
  position: ImportPosition,
): Promise<void> {
  const { writer, mapping, checked, identity, batchSize } = writing;
  const { dataset } = mapping.id;
  const authorship = {
    editor: IMPORT_EDITOR,
    reason: `The data set ${dataset} no longer has the row.`,
    act: nameOf(identity),
  };
  for await (const rows of goneRows(writer.db, dataset, checked)) {
    const gone = rows.filter((row) => isRetractable(mapping, row, checked));
    for (let at = 0; at < gone.length; at += batchSize) {
      stopIfAborted(writing, position);
      const histories = await readHistories(
        writer.db,
        gone.slice(at, at + batchSize).map(({ id }) => id),
      );
      const states = [...histories.values()]
        .filter(({ revisions }) => revisions.at(-1)?.editor === IMPORT_EDITOR)
        .map(({ state }) => state);
      const isReviewed = (await readReviewMode(writer.db)) === 'REQUIRED';
      const proposed = isReviewed ? await withoutProposal(writer.db, states) : [];
      const changes = (isReviewed ? [] : states).map((state) => ({
        before: state,
        status: 'RETRACTED' as const,
        content: withoutIdsOf(dataset, state.content),
      }));
      const reached = position.plus({
        ...noTally(),
        retracted: changes.length,
        proposed: proposed.length,
      });
      await writeMany(writer, async (tx) => {
        const { feed } = await commitRevisions(tx, changes, authorship);
        await saveProposals(
          tx,
          proposed.map(({ id, revision, content }): NewProposal => {
            const { editor: author, reason } = authorship;
            return { act: 'RETRACT', author, reason, base: { id, revision }, content, fields: [] };
          }),
        );
        await saveProgress(tx, identity, reached);
        return feed;
      });
      position.tally = reached.tally;
    }
  }
}

/** Removes the ids of a data set from a content. */
export function withoutIdsOf<C extends { readonly externalIds: readonly { readonly dataset: string }[] }>(
  dataset: string,
  content: C,
): C {
  return { ...content, externalIds: content.externalIds.filter((id) => id.dataset !== dataset) };
}

/** A row without a readable id may be any of those that seem to be gone, and files without rows are a mistake. */
const isRetractable = (
  { missing }: DevelopmentMapping,
  { status, editor }: GoneRow,
  { withoutId, rows }: Checked,
): boolean =>
  missing === 'retract' && status === 'PUBLISHED' && editor === IMPORT_EDITOR && withoutId === 0 && rows > 0;

function noticeOf(
  { missing, id: { dataset } }: DevelopmentMapping,
  { value, slug, status, editor }: GoneRow,
  { withoutId, rows }: Checked,
): Problem {
  const why =
    missing === 'list'
      ? ''
      : status === 'DRAFT'
        ? ' It is a draft, which cannot be retracted.'
        : editor !== IMPORT_EDITOR
          ? ' An editor has changed it since, so it is not retracted.'
          : ` It is not retracted, because ${rows === 0 ? 'the files have no rows' : `${withoutId} rows have no readable id`}.`;
  return {
    file: `data set ${dataset}`,
    line: 0,
    id: value,
    field: 'row',
    columns: [],
    value: null,
    kind: 'GONE',
    reason: `The files no longer have the row of the development "${slug}".${why}`,
  };
}

/** Reads the rows of the data set that the files do not have, in the order of their ids. */
async function* goneRows(
  db: Transaction,
  dataset: string,
  { ids }: Pick<Checked, 'ids'>,
): AsyncGenerator<GoneRow[]> {
  for (let after = ''; ; ) {
    const rows = await read<GoneRow>(
      db,
      Prisma.sql`
        SELECT external_id.value, development.id::text AS id, development.slug, development.status::text AS status,
               revision.editor
        FROM external_id
        JOIN development ON development.id = external_id.development_id
        JOIN revision ON revision.development_id = development.id AND revision.number = development.revision
        WHERE external_id.dataset = ${dataset} AND external_id.value > ${after}
          AND development.status <> 'RETRACTED'
        ORDER BY external_id.value LIMIT ${PAGE}`,
    );
    const gone = rows.filter(({ value }) => !ids.has(value));
    if (gone.length > 0) yield gone;
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.value ?? after;
  }
}

/** Leaves out developments whose retraction is proposed already, or was rejected. */
async function withoutProposal<D extends { readonly id: string }>(
  db: Transaction,
  developments: readonly D[],
): Promise<D[]> {
  const ids = developments.map(({ id }) => id);
  const rows = await read<{ id: string }>(
    db,
    Prisma.sql`
      SELECT development_id::text AS id FROM proposal
      WHERE development_id = ANY (${ids}::uuid[]) AND author = ${IMPORT_EDITOR} AND act = 'RETRACT'
        AND state IN ('RECEIVED', 'IN_REVIEW', 'REJECTED')`,
  );
  const known = new Set(rows.map(({ id }) => id));
  return developments.filter(({ id }) => !known.has(id));
}
