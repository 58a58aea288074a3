import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { type DevelopmentStatus, Prisma } from '../../../generated/prisma/client.js';
import { canEdit, type Viewer } from '../../access.js';
import { changedFields, type DevelopmentContent } from '../content/content.js';
import { fieldValues } from '../content/decompose.js';
import { withSlugs } from './slugs-by-id.js';
import type { DevelopmentView } from './view.js';

/** A changed field. Values are in the format of inputs; null means empty. */
export interface FieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Content, and the feed position it is viewed from. */
type Seen = Pick<DevelopmentView, 'content' | 'at'>;

/** Content after and before a change. `before` is undefined if there was none, or none the viewer may see. */
export interface ContentChange {
  readonly before: Seen | undefined;
  readonly after: Seen;
}

export interface RevisionKey {
  readonly developmentId: string;
  readonly number: number;
}

/** Maps fields of snapshots that hold ids to their names in inputs and in the schema. */
const FIELD_NAMES: Readonly<Record<string, string>> = {
  doctrineId: 'doctrine',
  doctrineIds: 'doctrines',
  successorId: 'successor',
  topicIds: 'topics',
  treatyIds: 'treaties',
  weaponSystemIds: 'weaponSystems',
};

/** Returns the public names of snapshot fields, in alphabetical order. */
export function fieldNames(snapshotFields: readonly string[]): string[] {
  return snapshotFields.map((field) => FIELD_NAMES[field] ?? field).sort();
}

/** Claims are part of their citations in inputs. */
function inputNames(snapshotFields: readonly string[]): string[] {
  const names = fieldNames(snapshotFields).map((field) => (field === 'claims' ? 'citations' : field));
  return [...new Set(names)].sort();
}

/**
 * Lists the changed fields of each change, ordered by name. Runs one SQL statement for each type of
 * referenced object, independent of the number of changes.
 *
 * Omits fields that look unchanged to the viewer, e.g. a link to a draft for readers.
 */
export async function describeChanges(
  db: Transaction,
  viewer: Viewer,
  changes: readonly ContentChange[],
): Promise<FieldChange[][]> {
  const named = changes.map(({ before, after }) => ({
    before,
    after,
    fields: inputNames(changedFields(before?.content, after.content)),
  }));
  const values = await withSlugs(db, viewer, (slugsAt) =>
    named.map(({ before, after, fields }) => ({
      fields,
      before: before ? fieldValues(before.content, fields, slugsAt(before.at)) : {},
      after: fieldValues(after.content, fields, slugsAt(after.at)),
    })),
  );
  return values.map(({ fields, before, after }) =>
    fields
      .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }))
      .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after)),
  );
}

/**
 * Lists the changed fields of revisions, in the order of `keys`. Runs one SQL statement for the snapshots,
 * and those of {@link describeChanges}.
 *
 * For readers, nothing precedes the first published revision.
 */
export async function describeRevisions(
  db: Transaction,
  viewer: Viewer,
  keys: readonly RevisionKey[],
): Promise<FieldChange[][]> {
  const rows = await read<RevisionRow>(
    db,
    Prisma.sql`
    SELECT revision.development_id::text AS "developmentId", number, status::text AS status, snapshot, position
    FROM revision
    LEFT JOIN feed_entry AS entry
      ON entry.development_id = revision.development_id AND entry.revision = revision.number
    WHERE (revision.development_id, number) IN (
      SELECT wanted.development_id, wanted.number - step.back
      FROM unnest(${keys.map(({ developmentId }) => developmentId)}::uuid[], ${keys.map(({ number }) => number)}::int[])
             AS wanted (development_id, number),
           (VALUES (0), (1)) AS step (back))`,
    { prepared: true },
  );
  const found = new Map(rows.map((row) => [keyOf(row), row]));
  const shown = (row: RevisionRow | undefined) =>
    row && (row.status !== 'DRAFT' || canEdit(viewer)) ? row.snapshot : undefined;
  const changes = keys.map(({ developmentId, number }) => {
    const told = found.get(keyOf({ developmentId, number }));
    const after = shown(told);
    if (!after) throw new Error(`The viewer sees no revision ${number} of the development ${developmentId}.`);
    const before = shown(found.get(keyOf({ developmentId, number: number - 1 })));
    const at = told?.position ?? undefined; // Both are viewed from the position of the change.
    return { before: before && { content: before, at }, after: { content: after, at } };
  });
  return describeChanges(db, viewer, changes);
}

/** Lists what changed from one revision of a development to another. Empty if there is no such revision. */
export async function describeBetween(
  db: Transaction,
  viewer: Viewer,
  slug: string,
  [from, to]: readonly [from: number, to: number],
): Promise<FieldChange[]> {
  const rows = await read<Pick<RevisionRow, 'number' | 'snapshot'>>(
    db,
    Prisma.sql`
    SELECT number, snapshot FROM development_slug JOIN revision USING (development_id)
    WHERE slug = ${slug} AND number IN (${from}, ${to})`,
    { prepared: true },
  );
  const contentOf = (number: number) => {
    const content = rows.find((row) => row.number === number)?.snapshot;
    return content && { content, at: undefined };
  };
  const [before, after] = [contentOf(from), contentOf(to)];
  if (!before || !after) return [];
  const [changes = []] = await describeChanges(db, viewer, [{ before, after }]);
  return changes;
}

/**
 * Returns the fields with a value of each revision that directly follows a draft, otherwise undefined. One
 * SQL statement.
 */
export async function filledAfterDraft(
  db: Transaction,
  keys: readonly RevisionKey[],
): Promise<(string[] | undefined)[]> {
  const rows = await read<Pick<RevisionRow, 'developmentId' | 'number' | 'snapshot'>>(
    db,
    Prisma.sql`
    SELECT told.development_id::text AS "developmentId", told.number, told.snapshot
    FROM unnest(${keys.map(({ developmentId }) => developmentId)}::uuid[], ${keys.map(({ number }) => number)}::int[])
           AS wanted (development_id, number)
    JOIN revision AS told ON told.development_id = wanted.development_id AND told.number = wanted.number
    JOIN revision AS draft ON draft.development_id = told.development_id AND draft.number = told.number - 1
    WHERE draft.status = 'DRAFT'`,
    { prepared: true },
  );
  const filled = new Map(rows.map((row) => [keyOf(row), changedFields(undefined, row.snapshot)]));
  return keys.map((key) => filled.get(keyOf(key)));
}

interface RevisionRow extends RevisionKey {
  readonly status: DevelopmentStatus;
  readonly snapshot: DevelopmentContent;
  /** Its feed position. Null for a draft. */
  readonly position: bigint | null;
}

const keyOf = ({ developmentId, number }: RevisionKey) => `${developmentId}:${number}`;
