import type { z } from 'zod';
import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { Prisma } from '../../../generated/prisma/client.js';
import type { SourceGrade } from '../../development/evidence/confidence.js';
import type { ActorInput } from '../actor.js';
import type { sourceInput } from '../source.js';
import type { TopicInput } from '../topic.js';
import { codeKey, nameKey, titleKey, topicKey, wikidataKey } from './keys.js';

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
  /** Actors only: the usual name and all others, as they are written. */
  readonly names?: readonly string[];
}

/** The reference that has a name, or the slugs of the several that have it. */
export type NameMatch = KnownReference | { readonly ambiguous: readonly string[] };

/**
 * Returns the keys by which a reference is sought, the most telling first: an actor's Wikidata item, its ISO code, its
 * kind and name; a topic's name; a source's URL, or its title if it has no URL. Names are compared folded; see `foldName`.
 */
export function soughtBy({ owner, input }: NamedReference): readonly [string, ...string[]] {
  switch (owner) {
    case 'Actor': {
      const { kind, name, wikidataId, countryCode, countryCode3 } = input;
      const written = name.trim();
      const isState = kind === 'STATE';
      const codes = [
        countryCode3,
        isState ? countryCode : null,
        isState && /^[A-Z]{2,3}$/.test(written) ? written : null,
      ];
      const item = wikidataId ?? (/^Q[1-9]\d+$/.test(written) ? written : null);
      const keys = [
        ...(item == null ? [] : [wikidataKey(item)]),
        ...codes.flatMap((code) => (code == null ? [] : codeKey(code))),
      ];
      const [first, ...others] = [...keys, nameKey(kind, name)];
      return [first ?? '', ...others];
    }
    case 'Topic':
      return [topicKey(input.name)];
    case 'Source':
      return [input.url == null ? titleKey(input.title) : urlKey(input.url)];
  }
}

const urlKey = (url: string) => `url ${url}`;

/** Returns the text that is equal for references that are the same, whatever differs in the spelling of their names. */
export const identityOf = (reference: NamedReference): string => soughtBy(reference).join('\n');

/**
 * Finds references in the record by the keys of {@link soughtBy}. A merged one is found as the one that stands for it. An actor that is found by its name only, and has another
 * Wikidata item or ISO code, is another one. One statement for each kind of reference.
 *
 * @returns Matches by {@link identityOf}, without the references that the record does not have.
 */
export async function findByName(
  db: Transaction,
  references: readonly NamedReference[],
): Promise<Map<string, NameMatch>> {
  const keys = references.flatMap((reference) => soughtBy(reference));
  const found = new Map<string, Found[]>();
  for (const one of [...(await findKeyed(db, keys)), ...(await findSources(db, keys))]) {
    found.set(one.key, [...(found.get(one.key) ?? []), one]);
  }
  return new Map(
    references.flatMap((reference): [string, NameMatch][] => {
      const match = soughtBy(reference)
        .map((key) => (found.get(key) ?? []).filter((one) => canBe(reference, one)))
        .find((some) => some.length > 0);
      return match ? [[identityOf(reference), matchOf(match)]] : [];
    }),
  );
}

interface Ids {
  readonly wikidataId?: string | null | undefined;
  readonly countryCode3?: string | null | undefined;
}

/** A reference of the record with one of its keys. */
interface Found extends Ids {
  readonly key: string;
  readonly known: KnownReference;
}

function matchOf(found: readonly Found[]): NameMatch {
  const several = new Map(found.map(({ known }) => [known.id, known]));
  const [only, ...others] = several.values();
  if (only && others.length === 0) return only;
  return { ambiguous: [...several.values()].map(({ slug }) => slug).toSorted() };
}

/** Returns false for an actor that has another Wikidata item or ISO code. */
export function canBe({ owner, input }: NamedReference, { wikidataId, countryCode3 }: Ids): boolean {
  if (owner !== 'Actor') return true;
  const differs = (one: string | null | undefined, other: string | null | undefined) =>
    one != null && other != null && one !== other;
  return !differs(input.wikidataId, wikidataId) && !differs(input.countryCode3, countryCode3);
}

async function findKeyed(db: Transaction, keys: readonly string[]): Promise<Found[]> {
  const stored = keys.filter((key) => !key.startsWith('url '));
  if (stored.length === 0) return [];
  const rows = await read<{ key: string; referenceId: string }>(
    db,
    Prisma.sql`
    SELECT DISTINCT it.key, coalesce(merged.survivor_id, it.reference_id)::text AS "referenceId"
    FROM reference_key AS it LEFT JOIN merged_reference AS merged ON merged.id = it.reference_id
    WHERE it.key = ANY (${stored}::text[])`,
  );
  const ids = { id: { in: [...new Set(rows.map(({ referenceId }) => referenceId))] } };
  const of = (owner: string) => rows.some(({ key }) => key.startsWith(owner));
  const actors = of('actor ')
    ? await db.actor.findMany({ where: ids, include: { names: { select: { name: true } } } })
    : [];
  const merged = await namesOfMerged(
    db,
    actors.map(({ id }) => id),
  );
  const topics = of('topic ') ? await db.topic.findMany({ where: ids }) : [];
  const sources = of('source ') ? await db.source.findMany({ where: ids, select: SOURCE }) : [];
  const known = new Map<string, Omit<Found, 'key'>>([
    ...actors.map(({ id, slug, name, names, wikidataId, countryCode3 }): [string, Omit<Found, 'key'>] => [
      id,
      {
        known: { id, slug, names: [name, ...names.map((one) => one.name), ...(merged.get(id) ?? [])] },
        wikidataId,
        countryCode3,
      },
    ]),
    ...topics.map(({ id, slug }): [string, Omit<Found, 'key'>] => [id, { known: { id, slug } }]),
    ...sources.map((source): [string, Omit<Found, 'key'>] => [source.id, { known: knownSource(source) }]),
  ]);
  return rows.flatMap(({ key, referenceId }) => {
    const one = known.get(referenceId);
    return one ? [{ key, ...one }] : [];
  });
}

/** Returns the names of actors that were merged into others, by the ids of those. They are no new spellings. */
async function namesOfMerged(
  db: Transaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string[]>> {
  if (ids.length === 0) return new Map();
  const rows = await read<{ id: string; names: string[] }>(
    db,
    Prisma.sql`
    SELECT merged.survivor_id::text AS id, array_agg(named.name) AS names FROM merged_reference AS merged
    JOIN (SELECT id, name FROM actor UNION SELECT actor_id, name FROM actor_name) AS named ON named.id = merged.id
    WHERE merged.survivor_id = ANY (${[...ids]}::uuid[]) GROUP BY 1`,
  );
  return new Map(rows.map(({ id, names }) => [id, names]));
}

const SOURCE = { id: true, slug: true, url: true, reliability: true, publisher: true } as const;

type SourceRow = Pick<KnownReference, 'id' | 'slug'> & SourceGrade;

const knownSource = ({ id, slug, reliability, publisher }: SourceRow): KnownReference => ({
  id,
  slug,
  grade: { reliability, publisher },
});

async function findSources(db: Transaction, keys: readonly string[]): Promise<Found[]> {
  const urls = keys.flatMap((key) => (key.startsWith('url ') ? key.slice('url '.length) : []));
  if (urls.length === 0) return [];
  const rows = await read<SourceRow & { readonly url: string | null }>(
    db,
    Prisma.sql`
    SELECT DISTINCT found.url, it.id::text AS id, it.slug, it.reliability::text AS reliability, it.publisher
    FROM source AS found LEFT JOIN merged_reference AS merged ON merged.id = found.id
    JOIN source AS it ON it.id = coalesce(merged.survivor_id, found.id)
    WHERE found.url = ANY (${urls}::text[])`,
  );
  return rows.flatMap((row) => (row.url === null ? [] : [{ key: urlKey(row.url), known: knownSource(row) }]));
}
