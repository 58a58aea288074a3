import { v7 as newId } from 'uuid';
import type { SqlTransaction } from '../../database/bulk-write.js';
import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';
import type { AuditAct } from '../../generated/prisma/enums.js';

/** The actor of acts on the command line. */
export const COMMAND_LINE = 'command line';

/** An act that is not in the record itself. */
export interface AuditedAct {
  readonly act: AuditAct;
  /** The name of the token, or {@link COMMAND_LINE}. */
  readonly actor: string;
  /** What it was done to: the name of a token, the id of a development, a file. Never a text of the record. */
  readonly subject: string;
  readonly detail?: Readonly<Record<string, string | number | null>>;
}

/** Selects the columns of an entry, for an INSERT. The database gives the time. */
export const auditRow = ({ act, actor, subject, detail = {} }: AuditedAct): Prisma.Sql => Prisma.sql`
  ${newId()}::uuid, ${act}::"AuditAct", ${actor}::text, ${subject}::text, ${JSON.stringify(detail)}::jsonb`;

/** The columns that {@link auditRow} selects. */
export const AUDIT_COLUMNS = Prisma.raw('id, act, actor, subject, detail');

/** Writes an entry of the audit. Call it in the transaction of the act. */
export async function recordAudit(tx: SqlTransaction, act: AuditedAct): Promise<void> {
  await tx.$executeRaw`INSERT INTO audit_entry (${AUDIT_COLUMNS}) SELECT ${auditRow(act)}`;
}

export interface AuditEntry extends Required<AuditedAct> {
  readonly id: string;
  readonly recordedAt: Date;
}

/** A bound of a page, in the order of ids. */
export interface AuditBound {
  readonly id: string;
  readonly isAfter: boolean;
  readonly isInclusive: boolean;
}

/** Reads a page of the audit by ids, which follow time. */
export function readAudit(
  db: Transaction,
  { direction, bounds, take }: { direction: 'asc' | 'desc'; bounds: readonly AuditBound[]; take: number },
): Promise<AuditEntry[]> {
  const conditions = bounds.map(({ id, isAfter, isInclusive }) => {
    // "After" is a smaller id in a list whose newest entries come first.
    const sign = (direction === 'asc') === isAfter ? '>' : '<';
    return Prisma.sql`id ${Prisma.raw(isInclusive ? `${sign}=` : sign)} ${id}::uuid`;
  });
  const where = conditions.length > 0 ? Prisma.join(conditions, ' AND ') : Prisma.sql`true`;
  return read<AuditEntry>(
    db,
    Prisma.sql`
    SELECT id::text AS id, act::text AS act, actor, subject, detail, recorded_at AS "recordedAt" FROM audit_entry
    WHERE ${where} ORDER BY id ${Prisma.raw(direction)} LIMIT ${take}`,
  );
}

export async function countAudit(db: Transaction, limit: number): Promise<number> {
  const [row] = await read<{ count: number }>(
    db,
    Prisma.sql`SELECT count(*)::int AS count FROM (SELECT FROM audit_entry LIMIT ${limit}) AS it`,
  );
  return row?.count ?? 0;
}
