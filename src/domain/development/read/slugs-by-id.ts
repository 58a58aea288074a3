import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { Prisma } from '../../../generated/prisma/client.js';
import { canEdit, type Viewer } from '../../access.js';
import type { SlugOwner } from '../../errors.js';
import { findSlugs } from '../../references/lookup.js';
import type { SlugsById } from '../content/decompose.js';
import type { At } from './view.js';

/**
 * Looks up the slugs that `decompose` needs, with one statement for each type of object, and calls it with
 * them.
 *
 * Readers do not get the slug of a development that was a draft at the position, even if it was published
 * since: descriptions of past changes never change.
 *
 * @param decompose Pure: it is called twice, first to collect ids, then with the slugs.
 */
export async function withSlugs<T>(
  db: Transaction,
  viewer: Viewer,
  decompose: (slugsAt: (at: At) => SlugsById) => T,
): Promise<T> {
  const wanted = new Map<SlugOwner, Set<string>>();
  const ask = (owner: SlugOwner, id: string) => {
    wanted.set(owner, (wanted.get(owner) ?? new Set()).add(id));
    return '';
  };
  decompose(() => ({ find: ask, get: ask }));
  const known = new Map<string, Named>();
  for (const [owner, ids] of wanted) {
    for (const named of await findNamed(db, owner, [...ids])) known.set(`${owner}:${named.id}`, named);
  }
  const find = (at: At) => (owner: SlugOwner, id: string) => {
    const named = known.get(`${owner}:${id}`);
    return named && (canEdit(viewer) || wasPublished(named, at)) ? named.slug : undefined;
  };
  return decompose((at) => ({
    find: find(at),
    get: (owner, id) => {
      const slug = find(at)(owner, id);
      if (slug === undefined) throw new Error(`The record has no ${owner} with the id ${id}.`);
      return slug;
    },
  }));
}

/** A referenced object, and the position since which it is public; null if it is not. */
interface Named {
  readonly id: string;
  readonly slug: string;
  readonly publicSince: bigint | null;
}

const wasPublished = ({ publicSince }: Named, at: At) =>
  publicSince !== null && (at === undefined || publicSince <= at);

async function findNamed(db: Transaction, owner: SlugOwner, ids: string[]): Promise<Named[]> {
  if (owner !== 'Development') {
    const rows = await findSlugs(db, owner, { id: { in: ids } });
    return rows.map((row) => ({ ...row, publicSince: 0n }));
  }
  return read<Named>(
    db,
    Prisma.sql`
    SELECT id::text AS id, slug, (
      SELECT min(position) FROM development_version WHERE development_version.id = development.id
    ) AS "publicSince"
    FROM development WHERE id = ANY (${ids}::uuid[])`,
    { prepared: true },
  );
}
