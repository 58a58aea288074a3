import { prepared } from '../../database/fast-reads.js';
import type { Transaction } from '../../database/open.js';
import { InvalidInputError, type SlugOwner, UnknownSlugError } from '../../errors.js';
import { Prisma } from '../../generated/prisma/client.js';
import { SLUG, shown } from '../input.js';
import { noting } from '../reads.js';

const { raw, sql } = Prisma;

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

/** @throws {UnknownSlugError} For the first slug that has no id. */
export function refuseMissing(
  named: Readonly<Record<ReferenceOwner, readonly string[]>>,
  ids: ReadonlyMap<string, string>,
): void {
  for (const [owner, slugs] of Object.entries(named) as [ReferenceOwner, readonly string[]][]) {
    const missing = slugs.find((slug) => !ids.has(`${owner}:${slug}`));
    if (missing !== undefined) throw new UnknownSlugError(owner, missing);
  }
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

/** Where slugs stand with ids, and ids with their newest slug. */
const TABLES: Readonly<Record<SlugOwner, { readonly bySlug: Prisma.Sql; readonly byId: Prisma.Sql }>> = {
  Development: {
    bySlug: raw('(SELECT development_id AS id, slug FROM development_slug)'),
    byId: raw('development'),
  },
  ...{ Actor: both('actor'), Source: both('source'), Treaty: both('treaty'), Topic: both('topic') },
  ...{ WeaponSystem: both('weapon_system'), Doctrine: both('doctrine') },
};

function both(table: string) {
  return { bySlug: raw(table), byId: raw(table) };
}

/**
 * The ids and slugs of what is asked for by either; drafts are among the developments. A development is
 * found by each slug that it ever had, and told with the one that was asked for; by its id with the one it has.
 *
 * SQL of our own, because filters ask for it before each list: Prisma takes longer for it than for the list.
 */
export function findSlugs(
  tx: Transaction,
  owner: SlugOwner,
  where: { slug: { in: string[] } } | { id: { in: string[] } },
): Promise<{ id: string; slug: string }[]> {
  const { bySlug, byId } = TABLES[owner];
  const statement =
    'slug' in where
      ? sql`SELECT id::text AS id, slug FROM ${bySlug} AS it WHERE slug = ANY (${where.slug.in}::text[])`
      : sql`SELECT id::text AS id, slug FROM ${byId} AS it WHERE id = ANY (${where.id.in}::uuid[])`;
  const db = owner === 'Development' ? tx : noting(tx, (reads) => reads.references());
  return db.$queryRaw(prepared(statement));
}
