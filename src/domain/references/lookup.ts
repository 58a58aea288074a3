import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma, type ReferenceKind } from '../../generated/prisma/client.js';
import { InvalidInputError, type SlugOwner, UnknownSlugError } from '../errors.js';
import { SLUG, shown } from '../input.js';

const { raw, sql } = Prisma;

/** The types of objects that developments refer to by slug. */
export type ReferenceOwner = Exclude<SlugOwner, 'Development'>;

/** The kind of each type in revisions, the table of its objects, and the column of `development` with their ids. */
export const REFERENCE_KINDS = {
  Actor: { kind: 'ACTOR', table: 'actor', ids: 'actor_ids' },
  Source: { kind: 'SOURCE', table: 'source', ids: 'source_ids' },
  Treaty: { kind: 'TREATY', table: 'treaty', ids: 'treaty_ids' },
  WeaponSystem: { kind: 'WEAPON_SYSTEM', table: 'weapon_system', ids: 'weapon_system_ids' },
  Doctrine: { kind: 'DOCTRINE', table: 'doctrine', ids: 'doctrine_ids' },
  Topic: { kind: 'TOPIC', table: 'topic', ids: 'topic_ids' },
} as const satisfies Readonly<
  Record<ReferenceOwner, { readonly kind: ReferenceKind; readonly table: string; readonly ids: string }>
>;

type Slugs = Partial<Record<SlugOwner, Iterable<string>>>;

/** The ids of a set of slugs. */
export class References {
  readonly #ids: ReadonlyMap<string, string>;

  constructor(ids: ReadonlyMap<string, string>) {
    this.#ids = ids;
  }

  /** Returns undefined if the slug is not in the set. */
  find(owner: SlugOwner, slug: string): string | undefined {
    return this.#ids.get(`${owner}:${slug}`);
  }

  /** @throws {UnknownSlugError} If the slug is not in the set. */
  id(owner: SlugOwner, slug: string): string {
    const id = this.find(owner, slug);
    if (id === undefined) throw new UnknownSlugError(owner, slug);
    return id;
  }
}

/** Ids of slugs that were looked up before. */
export interface SlugIds {
  findId(owner: SlugOwner, slug: string): string | undefined;
  /** How often the ids were forgotten: ids that are being looked up meanwhile are not kept. */
  readonly generation: number;
  keepId(owner: SlugOwner, slug: string, id: string, generation: number): void;
}

/**
 * Looks up the ids of slugs, with one statement for each type of object.
 *
 * @param known Spares the statement for slugs that it has. Not in a transaction, which may create objects and be rolled back.
 * @throws {UnknownSlugError} For the first slug that is not in the record.
 */
export async function findReferences(tx: Transaction, slugs: Slugs, known?: SlugIds): Promise<References> {
  const refs = await findKnownReferences(tx, slugs, known);
  for (const [owner, wanted] of Object.entries(slugs) as [SlugOwner, Iterable<string>][]) {
    for (const slug of wanted) refs.id(owner, slug);
  }
  return refs;
}

/**
 * Looks up ids as {@link findReferences} does. Slugs that are not in the record are missing in the result.
 *
 * @param at The feed position at which merges count. Default: now.
 */
export async function findKnownReferences(
  tx: Transaction,
  slugs: Slugs,
  known?: SlugIds,
  at?: bigint,
): Promise<References> {
  const ids = new Map<string, string>();
  const generation = known?.generation ?? 0;
  for (const [owner, wanted] of Object.entries(slugs) as [SlugOwner, Iterable<string>][]) {
    // Developments can be renamed.
    const cache = owner === 'Development' || at !== undefined ? undefined : known;
    const distinct = [...new Set(wanted)];
    const asked = distinct.filter((slug) => {
      const id = cache?.findId(owner, slug);
      if (id !== undefined) ids.set(`${owner}:${slug}`, id);
      return id === undefined;
    });
    if (asked.length === 0) continue;
    for (const { id, slug } of await findSlugs(tx, owner, { slug: { in: asked } }, at)) {
      ids.set(`${owner}:${slug}`, id);
      cache?.keepId(owner, slug, id, generation);
    }
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
 * Checks the format of a slug, before it reaches the database.
 *
 * @throws {InvalidInputError} At `path`.
 */
export function parseSlug(value: string, path = 'slug'): string {
  if (value.length <= 120 && SLUG.test(value)) return value;
  throw InvalidInputError.at(path, `Expected a slug such as "inf-treaty-2019"; got ${shown(value)}.`);
}

/**
 * Finds objects by slug or by id, and returns both. Drafts are among the developments. A development is
 * found by every slug it has had and returned with the one asked for; by id, it is returned with its
 * current slug. By the slug of a merged reference, the id is that of the reference that stands for it.
 *
 * Hand-written SQL: filters run it before every list, and Prisma takes longer for it than for the list.
 */
export function findSlugs(
  tx: Transaction,
  owner: SlugOwner,
  where: { slug: { in: string[] } } | { id: { in: string[] } },
  at?: bigint,
): Promise<{ id: string; slug: string }[]> {
  const table = raw(owner === 'Development' ? 'development' : REFERENCE_KINDS[owner].table);
  const bySlug = owner === 'Development' ? PAST_SLUGS : survivors(table, at);
  const statement =
    'slug' in where
      ? sql`SELECT id::text AS id, slug FROM ${bySlug} AS it WHERE slug = ANY (${where.slug.in}::text[])`
      : sql`SELECT id::text AS id, slug FROM ${table} AS it WHERE id = ANY (${where.id.in}::uuid[])`;
  return read(tx, statement, { prepared: true });
}

/**
 * Returns the references that stand for merged ones, by the ids of those.
 *
 * @param at The feed position at which merges count. Undefined: now.
 */
export async function findSurvivors(
  tx: Transaction,
  ids: readonly string[],
  at: bigint | undefined,
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...ids];
  const statement =
    at === undefined
      ? sql`SELECT id, survivor_id FROM merged_reference WHERE id = ANY (${wanted}::uuid[])`
      : sql`SELECT id, survivor_at(id, ${at}) AS survivor_id FROM unnest(${wanted}::uuid[]) AS wanted (id)`;
  const rows = await read<{ id: string; survivorId: string }>(
    tx,
    sql`SELECT id::text AS id, survivor_id::text AS "survivorId" FROM (${statement}) AS it WHERE survivor_id <> id`,
  );
  return new Map(rows.map(({ id, survivorId }) => [id, survivorId]));
}

/** Slugs with the ids of those that stand for them, now or at a position. Treaties are never merged. */
function survivors(table: Prisma.Sql, at: bigint | undefined): Prisma.Sql {
  return at === undefined
    ? sql`(SELECT coalesce(merged.survivor_id, it.id) AS id, it.slug FROM ${table} AS it
           LEFT JOIN merged_reference AS merged ON merged.id = it.id)`
    : sql`(SELECT survivor_at(it.id, ${at}) AS id, it.slug FROM ${table} AS it)`;
}

/** Slugs of developments, including those they had before they were renamed. */
const PAST_SLUGS = raw('(SELECT development_id AS id, slug FROM development_slug)');
