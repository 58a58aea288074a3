import { columnOf } from '../../../database/bulk-write.js';
import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { appendInserted, FOUND_BY } from '../../../feed/position.js';
import { Prisma } from '../../../generated/prisma/client.js';
import { AUDIT_COLUMNS, auditRow } from '../../audit/audit.js';
import { auditOfOverride } from '../../review/override.js';
import { changedFields } from '../content/content.js';
import { type Authorship, type DevelopmentRef, entryOf, sealRevision } from './commit.js';
import { type DevelopmentState, rowOf } from './rows.js';

/** The idempotency key of a request, with the operation and the hash of the request. */
export interface RequestKey {
  readonly editor: string;
  readonly key: string;
  readonly operation: string;
  readonly requestHash: string;
}

/**
 * Inserts a new development, its first revision, its idempotency key and, if it is published, its feed entry, in one SQL
 * statement. The statement is a transaction of its own.
 *
 * @returns The position in the feed; undefined for a draft.
 * @throws {pg.DatabaseError} With code 23505 if another transaction has taken the slug or the key.
 */
export async function insertDevelopment(
  db: Transaction,
  state: DevelopmentState,
  authorship: Authorship,
  key: RequestKey | undefined,
): Promise<bigint | undefined> {
  const { id, revision, content } = state;
  const result: DevelopmentRef = { id, revision };
  const row = renamed({ id, ...rowOf(state) });
  const sealed = sealRevision(state, changedFields(undefined, content), authorship);
  const revisions = renamed(sealed.row);
  const keys = key ? [renamed({ ...key, result })] : [];
  const entry = entryOf(sealed, 'PUBLISHED');
  const audited = authorship.overridesReview
    ? sql`, audited AS (
        INSERT INTO audit_entry (${AUDIT_COLUMNS}) SELECT ${auditRow(auditOfOverride(state, authorship.editor))}
      )`
    : Prisma.empty;
  const feed =
    entry !== undefined
      ? Prisma.sql`, ${appendInserted([entry], sql`inserted`, [sql`slugs`, sql`revisions`, sql`keys`])}
          SELECT position FROM appended`
      : sql`SELECT NULL::bigint AS position FROM inserted`;
  const rows = await read<{ position: bigint | null }>(
    db,
    Prisma.sql`
      WITH inserted AS (
        INSERT INTO development (id, slug, ${INSERTED})
        SELECT id, slug, ${INSERTED} FROM json_populate_record(NULL::development, ${JSON.stringify(row)}::json)
        RETURNING id, ${FOUND_BY}
      ), slugs AS (
        INSERT INTO development_slug (slug, development_id) VALUES (${content.slug}, ${id}::uuid) RETURNING slug
      ), revisions AS (
        INSERT INTO revision (${REVISION})
        SELECT ${REVISION} FROM json_populate_record(NULL::revision, ${JSON.stringify(revisions)}::json)
        RETURNING number
      ), keys AS (
        INSERT INTO idempotency_key (editor, key, operation, request_hash, result)
        SELECT editor, key, operation, request_hash, result
        FROM json_populate_recordset(NULL::idempotency_key, ${JSON.stringify(keys)}::json)
        RETURNING key
      )${audited}
      ${feed}`,
    { prepared: true },
  );
  return rows[0]?.position ?? undefined;
}

const { sql } = Prisma;

/** The columns to insert. The database generates `countries` and `search`. */
const INSERTED = Prisma.raw(
  'revision, kind, status, confidence, disputed, occurred_earliest, occurred_latest, event_type, change_type, ' +
    'actor_ids, parts, place_countries, topic_ids, treaty_ids, weapon_system_ids, doctrine_ids, source_ids, links, ' +
    'words, id_words, recorded_at, published_at, changed_at',
);

const REVISION = Prisma.raw(
  'development_id, number, snapshot, status, changed_fields, editor, reason, recorded_at, salt',
);

/** Renames fields to columns. */
function renamed(row: object): object {
  return Object.fromEntries(Object.entries(row).map(([field, value]) => [columnOf(field), value]));
}
