import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { Prisma } from '../../../generated/prisma/client.js';
import type { FieldChange } from '../../development/read/field-changes.js';
import { findSlugs, REFERENCE_KINDS, type ReferenceOwner } from '../lookup.js';
import { changedReferenceFields, type ReferenceContent } from './content.js';

export interface ReferenceRevisionKey {
  readonly referenceId: string;
  readonly number: number;
}

/** The contents of a reference before and after a change. `before` is null for a new one. */
interface ReferenceChange {
  readonly before: ReferenceContent | null;
  readonly after: ReferenceContent;
}

/** Maps fields of snapshots that hold ids to their names in inputs and in the schema. */
const FIELD_NAMES: Readonly<Record<string, string>> = {
  ...{ actorId: 'actor', partyIds: 'parties' },
  mergedIntoId: 'mergedInto',
};

/** Returns the public names of snapshot fields, in alphabetical order. */
export const referenceFieldNames = (fields: readonly string[]): string[] =>
  fields.map((field) => FIELD_NAMES[field] ?? field).sort();

/** Lists the changed fields of revisions, in the order of the keys. Runs at most four SQL statements. */
export async function describeReferenceRevisions(
  db: Transaction,
  keys: readonly ReferenceRevisionKey[],
): Promise<FieldChange[][]> {
  const rows = await read<ReferenceRevisionKey & { readonly snapshot: ReferenceContent }>(
    db,
    Prisma.sql`
    SELECT reference_id::text AS "referenceId", number, snapshot FROM reference_revision
    WHERE (reference_id, number) IN (
      SELECT wanted.id, wanted.number - step.back
      FROM unnest(${keys.map(({ referenceId }) => referenceId)}::uuid[], ${keys.map(({ number }) => number)}::int[])
             AS wanted (id, number),
           (VALUES (0), (1)) AS step (back))`,
    { prepared: true },
  );
  const found = new Map(rows.map((row) => [keyOf(row), row.snapshot]));
  const changes = keys.map(({ referenceId, number }) => {
    const after = found.get(keyOf({ referenceId, number }));
    if (!after) throw new Error(`The reference ${referenceId} has no revision ${number}.`);
    return { before: found.get(keyOf({ referenceId, number: number - 1 })) ?? null, after };
  });
  return describeReferenceChanges(db, changes);
}

/** Lists what changed from one revision of a reference to another. Empty if there is no such revision. */
export async function describeReferenceBetween(
  db: Transaction,
  owner: ReferenceOwner,
  slug: string,
  [from, to]: readonly [from: number, to: number],
): Promise<FieldChange[]> {
  const rows = await read<{ readonly number: number; readonly snapshot: ReferenceContent }>(
    db,
    Prisma.sql`
    SELECT number, snapshot FROM reference_revision
    WHERE reference_id = (SELECT id FROM ${Prisma.raw(REFERENCE_KINDS[owner].table)} WHERE slug = ${slug})
      AND number IN (${from}, ${to})`,
  );
  const contentOf = (number: number) => rows.find((row) => row.number === number)?.snapshot;
  const [before, after] = [contentOf(from), contentOf(to)];
  if (!before || !after) return [];
  const [changes = []] = await describeReferenceChanges(db, [{ before, after }]);
  return changes;
}

/**
 * Lists the changed fields of each change, ordered by name, with values in the format of inputs. One SQL statement for each
 * type of object that they refer to.
 */
export async function describeReferenceChanges(
  db: Transaction,
  changes: readonly ReferenceChange[],
): Promise<FieldChange[][]> {
  const contents = changes.flatMap(({ before, after }) => [before ?? [], after].flat());
  const slugs = new Map([
    ...(await slugsOf(db, 'Actor', contents.flatMap(actorsIn))),
    ...(await slugsOf(db, 'Source', contents.flatMap(sourcesIn))),
    ...(await survivorSlugs(db, contents)),
  ]);
  return changes.map(({ before, after }) => {
    const values = (content: object | null) =>
      new Map(
        content
          ? Object.entries(content).map(([field, value]) => [field, inputValue(field, value, slugs)])
          : [],
      );
    const [known, told] = [values(before), values(after)];
    return changedReferenceFields(before, after)
      .map((field) => ({
        field: FIELD_NAMES[field] ?? field,
        before: known.get(field) ?? null,
        after: told.get(field) ?? null,
      }))
      .sort((one, other) => (one.field < other.field ? -1 : 1));
  });
}

const actorsIn = (content: ReferenceContent): string[] => {
  if ('partyIds' in content) return [...content.partyIds];
  return 'actorId' in content && content.actorId !== null ? [content.actorId] : [];
};

const sourcesIn = (content: ReferenceContent): string[] =>
  'aliases' in content ? content.aliases.flatMap(({ sourceId }) => sourceId ?? []) : [];

async function slugsOf(
  db: Transaction,
  owner: ReferenceOwner,
  ids: readonly string[],
): Promise<[string, string][]> {
  const distinct = [...new Set(ids)];
  if (distinct.length === 0) return [];
  const found = await findSlugs(db, owner, { id: { in: distinct } });
  return found.map(({ id, slug }) => [id, slug]);
}

/** Returns the slugs of what references were merged into, by id. Ids are unique among all types. */
async function survivorSlugs(
  db: Transaction,
  contents: readonly ReferenceContent[],
): Promise<[string, string][]> {
  const ids = contents.flatMap((content) => ('mergedIntoId' in content ? (content.mergedIntoId ?? []) : []));
  if (ids.length === 0) return [];
  const tables = Object.values(REFERENCE_KINDS).map(
    ({ table }) =>
      Prisma.sql`SELECT id::text AS id, slug FROM ${Prisma.raw(table)} WHERE id = ANY (${ids}::uuid[])`,
  );
  const found = await read<{ id: string; slug: string }>(db, Prisma.join(tables, ' UNION ALL '));
  return found.map(({ id, slug }) => [id, slug]);
}

/** Returns a field's value as inputs have it: dates in EDTF, objects by slug. Null if it is empty. */
function inputValue(field: string, value: unknown, slugs: ReadonlyMap<string, string>): unknown {
  const slugOf = (id: unknown) => (id === null ? null : (slugs.get(String(id)) ?? String(id)));
  if (value === null || (Array.isArray(value) && value.length === 0)) return null;
  switch (field) {
    case 'actorId':
    case 'mergedIntoId':
      return slugOf(value);
    case 'partyIds':
      return (value as string[]).map(slugOf);
    case 'published':
      return (value as { edtf: string }).edtf;
    case 'states':
      return (value as { since: { edtf: string } }[]).map((state) => ({ ...state, since: state.since.edtf }));
    case 'aliases':
      return (value as { sourceId: string | null }[]).map(({ sourceId, ...alias }) => ({
        ...alias,
        source: slugOf(sourceId),
      }));
    default:
      return value;
  }
}

const keyOf = ({ referenceId, number }: ReferenceRevisionKey) => `${referenceId}:${number}`;
