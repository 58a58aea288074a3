import { v7 as newId } from 'uuid';
import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';
import type { DuplicateKind, DuplicateVerdict } from '../../generated/prisma/enums.js';

/** An editor's judgement on a pair. */
export interface Judgement {
  readonly id: string;
  readonly kind: DuplicateKind;
  readonly oneId: string;
  readonly otherId: string;
  readonly verdict: DuplicateVerdict;
  readonly reason: string | null;
  readonly editor: string;
  /** A hash of what was compared. */
  readonly compared: string;
  readonly recordedAt: Date;
}

/** Two ids, the smaller one first. */
export interface Pair {
  readonly oneId: string;
  readonly otherId: string;
}

export const pairOf = (one: string, other: string): Pair =>
  one < other ? { oneId: one, otherId: other } : { oneId: other, otherId: one };

export const keyOfPair = ({ oneId, otherId }: Pair): string => `${oneId} ${otherId}`;

/** Reads the latest judgement on each of the pairs. One SQL statement. */
export async function readJudgements(
  db: Transaction,
  pairs: readonly Pair[],
): Promise<Map<string, Judgement>> {
  if (pairs.length === 0) return new Map();
  const rows = await read<Judgement>(
    db,
    Prisma.sql`
    SELECT it.* FROM json_to_recordset(${JSON.stringify(pairs)}::json) AS pair ("oneId" uuid, "otherId" uuid),
    LATERAL (
      SELECT id::text AS id, kind::text AS kind, one_id::text AS "oneId", other_id::text AS "otherId",
             verdict::text AS verdict, reason, editor, compared, recorded_at AS "recordedAt"
      FROM duplicate_judgement WHERE one_id = pair."oneId" AND other_id = pair."otherId"
      ORDER BY recorded_at DESC, id DESC LIMIT 1
    ) AS it`,
  );
  return new Map(rows.map((row) => [keyOfPair(row), row]));
}

/** Returns the judgement if what was compared is still the same. */
export const standing = (judgement: Judgement | undefined, compared: string): Judgement | null =>
  judgement?.compared === compared ? judgement : null;

/** Writes a judgement. Earlier ones on the pair stay. */
export async function insertJudgement(
  tx: Transaction,
  judgement: Omit<Judgement, 'id' | 'recordedAt'>,
): Promise<Judgement> {
  return tx.duplicateJudgement.create({ data: { id: newId(), ...judgement } });
}
