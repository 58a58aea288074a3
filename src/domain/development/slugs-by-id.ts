import type { Transaction } from '../../database/open.js';
import type { SlugOwner } from '../../errors.js';
import { type Viewer, visibleTo } from '../access.js';
import { findSlugs } from '../references.js';
import type { SlugsById } from './decompose.js';

/**
 * Looks up the slugs that `decompose` asks for, one statement for each kind of thing asked for, and
 * decomposes with them. A development that the viewer must not see is not named.
 *
 * @param decompose Pure: it is called once to learn what it asks for, and again with the answers.
 */
export async function withSlugs<T>(
  db: Transaction,
  viewer: Viewer,
  decompose: (slugs: SlugsById) => T,
): Promise<T> {
  const wanted = new Map<SlugOwner, Set<string>>();
  const ask = (owner: SlugOwner, id: string) => {
    wanted.set(owner, (wanted.get(owner) ?? new Set()).add(id));
    return '';
  };
  decompose({ find: ask, get: ask });
  const slugs = new Map<string, string>();
  for (const [owner, ids] of wanted) {
    for (const { id, slug } of await findVisible(db, owner, [...ids], viewer))
      slugs.set(`${owner}:${id}`, slug);
  }
  const find = (owner: SlugOwner, id: string) => slugs.get(`${owner}:${id}`);
  return decompose({
    find,
    get: (owner, id) => {
      const slug = find(owner, id);
      if (slug === undefined) throw new Error(`The record has no ${owner} with the id ${id}.`);
      return slug;
    },
  });
}

function findVisible(
  db: Transaction,
  owner: SlugOwner,
  ids: string[],
  viewer: Viewer,
): Promise<{ id: string; slug: string }[]> {
  const where = { id: { in: ids } };
  if (owner !== 'Development') return findSlugs(db, owner, where);
  return db.development.findMany({
    where: { ...where, ...visibleTo(viewer) },
    select: { id: true, slug: true },
  });
}
