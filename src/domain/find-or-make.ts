import type { z } from 'zod';
import type { Transaction } from '../database/open.js';
import type { ActorInput } from './actor.js';
import { dateColumns } from './fuzzy-date.js';
import { newId } from './id.js';
import { parseInput } from './input.js';
import { sourceInput } from './source.js';
import type { TopicInput } from './topic.js';
import { given } from './upsert.js';

/** Where a thing is, or the slugs of the several things that it could be. */
export type FoundOrMade =
  | { readonly slug: string; readonly made: boolean }
  | { readonly ambiguous: readonly string[] };

type Wanted = { readonly slug: string };

/**
 * Finds actors by kind and name, byte for byte, in any language; makes those that are not there.
 *
 * What is found is left as it is. Where a slug belongs to another, the new one gets an ending.
 *
 * @returns In the order of `wanted`. A few statements, however many are wanted.
 */
export async function findOrMakeActors(
  tx: Transaction,
  wanted: readonly ActorInput[],
): Promise<FoundOrMade[]> {
  if (wanted.length === 0) return [];
  const names = wanted.map(({ name }) => name);
  const rows = await tx.actor.findMany({
    where: { OR: [{ name: { in: names } }, { names: { some: { name: { in: names } } } }] },
    select: { slug: true, kind: true, name: true, names: { select: { name: true } } },
    orderBy: { slug: 'asc' },
  });
  const found = slugsByKey(
    rows.flatMap(({ slug, kind, name, names: others }) =>
      [name, ...others.map((other) => other.name)].map((known) => [`${kind}:${known}`, slug] as const),
    ),
  );
  return makeMissing(
    wanted,
    ({ kind, name }) => found.get(`${kind}:${name}`),
    (slugs) => tx.actor.findMany({ where: { slug: { in: slugs } }, select: { slug: true } }),
    async (missing) => {
      const made = missing.map((input) => ({ id: newId(), ...input }));
      await tx.actor.createMany({
        data: made.map(({ names: _, ...actor }) => given(actor)),
      });
      await tx.actorName.createMany({
        data: made.flatMap(({ id, names: others }) =>
          (others ?? []).map(({ name, language }) => ({ actorId: id, name, language: language ?? '' })),
        ),
        skipDuplicates: true,
      });
    },
  );
}

/** Finds topics by name, byte for byte, and makes those that are not there; as {@link findOrMakeActors}. */
export async function findOrMakeTopics(
  tx: Transaction,
  wanted: readonly TopicInput[],
): Promise<FoundOrMade[]> {
  if (wanted.length === 0) return [];
  const rows = await tx.topic.findMany({
    where: { name: { in: wanted.map(({ name }) => name) } },
    select: { slug: true, name: true },
    orderBy: { slug: 'asc' },
  });
  const found = slugsByKey(rows.map(({ slug, name }) => [name, slug] as const));
  return makeMissing(
    wanted,
    ({ name }) => found.get(name),
    (slugs) => tx.topic.findMany({ where: { slug: { in: slugs } }, select: { slug: true } }),
    (missing) => tx.topic.createMany({ data: missing.map(given) }),
  );
}

/**
 * Finds sources by address, or by title where none is wanted and none is known; makes those that
 * are not there, as {@link findOrMakeActors}. The slug says it where several have one address.
 */
export async function findOrMakeSources(
  tx: Transaction,
  wanted: readonly z.input<typeof sourceInput>[],
): Promise<FoundOrMade[]> {
  if (wanted.length === 0) return [];
  const urls = wanted.flatMap(({ url }) => url ?? []);
  const titles = wanted.flatMap(({ url, title }) => (url ? [] : title));
  const rows = await tx.source.findMany({
    where: { OR: [{ url: { in: urls } }, { url: null, title: { in: titles } }] },
    select: { slug: true, url: true, title: true },
    orderBy: { slug: 'asc' },
  });
  const found = slugsByKey(rows.map(({ slug, url, title }) => [url ?? `title:${title}`, slug] as const));
  return makeMissing(
    wanted,
    ({ url, title }) => found.get(url ?? `title:${title}`),
    (slugs) => tx.source.findMany({ where: { slug: { in: slugs } }, select: { slug: true } }),
    (missing) =>
      tx.source.createMany({
        data: missing.map((input) => {
          const { published, reliability, ...fields } = parseInput(sourceInput, input);
          return {
            ...given(fields),
            reliability: reliability ?? 'F',
            ...dateColumns('published', published ?? null),
          };
        }),
      }),
  );
}

function slugsByKey(pairs: readonly (readonly [key: string, slug: string])[]): Map<string, Set<string>> {
  const slugs = new Map<string, Set<string>>();
  for (const [key, slug] of pairs) slugs.set(key, (slugs.get(key) ?? new Set()).add(slug));
  return slugs;
}

async function makeMissing<T extends Wanted>(
  wanted: readonly T[],
  find: (thing: T) => ReadonlySet<string> | undefined,
  findSlugs: (slugs: string[]) => Promise<{ slug: string }[]>,
  make: (missing: readonly T[]) => Promise<unknown>,
): Promise<FoundOrMade[]> {
  const missing = wanted.filter((thing) => find(thing) === undefined);
  const free = await freeSlugs(
    missing.map(({ slug }) => slug),
    findSlugs,
  );
  const made = new Map(missing.map((thing, index) => [thing, { ...thing, slug: free[index] ?? thing.slug }]));
  if (made.size > 0) await make([...made.values()]);
  return wanted.map((thing) => {
    const [slug, ...others] = find(thing) ?? [];
    if (slug === undefined) return { slug: made.get(thing)?.slug ?? thing.slug, made: true };
    return others.length === 0 ? { slug, made: false } : { ambiguous: [slug, ...others] };
  });
}

/** The slugs, each with an ending that makes it free in the record and among the others, where it needs one. */
async function freeSlugs(
  wanted: readonly string[],
  findSlugs: (slugs: string[]) => Promise<{ slug: string }[]>,
): Promise<string[]> {
  const chosen: (string | undefined)[] = wanted.map(() => undefined);
  const taken = new Set<string>();
  for (let number = 1; chosen.includes(undefined); number += 1) {
    const candidates = wanted.map((slug) => numbered(slug, number));
    const open = candidates.filter((_, index) => chosen[index] === undefined);
    for (const { slug } of await findSlugs(open)) taken.add(slug);
    candidates.forEach((slug, index) => {
      if (chosen[index] !== undefined || taken.has(slug)) return;
      chosen[index] = slug;
      taken.add(slug);
    });
  }
  return chosen.map((slug, index) => slug ?? wanted[index] ?? '');
}

/** `name`, `name-2`, `name-3`, then random endings, so that a name shared by thousands costs no search. */
function numbered(slug: string, attempt: number): string {
  if (attempt === 1) return slug;
  return `${slug.slice(0, 110).replace(/-$/, '')}-${attempt <= 3 ? attempt : newId().slice(-8)}`;
}
