import type { Transaction } from '../database/open.js';
import { InvalidInputError, type SlugOwner, UnknownSlugError } from '../errors.js';
import { SLUG, shown } from './input.js';

/** The things that developments refer to by slug. */
export type ReferenceOwner = Exclude<SlugOwner, 'Development'>;

type Slugs = Partial<Record<SlugOwner, Iterable<string>>>;

/** Ids by slug, for all slugs that were asked for: none is missing. */
export class References {
  readonly #ids: ReadonlyMap<string, string>;

  constructor(ids: ReadonlyMap<string, string>) {
    this.#ids = ids;
  }

  /** @throws {UnknownSlugError} When the slug was not among those asked for. */
  id(owner: SlugOwner, slug: string): string {
    const id = this.#ids.get(`${owner}:${slug}`);
    if (id === undefined) throw new UnknownSlugError(owner, slug);
    return id;
  }
}

/**
 * Looks up the ids of slugs, one statement for each kind of thing that is asked for.
 *
 * @throws {UnknownSlugError} For the first slug that is not in the record.
 */
export async function findReferences(tx: Transaction, slugs: Slugs): Promise<References> {
  const ids = new Map<string, string>();
  for (const [owner, wanted] of Object.entries(slugs) as [SlugOwner, Iterable<string>][]) {
    const distinct = [...new Set(wanted)];
    if (distinct.length === 0) continue;
    for (const { id, slug } of await findSlugs(tx, owner, { slug: { in: distinct } }))
      ids.set(`${owner}:${slug}`, id);
    const missing = distinct.find((slug) => !ids.has(`${owner}:${slug}`));
    if (missing !== undefined) throw new UnknownSlugError(owner, missing);
  }
  return new References(ids);
}

/**
 * A slug that a caller gave, checked for its form before it goes near the database.
 *
 * @throws {InvalidInputError} At `path`.
 */
export function parseSlug(value: string, path = 'slug'): string {
  if (value.length <= 120 && SLUG.test(value)) return value;
  throw InvalidInputError.at(path, `Expected a slug such as "inf-treaty-2019"; got ${shown(value)}.`);
}

/**
 * The ids and slugs of what is asked for by either; drafts are among the developments. A development is
 * found by each slug that it ever had, and told with the one that was asked for; by its id with the one it has.
 */
export function findSlugs(
  tx: Transaction,
  owner: SlugOwner,
  where: { slug: { in: string[] } } | { id: { in: string[] } },
): Promise<{ id: string; slug: string }[]> {
  const query = { where, select: { id: true, slug: true } };
  switch (owner) {
    case 'Development':
      return 'slug' in where ? findEverySlug(tx, where) : tx.development.findMany(query);
    case 'Actor':
      return tx.actor.findMany(query);
    case 'Source':
      return tx.source.findMany(query);
    case 'Treaty':
      return tx.treaty.findMany(query);
    case 'WeaponSystem':
      return tx.weaponSystem.findMany(query);
    case 'Doctrine':
      return tx.doctrine.findMany(query);
    case 'Topic':
      return tx.topic.findMany(query);
  }
}

async function findEverySlug(
  tx: Transaction,
  where: { slug: { in: string[] } },
): Promise<{ id: string; slug: string }[]> {
  const rows = await tx.developmentSlug.findMany({ where, select: { slug: true, developmentId: true } });
  return rows.map(({ slug, developmentId }) => ({ id: developmentId, slug }));
}
