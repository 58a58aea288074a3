import { hash } from 'node:crypto';
import type { SqlTransaction } from '../../database/bulk-write.js';
import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import type { RecordFields } from '../../domain/development/content/input.js';
import { type History, readHistories } from '../../domain/development/read/histories.js';
import { Prisma } from '../../generated/prisma/client.js';
import type { DevelopmentMapping } from '../mapping/mapping.js';
import type { NamedReferences } from '../mapping/named-references.js';
import type { Row } from '../read/row.js';

/** A row that the domain's schema accepts. */
export interface Candidate {
  readonly row: Row;
  readonly id: string;
  readonly fields: RecordFields;
  /** A hash of the fields, by which a later import knows that the row says the same. */
  readonly said: string;
  /** The development that the row is merged into. */
  readonly history?: History;
}

/** A row that says something else than before, and its development. */
export interface DifferingRow extends Candidate {
  readonly history: History;
  /** What it said before; null if unknown. */
  readonly before: string | null;
}

/** A row that an earlier import recorded. */
interface KnownRow {
  readonly value: string;
  readonly developmentId: string;
  /** See {@link Candidate}; null if unknown. */
  readonly said: string | null;
}

/** Stands for the row of a draft that an undone run made. The next import takes the draft over. */
export const UNDONE = 'undone';

/**
 * Hashes the fields of a row. References that the row names stand in them by their names, because their slugs are
 * placeholders.
 */
export function hashFields(fields: RecordFields, named: NamedReferences): string {
  const text = JSON.stringify(fields).replaceAll(named.placeholders, (slug) => named.find(slug)?.key ?? slug);
  return hash('sha1', text, 'base64url');
}

/** Finds the rows that the record has, by their ids in the data set: one statement. */
async function findKnownRows(
  db: Transaction,
  dataset: string,
  ids: readonly string[],
): Promise<Map<string, KnownRow>> {
  if (ids.length === 0) return new Map();
  const rows = await read<KnownRow>(
    db,
    Prisma.sql`
      SELECT value, said, development_id::text AS "developmentId" FROM external_id
      WHERE dataset = ${dataset} AND value = ANY (${[...ids]}::text[])`,
  );
  return new Map(rows.map((row) => [row.value, row]));
}

/** Tells the rows that the record does not have from those that say something else than before. */
export async function sortRows(
  db: Transaction,
  { id, existing }: Pick<DevelopmentMapping, 'id' | 'existing'>,
  candidates: readonly Candidate[],
): Promise<{ fresh: Candidate[]; differing: DifferingRow[] }> {
  const known = await findKnownRows(
    db,
    id.dataset,
    candidates.map((candidate) => candidate.id),
  );
  const fresh = candidates.filter((candidate) => !known.has(candidate.id));
  const changed = candidates.flatMap((candidate) => {
    const row = known.get(candidate.id);
    if (!row || row.said === candidate.said || (existing === 'skip' && row.said !== UNDONE)) return [];
    return [{ candidate, row }];
  });
  const histories = await readHistories(
    db,
    changed.map(({ row }) => row.developmentId),
  );
  const differing = changed.flatMap(({ candidate, row }) => {
    const history = histories.get(row.developmentId);
    return history ? [{ ...candidate, history, before: row.said }] : [];
  });
  return { fresh, differing };
}

/** Stores what rows say now, for rows that the record has. */
export async function saveSaid(
  tx: SqlTransaction,
  dataset: string,
  rows: readonly { readonly value: string; readonly said: string | null }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.$executeRaw`
    UPDATE external_id SET said = it.said
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS it(value text, said text)
    WHERE external_id.dataset = ${dataset} AND external_id.value = it.value`;
}
