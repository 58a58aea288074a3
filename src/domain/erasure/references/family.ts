import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { Prisma, type ReferenceKind } from '../../../generated/prisma/client.js';
import { OWNERS } from '../../duplicates/suggestion.js';
import { InvalidInputError, UnknownSlugError } from '../../errors.js';
import type { ReferenceContent } from '../../references/history/content.js';
import { hasNoReferenceContent } from '../../references/history/erased.js';
import { parseSlug, REFERENCE_KINDS, type ReferenceOwner } from '../../references/lookup.js';

const { raw, sql } = Prisma;

/** A reference, or one that was merged into it. */
interface Member {
  readonly id: string;
  readonly slug: string;
  /** The number of its newest revision. */
  readonly revision: number;
}

/** A reference with all that were merged into it: they have its names too. */
export interface Family {
  readonly kind: ReferenceKind;
  readonly owner: ReferenceOwner;
  /** The id and slug of the reference that stands for all. */
  readonly id: string;
  readonly slug: string;
  /** Ordered by id. */
  readonly members: readonly Member[];
  /** How many revisions they have together. Any change of one of them gives another number. */
  readonly revisions: number;
}

/**
 * Finds the reference to erase by its slug.
 *
 * @throws {InvalidInputError} If the slug is malformed, or was merged into another one.
 * @throws {UnknownSlugError}
 */
export async function findFamily(tx: Transaction, kind: ReferenceKind, slug: string): Promise<Family> {
  const owner = OWNERS[kind];
  const table = raw(REFERENCE_KINDS[owner].table);
  const [found] = await read<{ id: string; survivor: string | null }>(
    tx,
    sql`
    SELECT it.id::text AS id, survivor.slug AS survivor FROM ${table} AS it
    LEFT JOIN merged_reference AS merged ON merged.id = it.id
    LEFT JOIN ${table} AS survivor ON survivor.id = merged.survivor_id WHERE it.slug = ${parseSlug(slug)}`,
  );
  if (!found) throw new UnknownSlugError(owner, slug);
  if (found.survivor !== null) {
    const message = `Expected a slug that was not merged; "${slug}" was merged into "${found.survivor}". Erase "${found.survivor}", which takes "${slug}" with it, or undo the merge first.`;
    throw InvalidInputError.at('slug', message);
  }
  return readFamily(tx, kind, found.id);
}

/** Reads a reference that is not merged, with those merged into it. */
export async function readFamily(tx: Transaction, kind: ReferenceKind, id: string): Promise<Family> {
  const owner = OWNERS[kind];
  const members = await read<Member>(
    tx,
    sql`
    SELECT it.id::text AS id, it.slug,
           (SELECT max(number) FROM reference_revision WHERE reference_id = it.id) AS revision
    FROM ${raw(REFERENCE_KINDS[owner].table)} AS it
    WHERE it.id = ${id}::uuid OR it.id IN (SELECT id FROM merged_reference WHERE survivor_id = ${id}::uuid)
    ORDER BY it.id`,
  );
  const slug = members.find((member) => member.id === id)?.slug ?? '';
  const revisions = members.reduce((sum, { revision }) => sum + revision, 0);
  return { kind, owner, id, slug, members, revisions };
}

/** Locks the rows of a family, and reads it after that. */
export async function lockFamily(tx: Transaction, kind: ReferenceKind, id: string): Promise<Family> {
  const { owner, members } = await readFamily(tx, kind, id);
  await tx.$queryRawUnsafe(
    `SELECT FROM ${REFERENCE_KINDS[owner].table} WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
    members.map((member) => member.id),
  );
  return readFamily(tx, kind, id);
}

/** The names that a family has and has had, its slugs, and the addresses of sources. */
export interface FamilyNames {
  readonly isPerson: boolean;
  readonly names: readonly string[];
  readonly slugs: readonly string[];
  readonly urls: readonly string[];
}

/** Reads the names of a family in all its revisions. */
export async function readNames(tx: Transaction, { kind, members }: Family): Promise<FamilyNames> {
  const revisions = await read<{ referenceId: string; snapshot: ReferenceContent }>(
    tx,
    sql`
    SELECT reference_id::text AS "referenceId", snapshot FROM reference_revision
    WHERE reference_id = ANY (${members.map(({ id }) => id)}::uuid[])`,
  );
  const contents = revisions
    .filter((revision) => !hasNoReferenceContent({ kind, ...revision }))
    .map(({ snapshot }) => snapshot);
  return {
    isPerson: contents.some((content) => 'kind' in content && content.kind === 'PERSON'),
    names: [...new Set(contents.flatMap(namesIn))],
    slugs: members.map(({ slug }) => slug),
    urls: [...new Set(contents.flatMap((content) => ('url' in content ? (content.url ?? []) : [])))],
  };
}

function namesIn(content: ReferenceContent): string[] {
  const own = 'title' in content ? content.title : content.name;
  const others = [
    ...('names' in content ? content.names : []),
    ...('aliases' in content ? content.aliases : []),
  ].map(({ name }) => name);
  const abbreviation = 'abbreviation' in content ? content.abbreviation : null;
  return [own, ...(abbreviation === null ? [] : [abbreviation]), ...others];
}
