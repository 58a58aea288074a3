import { insertMany, type SqlTransaction } from '../../../database/bulk-write.js';
import type { ReferenceChange } from '../../../feed/hash-chain.js';
import type { NewFeedEntry } from '../../../feed/position.js';
import { Prisma } from '../../../generated/prisma/client.js';
import { newSalt } from '../../development/write/commitment.js';
import { REFERENCE_KINDS, type ReferenceOwner } from '../lookup.js';
import { type CommittedReference, referenceCommitment } from './commitment.js';
import { CONTENTS, changedReferenceFields, type ReferenceContent } from './content.js';

/** The editor of a change of references, and the reason. */
export interface ReferenceAuthorship {
  readonly editor: string;
  readonly reason: string | null;
  /** The time of the change, if it belongs to a history that is loaded. Default: now. */
  readonly at?: Date | undefined;
  /** The act that makes it together with others: the run of an import. */
  readonly act?: string | undefined;
}

/** References of one type whose rows are written, and may have changed. */
export interface WrittenReferences {
  readonly owner: ReferenceOwner;
  readonly ids: readonly string[];
}

/** A reference after a write. */
interface RecordedReference {
  readonly id: string;
  /** The number of its newest revision. */
  readonly revision: number;
  /** The revision that it had before; 0 for a new one. The same number if the write changed nothing. */
  readonly before: number;
}

export interface RecordedReferences {
  readonly references: readonly RecordedReference[];
  /** The entries to append, in the order of the references. */
  readonly feed: readonly NewFeedEntry[];
}

/**
 * Writes a revision of each reference that differs from its newest one. Its row must be written in the same transaction,
 * which locks it, so that revisions are sequential. One statement to read for each type, and one to write for all.
 *
 * @throws {pg.DatabaseError} With code 23505 if another transaction has written the same revision. Run it again.
 */
export async function recordReferences(
  tx: SqlTransaction,
  written: readonly WrittenReferences[],
  { editor, reason, at, act }: ReferenceAuthorship,
): Promise<RecordedReferences> {
  const recordedAt = at ?? new Date();
  const references: RecordedReference[] = [];
  const feed: NewFeedEntry[] = [];
  const rows: object[] = [];
  for (const { owner, ids } of written) {
    const { kind } = REFERENCE_KINDS[owner];
    for (const { id, content: snapshot, before, number } of await readStates(tx, owner, ids)) {
      const changedFields = changedReferenceFields(before, snapshot);
      const isChanged = number === 0 || changedFields.length > 0;
      references.push({ id, before: number, revision: isChanged ? number + 1 : number });
      if (!isChanged) continue;
      const own = { referenceId: id, number: number + 1, kind, changedFields };
      const { row, entry } = seal({ ...own, editor, reason, recordedAt, snapshot }, 'REFERENCE_CHANGED');
      rows.push({ ...row, act: act ?? null });
      feed.push({ ...entry, ...(at && { recordedAt: at }) });
    }
  }
  await insertMany(tx, 'reference_revision', rows);
  return { references, feed };
}

/**
 * Writes a revision of each reference that says that the earlier ones were erased. Its content is that of the row, which has
 * nothing left to erase.
 */
export async function recordErasures(
  tx: SqlTransaction,
  { owner, ids }: WrittenReferences,
  { editor, reason }: Pick<ReferenceAuthorship, 'editor' | 'reason'>,
): Promise<RecordedReferences> {
  const { kind } = REFERENCE_KINDS[owner];
  const recordedAt = new Date();
  const states = await readStates(tx, owner, ids);
  const sealed = states.map(({ id, content: snapshot, number }) => {
    const own = { referenceId: id, number: number + 1, kind, changedFields: [] };
    return seal({ ...own, editor, reason, recordedAt, snapshot }, 'REFERENCE_ERASED');
  });
  await insertMany(
    tx,
    'reference_revision',
    sealed.map(({ row }) => row),
  );
  return {
    references: states.map(({ id, number }) => ({ id, before: number, revision: number + 1 })),
    feed: sealed.map(({ entry }) => entry),
  };
}

/** Makes the row of a revision with a new salt, and its feed entry. */
function seal(revision: CommittedReference, change: ReferenceChange) {
  const salt = newSalt();
  const { referenceId, number } = revision;
  const entry = { change, referenceId, revision: number, commitment: referenceCommitment(revision, salt) };
  return { row: { ...revision, salt: `\\x${salt}` }, entry };
}

interface ReferenceState {
  readonly id: string;
  readonly content: ReferenceContent;
  /** The content of the newest revision; null for a new reference. */
  readonly before: ReferenceContent | null;
  /** The number of the newest revision; 0 for a new reference. */
  readonly number: number;
}

/** Reads the rows as contents, and the newest revisions, in the order of the ids. */
async function readStates(
  tx: SqlTransaction,
  owner: ReferenceOwner,
  ids: readonly string[],
): Promise<readonly ReferenceState[]> {
  if (ids.length === 0) return [];
  return tx.$queryRaw<ReferenceState[]>(Prisma.sql`
    SELECT it.id::text AS id, it.content, known.snapshot AS before, coalesce(known.number, 0) AS number
    FROM unnest(${[...ids]}::uuid[]) WITH ORDINALITY AS written (id, at)
    JOIN (${CONTENTS[REFERENCE_KINDS[owner].kind]}) AS it ON it.id = written.id
    LEFT JOIN LATERAL (
      SELECT snapshot, number FROM reference_revision WHERE reference_id = it.id ORDER BY number DESC LIMIT 1
    ) AS known ON true
    ORDER BY written.at`);
}
