import { LRUCache } from 'lru-cache';
import type { z } from 'zod';
import { insertMany, type SqlTransaction } from '../../database/bulk-write.js';
import type { Transaction } from '../../database/open.js';
import { dateColumns } from '../dates/fuzzy-date.js';
import type { SourceGrade } from '../development/confidence.js';
import { newId } from '../id.js';
import { parseInput } from '../input.js';
import type { ActorInput } from './actor.js';
import { findSlugs } from './lookup.js';
import { sourceInput } from './source.js';
import type { TopicInput } from './topic.js';

/** The things that can be found by other than their slug, and made where they are not there. */
export type Findable =
  | { readonly owner: 'Actor'; readonly input: ActorInput }
  | { readonly owner: 'Topic'; readonly input: TopicInput }
  | { readonly owner: 'Source'; readonly input: z.input<typeof sourceInput> };

type Owner = Findable['owner'];

/** A thing that the record has, or is to get. */
export interface Place {
  readonly id: string;
  readonly slug: string;
  /** Sources only. */
  readonly grade?: SourceGrade;
}

/** Where a thing is, or the slugs of the several things that it could be. */
export type Found = Place | { readonly ambiguous: readonly string[] };

/**
 * What tells things apart: an actor's kind and name, a topic's name, a source's address, or its title where it
 * has no address; all byte for byte.
 */
export function keyOf({ owner, input }: Findable): string {
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
 * Finds things in the record: actors by kind and name in any language, topics by name, sources by address, or
 * by title among those without one.
 *
 * @returns By {@link keyOf}; what is not there is left out. A statement for each kind of thing.
 */
export async function findThings(db: Transaction, wanted: readonly Findable[]): Promise<Map<string, Found>> {
  const places = new Map<string, Map<string, Place>>();
  const note = (key: readonly unknown[], place: Place) => {
    const text = JSON.stringify(key);
    places.set(text, (places.get(text) ?? new Map()).set(place.id, place));
  };
  await noteActors(db, wanted, note);
  await noteTopics(db, wanted, note);
  await noteSources(db, wanted, note);
  return new Map(
    [...places].map(([key, several]): [string, Found] => {
      const [only, ...others] = several.values();
      const isOne = only !== undefined && others.length === 0;
      return [key, isOne ? only : { ambiguous: [...several.values()].map(({ slug }) => slug) }];
    }),
  );
}

type Note = (key: readonly unknown[], place: Place) => void;

async function noteActors(db: Transaction, wanted: readonly Findable[], note: Note): Promise<void> {
  const names = wanted.flatMap(({ owner, input }) => (owner === 'Actor' ? input.name : []));
  if (names.length === 0) return;
  const rows = await db.actor.findMany({
    where: { OR: [{ name: { in: names } }, { names: { some: { name: { in: names } } } }] },
    select: { id: true, slug: true, kind: true, name: true, names: { select: { name: true } } },
    orderBy: { slug: 'asc' },
  });
  for (const { id, slug, kind, name, names: others } of rows) {
    for (const known of [name, ...others.map((other) => other.name)])
      note(['Actor', kind, known], { id, slug });
  }
}

async function noteTopics(db: Transaction, wanted: readonly Findable[], note: Note): Promise<void> {
  const names = wanted.flatMap(({ owner, input }) => (owner === 'Topic' ? input.name : []));
  if (names.length === 0) return;
  const rows = await db.topic.findMany({
    where: { name: { in: names } },
    select: { id: true, slug: true, name: true },
    orderBy: { slug: 'asc' },
  });
  for (const { name, ...place } of rows) note(['Topic', name], place);
}

async function noteSources(db: Transaction, wanted: readonly Findable[], note: Note): Promise<void> {
  const sources = wanted.flatMap(({ owner, input }) => (owner === 'Source' ? input : []));
  if (sources.length === 0) return;
  const urls = sources.flatMap(({ url }) => url ?? []);
  const titles = sources.flatMap(({ url, title }) => (url == null ? title : []));
  const rows = await db.source.findMany({
    where: { OR: [{ url: { in: urls } }, { url: null, title: { in: titles } }] },
    select: { id: true, slug: true, url: true, title: true, reliability: true, publisher: true },
    orderBy: { slug: 'asc' },
  });
  for (const { id, slug, url, title, ...grade } of rows) {
    note(url === null ? ['Source', null, title] : ['Source', url], { id, slug, grade });
  }
}

/** Things that the record is to get, with the ids and slugs that they will have. */
export type Planned = Findable & { readonly place: Place };

/** How many slugs that were given out are remembered: more than any two blocks of an import make. */
const MOST_GIVEN_OUT = 100_000;

/** Gives new things their ids and slugs, before they are written: each slug is free, and given out once. */
export class Planner {
  // Other blocks may be on their way to the database, which does not know their slugs yet.
  readonly #givenOut = new LRUCache<string, true>({ max: MOST_GIVEN_OUT });

  /** A slug that is taken gets an ending. A statement or two for each kind of thing. */
  async plan(db: Transaction, things: readonly Findable[]): Promise<Planned[]> {
    const planned: Planned[] = [];
    for (const owner of ['Actor', 'Topic', 'Source'] as const) {
      const some = things.filter((thing) => thing.owner === owner);
      const slugs = await this.#freeSlugs(
        db,
        owner,
        some.map(({ input }) => input.slug),
      );
      some.forEach((thing, index) => {
        const place = { id: newId(), slug: slugs[index] ?? thing.input.slug, ...gradeOf(thing) };
        planned.push({ ...thing, place });
      });
    }
    return planned;
  }

  async #freeSlugs(db: Transaction, owner: Owner, wanted: readonly string[]): Promise<string[]> {
    const chosen: (string | undefined)[] = wanted.map(() => undefined);
    for (let number = 1; chosen.includes(undefined); number += 1) {
      const candidates = wanted.map((slug) => numbered(slug, number));
      const open = candidates.filter((_, index) => chosen[index] === undefined);
      const taken = new Set((await findSlugs(db, owner, { slug: { in: open } })).map(({ slug }) => slug));
      candidates.forEach((slug, index) => {
        if (chosen[index] !== undefined || taken.has(slug) || this.#givenOut.has(`${owner}:${slug}`)) return;
        chosen[index] = slug;
        this.#givenOut.set(`${owner}:${slug}`, true);
      });
    }
    return chosen.map((slug, index) => slug ?? wanted[index] ?? '');
  }
}

/** `name`, `name-2`, `name-3`, then random endings, so that a name shared by thousands costs no search. */
function numbered(slug: string, attempt: number): string {
  if (attempt === 1) return slug;
  return `${slug.slice(0, 110).replace(/-$/, '')}-${attempt <= 3 ? attempt : newId().slice(-8)}`;
}

/** What a source is worth, once it is made as wanted. */
export function gradeOf({ owner, input }: Findable): { grade: SourceGrade } | undefined {
  if (owner !== 'Source') return undefined;
  return { grade: { reliability: input.reliability ?? 'F', publisher: input.publisher ?? null } };
}

/** Writes planned things. A statement a table. */
export async function insertPlanned(tx: SqlTransaction, planned: readonly Planned[]): Promise<void> {
  const actors = planned.flatMap((thing) => (thing.owner === 'Actor' ? thing : []));
  const topics = planned.flatMap((thing) => (thing.owner === 'Topic' ? thing : []));
  const sources = planned.flatMap((thing) => (thing.owner === 'Source' ? thing : []));
  await insertMany(
    tx,
    'actor',
    actors.map(({ input: { names: _, ...actor }, place: { id, slug } }) => ({
      description: null,
      countryCode: null,
      countryCode3: null,
      wikidataId: null,
      ...actor,
      id,
      slug,
    })),
  );
  await insertMany(
    tx,
    'actor_name',
    actors.flatMap(({ input: { names }, place: { id } }) =>
      (names ?? []).map(({ name, language }) => ({ actorId: id, name, language: language ?? '' })),
    ),
    'keep',
  );
  await insertMany(
    tx,
    'topic',
    topics.map(({ input, place: { id, slug } }) => ({ description: null, ...input, id, slug })),
  );
  await insertMany(tx, 'source', sources.map(sourceRow));
}

function sourceRow({ input, place: { id, slug } }: Extract<Planned, { owner: 'Source' }>) {
  const { published, reliability, title, publisher, url, language } = parseInput(sourceInput, input);
  return {
    id,
    slug,
    title,
    publisher: publisher ?? null,
    url: url ?? null,
    language: language ?? null,
    reliability: reliability ?? 'F',
    ...dateColumns('published', published ?? null),
  };
}
