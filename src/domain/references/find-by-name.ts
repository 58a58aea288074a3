import type { z } from 'zod';
import type { Transaction } from '../../database/open.js';
import type { SourceGrade } from '../development/evidence/confidence.js';
import type { ActorInput } from './actor.js';
import type { sourceInput } from './source.js';
import type { TopicInput } from './topic.js';

/** A reference that can be found without its slug, with the input to create it from. */
export type NamedReference =
  | { readonly owner: 'Actor'; readonly input: ActorInput }
  | { readonly owner: 'Topic'; readonly input: TopicInput }
  | { readonly owner: 'Source'; readonly input: z.input<typeof sourceInput> };

/** A reference of the record, or one that is about to be created. */
export interface KnownReference {
  readonly id: string;
  readonly slug: string;
  /** Sources only. */
  readonly grade?: SourceGrade;
}

/** The reference that has a name, or the slugs of the several that have it. */
export type NameMatch = KnownReference | { readonly ambiguous: readonly string[] };

/**
 * Returns the key that identifies a reference: an actor's kind and name, a topic's name, a source's URL, or its title
 * if it has no URL. Texts are compared byte for byte.
 */
export function nameKey({ owner, input }: NamedReference): string {
  switch (owner) {
    case 'Actor':
      return JSON.stringify([owner, input.kind, input.name]);
    case 'Topic':
      return JSON.stringify([owner, input.name]);
    case 'Source':
      return JSON.stringify(input.url == null ? [owner, null, input.title] : [owner, input.url]);
  }
}

/**
 * Finds references in the record: actors by kind and name in any language, topics by name, sources by URL, or by title
 * among those without a URL. One statement for each kind of reference.
 *
 * @returns Matches by {@link nameKey}, without the names that the record does not have.
 */
export async function findByName(
  db: Transaction,
  references: readonly NamedReference[],
): Promise<Map<string, NameMatch>> {
  const matches = new Map<string, Map<string, KnownReference>>();
  const add: Add = (key, known) => {
    const text = JSON.stringify(key);
    matches.set(text, (matches.get(text) ?? new Map()).set(known.id, known));
  };
  await findActors(db, references, add);
  await findTopics(db, references, add);
  await findSources(db, references, add);
  return new Map(
    [...matches].map(([key, several]): [string, NameMatch] => {
      const [only, ...others] = several.values();
      const isOne = only !== undefined && others.length === 0;
      return [key, isOne ? only : { ambiguous: [...several.values()].map(({ slug }) => slug) }];
    }),
  );
}

type Add = (key: readonly unknown[], known: KnownReference) => void;

async function findActors(db: Transaction, references: readonly NamedReference[], add: Add): Promise<void> {
  const names = references.flatMap(({ owner, input }) => (owner === 'Actor' ? input.name : []));
  if (names.length === 0) return;
  const rows = await db.actor.findMany({
    where: { OR: [{ name: { in: names } }, { names: { some: { name: { in: names } } } }] },
    select: { id: true, slug: true, kind: true, name: true, names: { select: { name: true } } },
    orderBy: { slug: 'asc' },
  });
  for (const { id, slug, kind, name, names: others } of rows) {
    for (const known of [name, ...others.map((other) => other.name)])
      add(['Actor', kind, known], { id, slug });
  }
}

async function findTopics(db: Transaction, references: readonly NamedReference[], add: Add): Promise<void> {
  const names = references.flatMap(({ owner, input }) => (owner === 'Topic' ? input.name : []));
  if (names.length === 0) return;
  const rows = await db.topic.findMany({
    where: { name: { in: names } },
    select: { id: true, slug: true, name: true },
    orderBy: { slug: 'asc' },
  });
  for (const { name, ...known } of rows) add(['Topic', name], known);
}

async function findSources(db: Transaction, references: readonly NamedReference[], add: Add): Promise<void> {
  const sources = references.flatMap(({ owner, input }) => (owner === 'Source' ? input : []));
  if (sources.length === 0) return;
  const urls = sources.flatMap(({ url }) => url ?? []);
  const titles = sources.flatMap(({ url, title }) => (url == null ? title : []));
  const rows = await db.source.findMany({
    where: { OR: [{ url: { in: urls } }, { url: null, title: { in: titles } }] },
    select: { id: true, slug: true, url: true, title: true, reliability: true, publisher: true },
    orderBy: { slug: 'asc' },
  });
  for (const { id, slug, url, title, ...grade } of rows) {
    add(url === null ? ['Source', null, title] : ['Source', url], { id, slug, grade });
  }
}
