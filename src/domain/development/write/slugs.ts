import { v7 as newId } from 'uuid';
import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { Prisma } from '../../../generated/prisma/client.js';
import { makeSlug } from '../../slugify.js';
import { SlugTakenError } from '../errors.js';

/** Returns the slugs that a development has or had. They are never reused. */
export async function takenSlugs(tx: Transaction, slugs: readonly string[]): Promise<string[]> {
  return (await findOwners(tx, slugs)).map(({ slug }) => slug);
}

/**
 * Refuses a slug that another development has or had. A development can reuse its own earlier slugs.
 *
 * @throws {SlugTakenError}
 */
export async function refuseTakenSlug(tx: Transaction, slug: string, developmentId: string): Promise<void> {
  const owners = await findOwners(tx, [slug]);
  if (owners.some((owner) => owner.developmentId !== developmentId)) {
    throw new SlugTakenError(slug, 'newSlug');
  }
}

/** Returns the slugs of developments that an editor has retracted, and that no data set gives any more. */
export async function slugsLeftBy(
  tx: Transaction,
  editor: string,
  slugs: readonly string[],
): Promise<string[]> {
  const rows = await read<{ slug: string }>(
    tx,
    Prisma.sql`
      SELECT development.slug FROM development
      JOIN revision ON revision.development_id = development.id AND revision.number = development.revision
      WHERE development.slug = ANY (${[...slugs]}::text[]) AND development.status = 'RETRACTED'
        AND revision.editor = ${editor} AND revision.snapshot->'externalIds' = '[]'`,
  );
  return rows.map(({ slug }) => slug);
}

/** Returns the ids of the developments that have or had slugs, by slug. */
export async function ownersOf(tx: Transaction, slugs: readonly string[]): Promise<Map<string, string>> {
  if (slugs.length === 0) return new Map();
  const owners = await findOwners(tx, slugs);
  return new Map(owners.map(({ slug, developmentId }) => [slug, developmentId]));
}

function findOwners(
  tx: Transaction,
  slugs: readonly string[],
): Promise<{ slug: string; developmentId: string }[]> {
  return read(
    tx,
    Prisma.sql`
      SELECT slug, development_id::text AS "developmentId" FROM development_slug
      WHERE slug = ANY (${[...slugs]}::text[])`,
    { prepared: true },
  );
}

/**
 * Returns a slug for each item: its own, or one generated from the headline. Each is free and unique.
 *
 * @param isGivenOut Whether a slug is reserved although it is not in the record yet.
 * @throws {SlugTakenError} For an item's own slug.
 */
export async function chooseSlugs(
  tx: Transaction,
  items: readonly Sluggable[],
  isGivenOut: (slug: string) => boolean = () => false,
): Promise<string[]> {
  if (items.length === 0) return [];
  const wanted = items.map(wantedSlug);
  const taken = new Set([...(await takenSlugs(tx, wanted)), ...wanted.filter(isGivenOut)]);
  return items.map((item, index) => {
    const slug = wanted[index] ?? '';
    if (item.slug && taken.has(slug)) throw new SlugTakenError(slug, 'slug');
    const free = taken.has(slug) ? `${slug}-${newId().slice(-8)}` : slug;
    taken.add(free);
    return free;
  });
}

/** Returns the given slug, or one generated from the headline. */
export const wantedSlug = ({ slug, headline }: Sluggable): string =>
  slug ?? makeSlug(headline, 'development').slug;

/**
 * Returns the given or generated slug. A generated one gets a random suffix if it is taken.
 *
 * @throws {SlugTakenError} If the given slug is taken.
 */
export function chooseSlug(item: Sluggable, taken: ReadonlySet<string>): string {
  const slug = wantedSlug(item);
  if (!taken.has(slug)) return slug;
  if (item.slug) throw new SlugTakenError(slug, 'slug');
  return `${slug}-${newId().slice(-8)}`;
}

/** The fields that determine a development's slug. */
export interface Sluggable {
  readonly slug?: string | null | undefined;
  readonly headline: string;
}
