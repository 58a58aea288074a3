import type { z } from 'zod';
import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { Prisma } from '../../../generated/prisma/client.js';
import type { SourceGrade } from '../../development/evidence/confidence.js';
import type { ActorInput } from '../actor.js';
import type { sourceInput } from '../source.js';
import type { TopicInput } from '../topic.js';
import { codeKey, nameKey, titleKey, topicKey, wikidataKey } from './keys.js';
import { NAME_TABLES, type NamedOwner } from './other-names.js';

const { raw, sql } = Prisma;

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
  /** The usual name and all others, as they are written. Not of sources that were found by their address. */
  readonly names?: readonly string[];
}

/** The reference that has a name, or the slugs of the several that have it. */
export type NameMatch = KnownReference | { readonly ambiguous: readonly string[] };

/**
 * Returns the keys by which a reference is sought, the most telling first: its Wikidata item; an actor's ISO code, its kind
 * and name; a topic's name; a source's URL, or its title if it has no URL. Names are compared folded; see `foldName`.
 */
export function soughtBy({ owner, input }: NamedReference): readonly string[] {
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
      const keys = [
        ...itemKeys(owner, wikidataId ?? itemIn(written)),
        ...codes.flatMap((code) => (code == null ? [] : codeKey(code))),
      ];
      return [...keys, nameKey(kind, name)];
    }
    case 'Topic':
      return [...itemKeys(owner, input.wikidataId ?? itemIn(input.name.trim())), topicKey(input.name)];
    case 'Source':
      return [
        ...itemKeys(owner, input.wikidataId),
        input.url == null ? titleKey(input.title) : urlKey(input.url),
      ];
  }
}

/** Returns a name that is a Wikidata item. */
const itemIn = (name: string) => (/^Q[1-9]\d+$/.test(name) ? name : null);

const itemKeys = (owner: NamedOwner, item: string | null | undefined) =>
  item == null ? [] : [wikidataKey(owner, item)];

const urlKey = (url: string) => `url ${url}`;

/** Returns the text that is equal for references that are the same, whatever differs in the spelling of their names. */
export const identityOf = (reference: NamedReference): string => soughtBy(reference).join('\n');

/**
 * Finds references in the record by the keys of {@link soughtBy}. A merged one is found as the one
 * that stands for it. A reference that is found by its name only, and has another Wikidata item or ISO code, is another
 * one. One statement for each kind of reference.
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

/** Returns false for a reference that has another Wikidata item or ISO code. */
export function canBe({ input }: { readonly input: Ids }, { wikidataId, countryCode3 }: Ids): boolean {
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
  const ids = [...new Set(rows.map(({ referenceId }) => referenceId))];
  const known = new Map<string, Omit<Found, 'key'>>();
  for (const owner of Object.keys(NAME_TABLES) as NamedOwner[]) {
    if (!rows.some(({ key }) => key.startsWith(`${owner.toLowerCase()} `))) continue;
    for (const one of await readNamed(db, owner, ids)) known.set(one.known.id, one);
  }
  return rows.flatMap(({ key, referenceId }) => {
    const one = known.get(referenceId);
    return one ? [{ key, ...one }] : [];
  });
}

/** The columns that are read of each type beside its id and slug. */
const COLUMNS = {
  Actor: raw('name, country_code3 AS "countryCode3", NULL AS reliability, NULL AS publisher'),
  Topic: raw('name, NULL AS "countryCode3", NULL AS reliability, NULL AS publisher'),
  Source: raw('title AS name, NULL AS "countryCode3", reliability::text AS reliability, publisher'),
} as const satisfies Readonly<Record<NamedOwner, Prisma.Sql>>;

interface NamedRow extends SourceGrade {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly names: readonly string[];
  readonly wikidataId: string | null;
  readonly countryCode3: string | null;
}

/**
 * Reads references with all their names, and those of what was merged into them: they are no new spellings. One SQL
 * statement.
 */
async function readNamed(
  db: Transaction,
  owner: NamedOwner,
  ids: readonly string[],
): Promise<Omit<Found, 'key'>[]> {
  const [table, names, id] = [owner.toLowerCase(), NAME_TABLES[owner].table, NAME_TABLES[owner].column].map(
    raw,
  );
  const usual = raw(owner === 'Source' ? 'title' : 'name');
  const rows = await read<NamedRow>(
    db,
    sql`
    SELECT it.id::text AS id, slug, wikidata_id AS "wikidataId", ${COLUMNS[owner]}, ARRAY(
      SELECT other.name FROM (
        SELECT it.id UNION ALL SELECT merged.id FROM merged_reference AS merged WHERE merged.survivor_id = it.id
      ) AS bearer (id), LATERAL (
        SELECT ${usual} AS name FROM ${table} WHERE id = bearer.id AND bearer.id <> it.id
        UNION ALL SELECT name FROM ${names} WHERE ${id} = bearer.id
      ) AS other
    ) AS names
    FROM ${table} AS it WHERE it.id = ANY (${[...ids]}::uuid[])`,
  );
  return rows.map(({ id, slug, name, names, wikidataId, countryCode3, reliability, publisher }) => ({
    known: {
      ...{ id, slug, names: [name, ...names] },
      ...(owner === 'Source' && { grade: { reliability, publisher } }),
    },
    wikidataId,
    countryCode3,
  }));
}

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
