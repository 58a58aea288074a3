import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { type DevelopmentStatus, Prisma } from '../../../generated/prisma/client.js';
import type { DevelopmentContent } from '../content/content.js';
import type { DevelopmentState } from '../write/rows.js';

/** A revision of a history. */
interface PastRevision {
  readonly number: number;
  readonly status: DevelopmentStatus;
  readonly editor: string;
  readonly changedFields: readonly string[];
  readonly snapshot: DevelopmentContent;
  /** The act that wrote it together with others; null if there was none in this record. */
  readonly act: string | null;
}

/** A development with all its revisions, the first one first. */
export interface History {
  readonly state: DevelopmentState;
  readonly revisions: readonly PastRevision[];
}

/** Reads developments with all their revisions: two statements, however many. Returns them by id, in the order of ids. */
export async function readHistories(
  db: Transaction,
  developmentIds: readonly string[],
): Promise<Map<string, History>> {
  if (developmentIds.length === 0) return new Map();
  const ids = [...developmentIds];
  const states = await read<Omit<DevelopmentState, 'content'>>(
    db,
    Prisma.sql`
      SELECT id::text AS id, revision, status::text AS status, recorded_at AS "recordedAt",
             published_at AS "publishedAt", changed_at AS "changedAt"
      FROM development WHERE id = ANY (${ids}::uuid[]) ORDER BY id`,
  );
  const revisions = new Map<string, PastRevision[]>();
  const rows = await read<PastRevision & { readonly developmentId: string }>(
    db,
    Prisma.sql`
      SELECT development_id::text AS "developmentId", number, status::text AS status, editor,
             changed_fields AS "changedFields", snapshot, act
      FROM revision WHERE development_id = ANY (${ids}::uuid[]) ORDER BY development_id, number`,
  );
  for (const { developmentId, ...revision } of rows) {
    revisions.set(developmentId, [...(revisions.get(developmentId) ?? []), revision]);
  }
  return new Map(
    states.flatMap((state): [string, History][] => {
      const own = revisions.get(state.id) ?? [];
      // A revision may have come between the two statements.
      const known = own.filter(({ number }) => number <= state.revision);
      const content = known.at(-1)?.snapshot;
      return content ? [[state.id, { state: { ...state, content }, revisions: known }]] : [];
    }),
  );
}

/** Reads the current states of developments by id, in the order of ids. One statement. */
export const readCurrent = (db: Transaction, ids: readonly string[]): Promise<DevelopmentState[]> =>
  read(
    db,
    Prisma.sql`
      SELECT it.id::text AS id, it.revision, it.status::text AS status, it.recorded_at AS "recordedAt",
             it.published_at AS "publishedAt", it.changed_at AS "changedAt", revision.snapshot AS content
      FROM development AS it
      JOIN revision ON revision.development_id = it.id AND revision.number = it.revision
      WHERE it.id = ANY (${[...ids]}::uuid[]) ORDER BY it.id`,
  );
