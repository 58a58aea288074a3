import type { SqlTransaction } from '../../database/bulk-write.js';
import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import type { DevelopmentContent } from '../../domain/development/content/content.js';
import { takeUnits, textOf, unitsNamed } from '../../domain/development/content/units.js';
import type { ManyChange } from '../../domain/development/write/commit-many.js';
import { type NewProposal, proposedFields } from '../../domain/proposals/propose.js';
import { findUnreviewed } from '../../domain/review/four-eyes.js';
import { Prisma } from '../../generated/prisma/client.js';
import type { DevelopmentMapping } from '../mapping/mapping.js';
import { IMPORT_EDITOR, type RowRevision } from './revise-rows.js';

/** Proposals of a batch of rows, and those of earlier imports that they replace. */
export interface RowProposals {
  readonly made: readonly NewProposal[];
  /** Ids of open proposals of imports that their rows no longer say. */
  readonly withdrawn: readonly string[];
}

/** A row that an editor must decide about: its development, and its content after the row. */
interface ProposedRow {
  /** The development, with the content that the row changes. */
  readonly before: Pick<ManyChange['before'], 'id' | 'revision' | 'content'>;
  readonly content: DevelopmentContent;
}

interface EarlierProposal {
  readonly id: string;
  readonly developmentId: string;
  readonly isOpen: boolean;
  readonly content: DevelopmentContent;
  readonly fields: readonly string[];
}

/** Tells the changes that are made from those that an editor decides about. */
export async function decideRevisions(
  db: Transaction,
  { existing, reason }: Pick<DevelopmentMapping, 'existing' | 'reason'>,
  revisions: readonly RowRevision[],
): Promise<{ changes: readonly ManyChange[]; proposals: RowProposals }> {
  const all = revisions.flatMap(({ change }) => change ?? []);
  const unreviewed = await findUnreviewed(
    db,
    all.map((change) => ({ ...change, id: change.before.id })),
    { editor: IMPORT_EDITOR },
  );
  const refused = new Set(unreviewed.map(({ id }) => id));
  const changes = all.filter(({ before }) => !refused.has(before.id));
  const changed = new Map(changes.map((change) => [change.before.id, change]));
  const rows = revisions.flatMap(({ candidate, change, proposed }): ProposedRow[] => {
    const { state } = candidate.history;
    const made = changed.get(state.id);
    const content = proposed ?? (made ? undefined : change?.content);
    if (!content) return [];
    const before = made ? { ...state, content: made.content, revision: state.revision + 1 } : state;
    return [{ before, content }];
  });
  const said = existing === 'revise' ? revisions.map(({ candidate }) => candidate.history.state.id) : [];
  return { changes, proposals: await proposeRows(db, rows, said, reason ?? null) };
}

/**
 * Makes proposals of rows. A row that says the same as an open proposal of an earlier import makes none, and neither does
 * a field that an editor has rejected with this value.
 *
 * @param said The ids of all developments whose rows say something else than before.
 */
async function proposeRows(
  db: Transaction,
  rows: readonly ProposedRow[],
  said: readonly string[],
  reason: string | null,
): Promise<RowProposals> {
  const earlier = await findEarlier(db, said);
  const kept = new Set<string>();
  const made = rows.flatMap(({ before, content }): NewProposal[] => {
    const own = earlier.filter(({ developmentId }) => developmentId === before.id);
    const rejected = own.filter(({ isOpen }) => !isOpen);
    const fields = proposedFields(before.content, content).filter(
      (field) => !rejected.some((proposal) => saysTheSame(proposal, field, content)),
    );
    if (fields.length === 0) return [];
    const same = own.find(
      (proposal) =>
        proposal.isOpen &&
        proposal.fields.length === fields.length &&
        fields.every((field) => saysTheSame(proposal, field, content)),
    );
    if (same) {
      kept.add(same.id);
      return [];
    }
    const proposed = takeUnits(before.content, content, unitsNamed(content, fields));
    const base = { id: before.id, revision: before.revision };
    return [{ act: 'REVISE', author: IMPORT_EDITOR, reason, base, content: proposed, fields }];
  });
  const withdrawn = earlier.filter(({ id, isOpen }) => isOpen && !kept.has(id)).map(({ id }) => id);
  return { made, withdrawn };
}

const saysTheSame = (proposal: EarlierProposal, field: string, content: DevelopmentContent) =>
  proposal.fields.includes(field) &&
  [...unitsNamed(content, [field])].every((unit) => textOf(unit, proposal.content) === textOf(unit, content));

/** Reads the proposals of imports that are open or rejected, the first one first. */
async function findEarlier(db: Transaction, developmentIds: readonly string[]): Promise<EarlierProposal[]> {
  if (developmentIds.length === 0) return [];
  return read<EarlierProposal>(
    db,
    Prisma.sql`
      SELECT id::text AS id, development_id::text AS "developmentId", state <> 'REJECTED' AS "isOpen", content, fields
      FROM proposal
      WHERE development_id = ANY (${[...developmentIds]}::uuid[]) AND author = ${IMPORT_EDITOR} AND act = 'REVISE'
        AND state IN ('RECEIVED', 'IN_REVIEW', 'REJECTED')
      ORDER BY id`,
  );
}

/** Withdraws proposals of imports, as far as nobody has decided about them meanwhile. */
export async function withdrawReplaced(tx: SqlTransaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.$executeRaw`
    UPDATE proposal SET state = 'WITHDRAWN', decided_by = ${IMPORT_EDITOR},
                        decision = 'The data set says something else now.', decided_at = ${new Date().toISOString()}::timestamptz
    WHERE id = ANY (${[...ids]}::uuid[]) AND state IN ('RECEIVED', 'IN_REVIEW')`;
}

/** Counts the rows that leave the record as it is, or repeat a proposal. */
export function countUntouched(
  revisions: readonly RowRevision[],
  changes: readonly ManyChange[],
  { made }: RowProposals,
): number {
  const touched = new Set([...changes.map(({ before }) => before.id), ...made.map(({ base }) => base?.id)]);
  return revisions.filter(({ candidate }) => !touched.has(candidate.history.state.id)).length;
}
