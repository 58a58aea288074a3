import slugify from '@sindresorhus/slugify';
import { v7 as newId } from 'uuid';
import type { Transaction } from '../../../database/open.js';
import { SlugTakenError } from '../../errors.js';

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

function findOwners(
  tx: Transaction,
  slugs: readonly string[],
): Promise<{ slug: string; developmentId: string }[]> {
  return tx.developmentSlug.findMany({
    where: { slug: { in: [...slugs] } },
    select: { slug: true, developmentId: true },
  });
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
export const wantedSlug = ({ slug, headline }: Sluggable): string => slug ?? slugFrom(headline);

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

/** Generates a slug of whole words, at most 80 characters; `development` if the headline has no letters. */
function slugFrom(headline: string): string {
  const slug = slugify(headline);
  const cut = slug.length <= 80 ? slug : slug.slice(0, slug.lastIndexOf('-', 80));
  return cut === '' ? 'development' : cut.slice(0, 80);
}
